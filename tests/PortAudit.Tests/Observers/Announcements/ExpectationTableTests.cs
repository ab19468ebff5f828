using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Observers.Announcements;

public sealed class AnnouncementBookTests
{
    private const long Second = 1_000_000_000;
    private const ulong Control = 7;
    private const ulong Data = 8;

    private static readonly IpAddress Client = IpAddress.FromIpv4(0x0A000001);
    private static readonly IpAddress Another = IpAddress.FromIpv4(0x0A000009);
    private static readonly Endpoint Server = new(IpAddress.FromIpv4(0x0A000002), 50_000);

    private readonly ExpectationTable _book = new();
    private long _frame;

    [Fact]
    public void Whom_it_was_announced_to_and_anyone_when_it_was_for_anyone_are_explained_best()
    {
        Add(Draft(Client), 10);
        Add(new AnnouncementDraft(Server with { Port = 50_001 }, IpProtocol.Udp, null), 10);

        Assert.Equal(AnnouncementGrade.ToThisClient, _book.Match(Flow(Client, 11))?.Grade);
        Assert.Equal(AnnouncementGrade.ToAnotherClient, _book.Match(Flow(Another, 11))?.Grade);
        Assert.Equal(AnnouncementGrade.ToThisClient, _book.Match(Flow(Another, 11)
            with
        { End = new AnnouncedEndpoint(Server with { Port = 50_001 }, IpProtocol.Udp) })?.Grade);
    }

    [Fact]
    public void Another_port_or_transport_is_not_explained()
    {
        Add(Draft(Client), 10);

        Assert.Null(_book.Match(Flow(Client, 11)
            with
        { End = new AnnouncedEndpoint(Server with { Port = 50_001 }, IpProtocol.Tcp) }));
        Assert.Null(_book.Match(Flow(Client, 11) with { End = new AnnouncedEndpoint(Server, IpProtocol.Udp) }));
    }

    [Fact]
    public void A_conversation_is_not_explained_by_what_it_announces_itself_unless_it_called_the_service_by_name()
    {
        Add(Draft(Client), 10);
        Add(Draft(Client) with { Server = Server with { Port = 135 }, IsOnPortItself = true, IsStanding = true }, 10);

        Assert.Null(_book.Match(Flow(Client, 11) with { FlowId = Control }));
        Assert.Equal(AnnouncementGrade.OnPortItself, _book.Match(Flow(Client, 1)
            with
        { End = new AnnouncedEndpoint(Server with { Port = 135 }, IpProtocol.Tcp), FlowId = Control })?.Grade);
    }

    [Fact]
    public void A_candidate_explains_no_control_conversation()
    {
        Add(Draft(null) with { IsCandidate = true }, 10);

        Assert.Null(_book.Match(Flow(Client, 11) with { IsControl = true }));
        Assert.NotNull(_book.Match(Flow(Client, 11)));
    }

    [Theory]
    [InlineData(9.95, true)] // the order of two interfaces
    [InlineData(9.8, false)]
    [InlineData(70, true)]
    [InlineData(70.1, false)]
    public void A_port_for_one_purpose_is_used_in_its_time(double start, bool isExplained)
    {
        Add(Draft(Client) with { LifetimeNs = 60 * Second }, 10);

        Assert.Equal(isExplained, _book.Match(Flow(Client, start)) is not null);
    }

    [Fact]
    public void A_flow_may_begin_earlier_where_the_announcement_says_so()
    {
        Add(Draft(Client) with { LeadNs = 5 * Second }, 10);

        Assert.NotNull(_book.Match(Flow(Client, 5)));
        Assert.Null(_book.Match(Flow(Client, 4.9)));
    }

    [Fact]
    public void A_standing_service_explains_what_began_before_and_what_comes_later_but_less_well()
    {
        Add(Draft(Client) with { IsStanding = true, LifetimeNs = 60 * Second }, 10);

        Assert.Equal([AnnouncementGrade.ToAnotherClient, AnnouncementGrade.ToThisClient,
            AnnouncementGrade.ToAnotherClient],
                new[] { 1.0, 11, 99 }.Select(start => _book.Match(Flow(Client, start))?.Grade));
    }

