using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Contract;

public sealed class AnnouncedEndsTests
{
    private readonly AnnouncedEndpoints _ends = new();
    private readonly AnnouncementNotes _notes = new();

    [Fact]
    public void An_end_that_a_new_description_names_again_goes_on_holding_and_the_other_is_withdrawn()
    {
        Describe(session: 1, party: 1, 1000, 1002);
        Describe(session: 1, party: 1, 1000, 1004);

        Assert.Equal([true, false], _notes.Drafts.Select(draft => draft.IsRenewal));
        Assert.Equal([1002], Withdrawn());
    }

    [Fact]
    public void An_end_that_is_named_twice_in_a_description_is_announced_once()
    {
        Describe(session: 1, party: 1, 1000, 1000);

        Assert.Single(_notes.Drafts);
    }

    [Fact]
    public void A_description_by_one_party_leaves_those_of_the_other()
    {
        Describe(session: 1, party: 1, 1000);
        Describe(session: 1, party: 2, 2000);

        Assert.Empty(Withdrawn());
    }

    [Fact]
    public void An_end_of_two_sessions_is_withdrawn_with_the_last()
    {
        Describe(session: 1, party: 1, 1000);
        Describe(session: 2, party: 1, 1000);
        _notes.Clear();

        _ends.Withdraw(1, _notes);
        Assert.Empty(Withdrawn());
        _ends.Withdraw(2, _notes);
        Assert.Equal([1000], Withdrawn());
    }

    [Fact]
    public void The_oldest_of_too_many_sessions_is_forgotten_and_withdraws_nothing()
    {
        for (var session = 0; session <= AnnouncedEndpoints.MaximumSessions; session++)
            Describe((ulong)session, party: 1, session + 1);
        _notes.Clear();

        _ends.Withdraw(0, _notes);
        Assert.Empty(Withdrawn());
        _ends.Withdraw(1, _notes);
        Assert.Equal([2], Withdrawn());
    }

    [Fact]
    public void Ends_beyond_the_bound_of_a_session_are_announced_but_not_withdrawn()
    {
        Describe(session: 1, party: 1, [.. Enumerable.Range(1, AnnouncedEndpoints.MaximumEndpoints + 1)]);
        Assert.Equal(AnnouncedEndpoints.MaximumEndpoints + 1, _notes.Drafts.Count);
        _notes.Clear();

        _ends.Withdraw(1, _notes);
        Assert.Equal(Enumerable.Range(1, AnnouncedEndpoints.MaximumEndpoints), Withdrawn());
    }

    [Fact]
    public void What_nobody_can_listen_on_is_not_remembered()
    {
        Describe(session: 1, party: 1, 0);
        _ends.Withdraw(1, _notes);

        Assert.Empty(_notes.Drafts);
        Assert.Empty(Withdrawn());
    }

    [Fact]
    public void Only_a_known_session_can_be_accepted()
    {
        _ends.Accept(1);
        Assert.False(_ends.IsAccepted(1));
        Describe(session: 1, party: 1, 1000);
        _ends.Accept(1);
        Assert.True(_ends.IsAccepted(1));
        _ends.Withdraw(1, _notes);
        Assert.False(_ends.IsAccepted(1));
    }

    private IEnumerable<int> Withdrawn() => _notes.Withdrawn.Select(end => (int)end.Server.Port);

    private void Describe(ulong session, ulong party, params int[] ports)
    {
        _notes.Clear();
        _ends.Begin(session, party);
        foreach (var port in ports)
            _ends.Announce(session, party,
                new AnnouncementDraft(new Endpoint(IpAddress.FromIpv4(0x0A000001), (ushort)port), IpProtocol.Udp,
                    null), _notes);
        _ends.Finish(session, party, _notes);
    }
}
