using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class ObservabilityTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(2);
    private static readonly FlowRecord FeAndEdge = Of("10.0.0.1:50001 tcp 10.1.0.1:9");
    private static readonly FlowRecord FeAndDb = Of("10.0.0.1:50001 tcp 10.0.0.3:9");

    [Fact]
    public void A_role_that_sent_nothing_makes_its_flows_unobservable()
    {
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9")
            .Ending(Outcome.Unanswered));

        Assert.Equal(RuleStatus.NotObservable, report.Rules[0].Status);
        Assert.Equal("No host in the role edge sent a packet in this capture.", report.Rules[0].Reason);
        Assert.Equal("The host edge1 sent no packet in this capture.", new AuditBench(
            RuleSample.Of("r fe edge1 tcp 5061 - any")).Run(Of("10.0.0.1:50000 tcp 10.2.0.9:9")).Rules[0].Reason);
        Assert.Equal(["client", "db", "dc", "edge", "fe-cms"], report.Coverage.RolesSilent.AsEnumerable());
        Assert.Equal(["fe"], report.Coverage.RolesSeen.AsEnumerable());
    }

    [Fact]
    public void A_host_named_by_its_address_is_seen_and_shown_by_its_address()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));
        bench.Site = bench.Site with
        {
            Hosts = [.. bench.Site.Hosts, new SiteHost("host-10-0-0-9", [AddressOf("10.0.0.9")], ["fe"])],
        };
        var report = bench.Run(FeAndEdge, Of("10.0.0.9:50000 tcp 10.1.0.1:9"));

        Assert.DoesNotContain(report.Coverage.CannotSay,
            sentence => sentence.Contains("sent no packet", StringComparison.Ordinal)
                && sentence.Contains("host-10-0-0-9", StringComparison.Ordinal));
        Assert.Equal(1, report.Hosts.Single(host => host.Name == "host-10-0-0-9").Flows);
        Assert.Contains(report.Findings.SelectMany(finding => finding.Originators),
            host => host is { Address: "10.0.0.9", Name: null });
    }

    [Theory]
    [InlineData("r", true)]
    [InlineData("^r", true)]
    [InlineData("h", false)] // a SYN-ACK comes from what listens
    public void Resets_alone_show_no_host(string history, bool isSilent)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));
        var report = bench.Run(FeAndDb, Stray("10.0.0.1:50000 tcp 10.1.0.1:443", history));

        Assert.Equal(isSilent ? RuleStatus.NotObservable : RuleStatus.NotTried, report.Rules[0].Status);
        Assert.Equal(isSilent, report.Coverage.RolesSilent.Contains("edge"));
        Assert.Equal(isSilent ? 0 : 1, report.Hosts.Single(host => host.Name == "edge1").Flows);
        Assert.Equal(isSilent ? 1 : 0, report.Coverage.CannotSay.Count(sentence => sentence ==
            "Nothing but resets without a connection came from edge1, which others can send in its name: it counts as "
                + "silent."));
    }

    [Fact]
    public void Resets_do_not_make_a_point_lopsided()
    {
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Run(FeAndEdge,
            Stray("10.0.0.1:50000 tcp 10.1.0.1:443", "r"), Stray("10.0.0.1:50002 tcp 10.1.0.1:443", "r"));

        Assert.Equal(RuleStatus.NotTried, report.Rules[0].Status);
    }

    [Fact]
    public void Any_needs_no_one_in_particular()
    {
        var report = new AuditBench(RuleSample.Of("a any edge tcp 1 - any"),
            RuleSample.Of("i internet edge tcp 1 - any")).Run(FeAndEdge);

        Assert.Equal([RuleStatus.NotTried, RuleStatus.NotObservable], report.Rules.Select(row => row.Status));
    }

    [Theory]
    [InlineData("internal,perimeter", "fe", "edge", RuleStatus.NotTried)]
    [InlineData("internal,clients", "fe", "edge", RuleStatus.NotObservable)]
    [InlineData("internal", "fe", "edge", RuleStatus.NotObservable)]
    [InlineData("internal", "fe", "db", RuleStatus.NotTried)] // inside the segment
    [InlineData("internal,perimeter", "fe", "db", RuleStatus.NotObservable)] // on its border
    [InlineData("perimeter", "any", "edge", RuleStatus.NotTried)]
    [InlineData("internal", "any", "edge", RuleStatus.NotObservable)]
    [InlineData("clients", "edge", "any", RuleStatus.NotObservable)]
    public void A_capture_point_shows_what_passes_between_the_segments_it_sees(string sees, string from, string to,
        RuleStatus expected)
    {
        var bench = new AuditBench(RuleSample.Of($"r {from} {to} tcp 5061 sip any"))
        {
            Observation =
            AuditBench.ObservationOf(Window, "p")
        };
        bench.Site = bench.Site with { CapturePoints = [new CapturePoint("p", null, [], [.. sees.Split(',')])] };
        var row = bench.Run(FeAndEdge.On("p"), Of("10.0.0.3:50001 tcp 10.1.0.1:9").On("p")).Rules[0];

        Assert.Equal(expected, row.Status);
        Assert.Equal(expected == RuleStatus.NotObservable,
            row.Reason.StartsWith("No capture point that recorded packets lies between", StringComparison.Ordinal));
    }

    [Fact]
    public void A_point_that_recorded_nothing_shows_nothing()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"))
        {
            Observation =
            AuditBench.ObservationOf(Window, "other")
        };
        bench.Site = bench.Site with
        {
            CapturePoints = [new CapturePoint("p", null, [], ["internal", "perimeter"]),
            new CapturePoint("other", null, [], ["clients"])]
        };

        Assert.Equal(RuleStatus.NotObservable, bench.Run(FeAndEdge.On("other")).Rules[0].Status);
    }

    [Fact]
    public void Where_the_site_says_nothing_both_roles_must_have_been_active_at_one_point()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"))
        {
            Observation =
            AuditBench.ObservationOf(Window, "a", "b")
        };

        Assert.Equal(RuleStatus.NotTried, bench.Run(FeAndEdge.On("a")).Rules[0].Status);
        Assert.Equal(
            RuleStatus.NotObservable,
            bench.Run(Of("10.0.0.1:50001 tcp 10.0.0.3:9").On("a"),
                Of("10.2.0.1:50001 tcp 10.1.0.1:9").On("b")).Rules[0].Status);
    }

    [Fact]
    public void A_capture_filter_may_have_hidden_a_flow()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));
        bench.Observation =
            bench.Observation with { Points = [bench.Observation.Points[0] with { Filters = ["port 9"] }] };
        var report = bench.Run(FeAndEdge);

        Assert.Equal(RuleStatus.NotObservable, report.Rules[0].Status);
        Assert.Equal("The capture filter \"port 9\" of the capture may have hidden it.", report.Rules[0].Reason);
        Assert.Contains(report.Coverage.CannotSay, sentence => sentence.Contains("port 9", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, RuleStatus.NotTried)] // half
    [InlineData(2, RuleStatus.NotObservable)] // two of three
    public void A_capture_of_one_direction_proves_no_absence(int oneWay, RuleStatus expected)
    {
        var flows = Enumerable.Range(0, oneWay)
            .Select(i => Of($"10.0.0.1:6000{i} tcp 10.1.0.1:9").Ending(Outcome.OneWay));
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Run([FeAndEdge, .. flows]);

        Assert.Equal(expected, report.Rules[0].Status);
        Assert.Equal(expected == RuleStatus.NotObservable, report.Rules[0].Reason
            == "Of 3 TCP flows at the capture, 2 show one direction only, so what it did not see proves nothing.");
        Assert.Equal(oneWay, report.Coverage.OneWayFlows);
        Assert.Equal(expected == RuleStatus.NotObservable, report.Coverage.CannotSay.Any(sentence =>
            sentence.StartsWith("2 of 3 TCP flows show one direction only", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_summary_says_what_was_there_and_what_cannot_be_said()
    {
        var bench = new AuditBench(RuleSample.Of("r absent edge tcp 5061 sip any"));
        bench.Observation = bench.Observation with
        {
            Points = [bench.Observation.Points[0] with { CutPackets = 7 }],
            FlowsEvicted = 1,
            IdentificationsSkipped = 2
        };
        var coverage = bench.Run(FeAndEdge).Coverage;

        Assert.Equal((Start, Start + (7_200 * Second), 6),
            (coverage.WindowStartNs, coverage.WindowEndNs, coverage.TimestampDigits));
        Assert.Equal((100L, 10_000L, 1L, 7L), (coverage.Packets, coverage.Bytes, coverage.Flows, coverage.CutPackets));
        Assert.Equal(["internal", "perimeter"], coverage.SegmentsSeen.AsEnumerable());
        Assert.Equal(
            [
                "1 flow had to be closed early because the flow table was full: outcomes and directions of long flows "
                    + "may be wrong.",
                "The protocol of 2 conversations was not identified because the buffers were full.",
                "7 of 100 frames are cut: their payloads could not be examined in full.",
                "No host sent a packet in the roles client, db, dc, fe-cms: nothing can be said of their flows.",
                "Nothing was checked: the condition of every rule is off, or the site has no host in its roles.",
            ],
            coverage.CannotSay.AsEnumerable());
    }

    [Theory]
    [InlineData(5, RuleStatus.NotTried)] // 5 of 105
    [InlineData(6, RuleStatus.NotObservable)]
    [InlineData(long.MaxValue, RuleStatus.NotObservable)]
    public void A_capture_that_reports_loss_of_more_than_a_twentieth_proves_no_absence(long dropped,
        RuleStatus expected)
    {
        var (status, reason, sentences) = Seen(point => point with { Dropped = dropped });

        Assert.Equal(expected, status);
        Assert.Equal(expected == RuleStatus.NotObservable,
            reason
                == $"At the capture, {Quantity.Count(dropped)} packets were lost and 100 recorded, so what it did not "
                    + $"see proves nothing.");
        Assert.Contains($"The captures report {Quantity.Count(dropped)} packets lost before being recorded: what seems "
            + $"missing may be among them.", sentences);
    }

    [Theory]
    [InlineData(0, RuleStatus.NotTried)]
    [InlineData(1, RuleStatus.NotObservable)]
    public void A_log_of_samples_proves_no_absence(int sampled, RuleStatus expected)
    {
        var (status, reason, _) = Seen(point => point with { Flows = 1, SampledFlows = sampled });

        Assert.Equal(expected, status);
        Assert.Equal(expected == RuleStatus.NotObservable, reason
            == "The flow log at the capture counts a sample of the packets, so what it does not show proves nothing.");
    }

    [Theory]
    [InlineData(5, RuleStatus.NotTried)]
    [InlineData(6, RuleStatus.NotObservable)]
    public void A_capture_that_cuts_headers_proves_no_absence(int headersCut, RuleStatus expected)
    {
        var (status, reason, sentences) = Seen(point => point with { CutPackets = 60, HeadersCut = headersCut });

        Assert.Equal(expected, status);
        Assert.Equal(expected == RuleStatus.NotObservable, reason
            == "At the capture, addresses and ports of 6 of 100 frames are cut off, so what it did not see proves "
                + "nothing.");
        Assert.Contains($"{headersCut} frames are cut before addresses and ports, and in no flow.", sentences);
    }

    [Theory]
    [InlineData(50, 0, RuleStatus.NotTried)] // 50 of 1,000 + 50
    [InlineData(60, 0, RuleStatus.NotObservable)]
    // the broken connection counts as at most the 30 bytes that were seen of it
    [InlineData(1_000_000, 100_000, RuleStatus.NotTried)]
    public void Streams_that_were_acknowledged_unseen_prove_the_loss_that_no_capture_reports(int lost,
        int seenElsewhere, RuleStatus expected)
    {
        var broken = FeAndEdge with
        {
            Out = new DirectionCounters(9, 900, seenElsewhere > 0 ? 30 : 1000),
            In = default,
            StreamOut = new StreamCounters { Gaps = 2, GapBytes = lost }
        };
        var sound = Of("10.0.0.1:50002 tcp 10.1.0.1:9")
            with
        { Out = new DirectionCounters(9, 900, seenElsewhere), In = new DirectionCounters(1, 60, 0) };
        var (status, reason, _) = Seen(point => point, broken, sound);

        Assert.Equal(expected, status);
        Assert.Equal(expected == RuleStatus.NotObservable, reason == "At the capture, at least 60 bytes of TCP streams "
            + "got acknowledged without being recorded; 1,000 were recorded. What it did not see proves nothing.");
    }

    [Fact]
    public void Whatever_the_capture_missed_or_holds_twice_has_a_sentence()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));
        bench.Observation = bench.Observation with
        {
            Points =
            [
                bench.Observation.Points[0] with
                {
                    Duplicates = 4,
                    Streams = new StreamCounters { Gaps = 1, GapBytes = 1460 },
                    Clock = new CaptureClock(3, 2 * Second, 7_200 * Second),
                },
            ],
            DecodeStops =
            [
                StopOf(DecodeLayer.Link, DecodeReason.Encrypted, 5),
                StopOf(DecodeLayer.Link, DecodeReason.MorePackets, 1),
                StopOf(DecodeLayer.Link, DecodeReason.UnknownLinkType, 2),
            ],
            Fragments = FragmentCounts.None with { Unassigned = 6 },
            PacketsOfOtherTunnels = 8,
        };

        Assert.Equal(
            [
                "2 frames of unsupported link types were not examined.",
                "The content of 5 frames is encrypted below IP: which flows it belongs to is unknown.",
                "Only the first packet in each of 1 frame is read.",
                "6 frames of fragmented datagrams without their first fragment are counted in no flow.",
                "Tunnels beyond the limit are not distinguished (8 packets): equal addresses in different tunnels "
                    + "count as one flow.",
                "TCP streams have 1 gap (1,460 bytes) that the receiver acknowledged: the capture lost packets, and "
                    + "what seems missing may be among them.",
                "4 of 100 frames repeat another record of themselves: how many packets crossed is uncertain by as "
                    + "many. Counts of packets and bytes hold them unless --drop-duplicates is given.",
                "Of 3 TCP flows, 1 show one direction only: the other direction is unknown.",
                "Time runs backwards 3 times, by up to 2 s: the order of packets, and who opened a flow, may be wrong.",
                "For 2 hours there is no packet: nothing was sent, nothing was recorded, or the clock was set.",
            ],
            bench.Run(FeAndEdge, Of("10.0.0.1:50002 tcp 10.1.0.1:9"),
                Of("10.0.0.1:60000 tcp 10.1.0.1:9").Ending(Outcome.OneWay)).Coverage.CannotSay.Take(10));
    }

    [Fact]
    public void Shares_are_parts_of_the_whole_and_null_without_one()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));
        bench.Observation = bench.Observation with
        {
            Points = [bench.Observation.Points[0]
                with { CutPackets = 1, Duplicates = 50, Flows = 3, EncryptedFlows = 1, FlowBytes = 0 }],
        };

        Assert.Equal(new CoverageShares(0.01m, 0m, 0.5m, 0.333333m, null), bench.Run(FeAndEdge).Coverage.Shares);
    }

    [Fact]
    public void A_capture_without_packets_is_a_report_without_findings_and_a_sentence()
    {
        var bench = new AuditBench(RuleSample.Required("r fe edge tcp 5061 sip any"));
        bench.Observation = bench.Observation with { Captures = [], Points = [] };
        var report = bench.Run();

        Assert.Empty(report.Findings);
        Assert.Equal(RuleStatus.NotObservable, report.Rules[0].Status);
        Assert.Null(report.Coverage.WindowStartNs);
        Assert.Equal("The captures contain no packets, so nothing can be said about any flow.",
            report.Coverage.CannotSay[0]);
    }

    /// <summary>The status of a rule that nobody tried, its reason, and what cannot be said, at a capture point of 100
    /// packets.</summary>
    private static (RuleStatus Status, string Reason,
        IEnumerable<string> Sentences) Seen(Func<PointSummary, PointSummary> alter, params FlowRecord[] flows)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));
        bench.Observation = bench.Observation with { Points = [alter(bench.Observation.Points[0])] };
        var report = bench.Run(flows.Length == 0 ? [FeAndEdge] : flows);
        return (report.Rules[0].Status, report.Rules[0].Reason, report.Coverage.CannotSay);
    }

    private static FlowRecord Stray(string line, string history) => Of(line).Ending(Outcome.OneWay) with
    {
        SynCount = 0,
        History = history,
        Out = default,
        In = new DirectionCounters(1, 60, 0),
    };

    private static DecodeStopCount StopOf(DecodeLayer layer, DecodeReason reason, long packets) =>
        new(layer, reason, packets, new FrameReference(0, 1));
}