    [Fact]
    public void The_latest_before_a_flow_explains_it_and_of_those_after_it_the_first()
    {
        foreach (var second in new[] { 10, 20, 30 })
            Add(Draft(Client) with { Service = $"at {second}" }, second);
        Add(Draft(Client) with { Server = Server with { Port = 1 }, Service = "one", IsStanding = true }, 40);
        Add(Draft(Client) with { Server = Server with { Port = 1 }, Service = "two", IsStanding = true }, 50);

        Assert.Equal("at 20", _book.Match(Flow(Client, 25))?.Announcement.Service);
        Assert.Equal("at 20", _book.Match(Flow(Client, 29.95))?.Announcement.Service);
        Assert.Equal("at 10", _book.Match(Flow(Client, 9.95))?.Announcement.Service);
        Assert.Equal("one", _book.Match(Flow(Client, 1)
            with
        { End = new AnnouncedEndpoint(Server with { Port = 1 }, IpProtocol.Tcp) })?.Announcement.Service);
    }

    [Fact]
    public void What_names_the_service_that_bytes_prove_explains_better_than_what_is_later()
    {
        Add(Draft(Client) with { Service = "LSARPC" }, 10);
        Add(Draft(Client) with { Service = "NSPI" }, 11);

        Assert.Equal("LSARPC", _book.Match(Flow(Client, 12) with { Service = "LSARPC" })?.Announcement.Service);
        Assert.Equal("NSPI", _book.Match(Flow(Client, 12) with { Service = "another" })?.Announcement.Service);
    }

    [Fact]
    public void A_renewal_lengthens_what_its_own_conversation_announced()
    {
        var relay = Draft(null) with { IsRenewal = true, LifetimeNs = 60 * Second };
        Add(relay, 10);
        Add(relay, 50);
        Add(relay, 55, flowId: 9);

        Assert.Equal([(2, 110 * Second), (1, 115 * Second)],
            _book.ToUses().Select(use => (use.Announcement.Times, use.Announcement.UntilNs ?? 0)));
        Assert.Equal(1, _book.ToUses()[0].Announcement.Frame.Number);
    }

    [Fact]
    public void What_is_over_is_not_renewed_but_announced_anew()
    {
        var relay = Draft(null) with { IsRenewal = true, LifetimeNs = 60 * Second };
        Add(relay, 10);
        Add(relay, 71);

        Assert.Equal(2, _book.ToUses().Length);
    }

    [Fact]
    public void A_standing_service_is_one_announcement_however_often_and_by_whomever_it_is_told()
    {
        var standing = Draft(Client) with { IsStanding = true, ServiceId = "id" };
        Add(standing, 10);
        Add(standing, 20, flowId: 9);
        Add(standing with { ServiceId = "another" }, 30);

        Assert.Equal([2, 1], _book.ToUses().Select(use => use.Announcement.Times));
    }

    [Fact]
    public void What_opens_a_port_each_time_is_an_announcement_each_time()
    {
        Add(Draft(Client), 10);
        Add(Draft(Client), 20);

        Assert.Equal([1, 1], _book.ToUses().Select(use => use.Announcement.Times));
    }

    [Fact]
    public void A_conversation_withdraws_what_it_announced_itself()
    {
        Add(Draft(null), 10);
        Add(Draft(null), 11, flowId: 9);
        _book.Withdraw(Server, IpProtocol.Tcp, Control, 20 * Second);

        Assert.Equal(9ul, _book.Match(Flow(Client, 21))?.Announcement.FlowId);
        Assert.Equal([20 * Second, null], _book.ToUses().Select(use => use.Announcement.UntilNs));
    }

    [Fact]
    public void What_was_over_before_is_not_lengthened_by_its_withdrawal()
    {
        Add(Draft(null) with { LifetimeNs = Second }, 10);
        _book.Withdraw(Server, IpProtocol.Tcp, Control, 20 * Second);

        Assert.Equal(11 * Second, Assert.Single(_book.ToUses()).Announcement.UntilNs);
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_are_forgotten_and_counted()
    {
        var book = new ExpectationTable(maximum: 2);
        for (var port = 1; port <= 3; port++)
            book.Add(Draft(Client) with { Server = Server with { Port = (ushort)port } },
                new AnnouncementOrigin("ftp", Server, Control, new FrameReference(0, port), port * Second));

        Assert.Equal([2, 3], book.ToUses().Select(use => use.Announcement.Number));
        Assert.Equal(1, book.Forgotten);
        Assert.Null(book.Match(Flow(Client, 9)
            with
        { End = new AnnouncedEndpoint(Server with { Port = 1 }, IpProtocol.Tcp) }));
        Assert.NotNull(book.Match(Flow(Client, 9)
            with
        { End = new AnnouncedEndpoint(Server with { Port = 2 }, IpProtocol.Tcp) }));
    }

    [Fact]
    public void It_holds_the_ends_that_are_kept_and_none_that_was_forgotten()
    {
        const int Kept = 8;
        var book = new ExpectationTable(maximum: Kept);
        for (var port = 1; port <= 1000; port++)
        {
            book.Add(Draft(Client) with { Server = Server with { Port = (ushort)port } },
                new AnnouncementOrigin("ftp", Server, Control, new FrameReference(0, port), port * Second));
            for (var known = 1; known <= port; known++)
                Assert.Equal(known > port - Kept, book.Holds(Server.Address, (ushort)known, IpProtocol.Tcp));
        }
    }

    [Fact]
    public void Of_many_announcements_of_one_end_the_one_to_the_own_client_is_found()
    {
        Add(Draft(Client), 10);
        for (uint other = 0; other < 2 * ExpectationTable.MaximumCompared; other++)
            Add(Draft(IpAddress.FromIpv4(0x0B000000 + other)), 11);

        Assert.Equal((AnnouncementGrade.ToThisClient, 1),
            _book.Match(Flow(Client, 12)) is { } match ? (match.Grade, match.Announcement.Number) : default);
        Assert.Equal(AnnouncementGrade.ToAnotherClient, _book.Match(Flow(Another, 12))?.Grade);
    }

    [Fact]
    public void A_flow_counts_once_for_each_of_many_announcements_of_one_end()
    {
        Add(Draft(Client), 10);
        for (uint other = 0; other < 2 * ExpectationTable.MaximumCompared; other++)
            Add(Draft(IpAddress.FromIpv4(0x0B000000 + other)), 11);
        Add(Draft(Client), 11);
        Add(Draft(null), 11);
        _book.NoteUse(Flow(Client, 12));

        Assert.Equal([1, 1, 1], from use in _book.ToUses()
                                where use.Announcement.For is null
            || use.Announcement.For == Client
                                select use.Flows);
        Assert.Equal(3, _book.ToUses().Sum(use => use.Flows));
    }

    [Fact]
    public void Of_several_of_one_end_only_those_that_are_kept_explain()
    {
        var book = new ExpectationTable(maximum: 2);
        foreach (var client in new[] { Client, Another, Another })
            book.Add(Draft(client),
                new AnnouncementOrigin("ftp", Server, Control, new FrameReference(0, ++_frame), 10 * Second));

        Assert.Equal((AnnouncementGrade.ToAnotherClient, 3),
            book.Match(Flow(Client, 11)) is { } first ? (first.Grade, first.Announcement.Number) : default);
        Assert.Equal(AnnouncementGrade.ToThisClient, book.Match(Flow(Another, 11))?.Grade);
        Assert.Equal([2, 3], book.ToUses().Select(use => use.Announcement.Number));
    }

    [Fact]
    public void Use_is_counted_with_its_first_and_last_time_and_the_longest_pause()
    {
        Add(Draft(Client), 10);
        foreach (var start in new[] { 11.0, 20, 22 })
            _book.NoteUse(Flow(Client, start));
        _book.NoteUse(Flow(Another, 30));

        var use = Assert.Single(_book.ToUses());

        Assert.Equal((3L, 11 * Second, 23 * Second, 8 * Second),
            (use.Flows, use.FirstNs, use.LastNs, use.LongestPauseNs));
    }

    [Fact]
    public void Flows_under_way_count_until_the_next_look_beside_those_that_ended()
    {
        Add(Draft(Client), 10);
        _book.NoteUse(Flow(Client, 11));
        _book.BeginSnapshot();
        Assert.Equal(1, Assert.Single(_book.ToUses()).Flows);
        _book.NoteUse(Flow(Client, 14), isUnderWay: true);
        var use = Assert.Single(_book.ToUses());
        Assert.Equal((2, 11 * Second, 15 * Second, 2 * Second),
            (use.Flows, use.FirstNs, use.LastNs, use.LongestPauseNs));
        _book.BeginSnapshot();
        Assert.Equal(1, Assert.Single(_book.ToUses()).Flows);
    }

    private static AnnouncementDraft Draft(IpAddress? client) => new(Server, IpProtocol.Tcp, client);

    /// <summary>A flow of one second.</summary>
    private static AnnouncedFlow Flow(IpAddress client, double start) => new(
        new AnnouncedEndpoint(Server, IpProtocol.Tcp),
        client, (long)(start * Second), (long)((start + 1) * Second), Data, Service: null);

    private void Add(in AnnouncementDraft draft, long second, ulong flowId = Control) => _book.Add(draft,
        new AnnouncementOrigin("ftp", Server, flowId, new FrameReference(0, ++_frame), second * Second));
}
