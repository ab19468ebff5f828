using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>What the site says of its capture points, held against what they recorded.</summary>
public sealed class PointSentenceTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(2);

    [Fact]
    public void Points_that_recorded_what_the_site_says_leave_nothing_to_say() =>
        Assert.Empty(Sentences([Point("p", "internal", "perimeter")], AuditBench.ObservationOf(Window, "p"),
            Of("10.0.0.1:50001 tcp 10.1.0.1:9").On("p")));

    [Fact]
    public void A_point_to_which_no_capture_belongs_is_told_once_with_the_others() =>
        Assert.Equal(
            ["No capture of this run belongs to the capture points q and r: nothing can be said about traffic seen "
                + "only there."],
            Sentences([Point("p", "internal", "perimeter"), Point("r"), Point("q")],
                AuditBench.ObservationOf(Window, "p"), Of("10.0.0.1:50001 tcp 10.1.0.1:9").On("p")));

    [Fact]
    public void A_point_whose_captures_hold_nothing_is_told() =>
        Assert.Equal(
            ["The captures of capture point q contain no packets: nothing can be said about traffic seen only there."],
            Sentences([Point("p", "internal", "perimeter"), Point("q") with { Files = ["a.pcap"] }],
                AuditBench.ObservationOf(Window, "p"), Of("10.0.0.1:50001 tcp 10.1.0.1:9").On("p")));

    [Fact]
    public void A_segment_that_a_point_should_see_and_did_not_is_told() =>
        Assert.Equal(
            ["No address of clients sent a packet at p, though the site says that it sees it: either none was sent, or "
                + "the point is elsewhere."],
            Sentences([Point("p", "internal", "perimeter", "clients")], AuditBench.ObservationOf(Window, "p"),
                Of("10.0.0.1:50001 tcp 10.1.0.1:9").On("p")));

    [Fact]
    public void A_segment_that_a_point_saw_and_should_not_is_told() =>
        Assert.Equal(
            ["Addresses of clients sent packets in 2 flows at p, though the site does not say that it sees it: an "
                + "absence of such flows is not judged there."],
            Sentences(
                [Point("p", "internal", "perimeter")],
                AuditBench.ObservationOf(Window, "p"),
                Of("10.0.0.1:50001 tcp 10.1.0.1:9").On("p"), Of("10.2.0.1:50001 tcp 10.1.0.1:9").On("p"),
                Of("10.2.0.2:50001 tcp 10.1.0.1:9").On("p"), Of("8.8.8.8:50001 tcp 10.1.0.1:9").On("p")));

    [Theory]
    [InlineData(0, 60, 61, 120, "The capture points did not watch at the same time: p ended at 2024-05-01 11:12:03 "
        + "UTC, q began at 2024-05-01 11:13:03 UTC. That something was seen at only one of them proves nothing.")]
    [InlineData(0, 60, 40, 120, "The capture points watched together for 20 minutes only, from 2024-05-01 10:52:03 UTC "
        + "on. Outside of that time, what was seen at only one of them proves nothing.")]
    [InlineData(0, 60, 30, 120, null)] // half of the shorter
    [InlineData(0, 60, 10, 20, null)] // one inside the other
    public void Windows_that_barely_overlap_are_told(int fromP, int untilP, int fromQ, int untilQ, string? expected)
    {
        var observation = AuditBench.ObservationOf(Window, "p", "q");
        observation = observation with
        {
            Points =
            [During(observation.Points[0], fromP, untilP), During(observation.Points[1], fromQ, untilQ)]
        };

        Assert.Equal(expected is null ? [] : [expected],
            Sentences([Point("p"), Point("q")], observation, Of("10.0.0.1:50001 tcp 10.1.0.1:9").On("p")));
    }

    [Fact]
    public void A_silence_longer_than_the_rest_together_is_no_watching()
    {
        var bench = new AuditBench(RuleSample.Of("daily fe edge tcp 5061 sip any")
            with
        { Period = Period.Daily })
        { Observation = AuditBench.ObservationOf(TimeSpan.FromHours(25), "") };
        FlowRecord[] flows = [Of("10.0.0.1:50001 tcp 10.1.0.1:9")];
        Assert.Equal(RuleStatus.NotTried, bench.Run(flows).Rules[0].Status);

        bench.Observation = bench.Observation with
        {
            Points = [bench.Observation.Points[0]
            with { Clock = new CaptureClock(0, 0, (long)TimeSpan.FromHours(20).TotalNanoseconds) }]
        };
        var row = bench.Run(flows).Rules[0];
        Assert.Equal((RuleStatus.WindowTooShort, "The capture watched for 5 hours, not counting a silence of "
            + "20 hours, and the flow is due once a day."),
            (row.Status, row.Reason));

        bench.Observation = bench.Observation with
        {
            Points = [bench.Observation.Points[0]
            with { Clock = new CaptureClock(0, 0, (long)TimeSpan.FromHours(12).TotalNanoseconds) }]
        };
        Assert.Equal(RuleStatus.NotTried, bench.Run(flows).Rules[0].Status);
    }

    [Theory]
    [InlineData("", "The capture, without a declared view in the site, watched for 2 hours.")]
    [InlineData("perimeter,internal", "Capture point p, on the border of perimeter and internal, watched for 2 hours.")]
    [InlineData("internal", "Capture point p, inside internal, watched for 2 hours.")]
    public void What_was_not_tried_says_who_watched_and_what_cannot_be_known_from_there(string sees, string who)
    {
        var name = sees.Length == 0 ? "" : "p";
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"),
            RuleSample.Of("s fe db tcp 5061 sip any"))
        { Observation = AuditBench.ObservationOf(Window, name) };
        bench.Site = bench.Site with { CapturePoints = sees.Length == 0 ? [] : [Point("p", sees.Split(','))] };
        var rows =
            bench.Run(Of("10.0.0.1:50001 tcp 10.1.0.1:9").On(name), Of("10.0.0.3:50001 tcp 10.1.0.1:9").On(name)).Rules;
        var row = rows.First(candidate => candidate.Status == RuleStatus.NotTried);

        Assert.EndsWith(
            $" {who} Attempts that a host firewall or a device in front of it stopped would not be seen there.",
            row.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_points_those_that_watched_longest_are_named()
    {
        ImmutableArray<ObservationPoint> points =
            [.. Enumerable.Range(1, 5).Select(i => new ObservationPoint($"p{i}", ["a"],
                new WatchTime(i * 3600 * Second, 0)))];

        Assert.StartsWith(
            "Capture point p5, inside a, watched for 5 hours; capture point p4, inside a, watched for 4 hours; capture "
                + "point p3, inside a, watched for 3 hours; so did 2 further capture points. ",
            ObservationPoint.Sentences(points),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_sent_nothing_while_others_in_its_role_did_is_told()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 9 - any"));
        bench.Site =
            bench.Site with { Hosts = [.. bench.Site.Hosts, new SiteHost("fe03", [AddressOf("10.0.0.9")], ["fe"])] };

        Assert.Contains(
            "fe03 sent no packet, though others in the same role did: nothing can be said of its flows.",
            bench.Run(Of("10.0.0.1:50001 tcp 10.1.0.1:9")).Coverage.CannotSay);
    }

    private static CapturePoint Point(string name, params string[] sees) =>
        new(name, null, [$"{name}.pcap"], [.. sees]);

    private static PointSummary During(PointSummary point, int fromMinute, int untilMinute) =>
        point with { FirstNs = Start + (fromMinute * 60 * Second), LastNs = Start + (untilMinute * 60 * Second) };

    /// <summary>What cannot be said because of the capture points; sentences about silent roles left out.</summary>
    private static IEnumerable<string> Sentences(ImmutableArray<CapturePoint> points, ObservationSummary observation,
        params FlowRecord[] flows)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 9 - any")) { Observation = observation };
        bench.Site = bench.Site with { CapturePoints = points };
        return bench.Run(flows).Coverage.CannotSay
            .Where(sentence => !sentence.StartsWith("No host sent", StringComparison.Ordinal));
    }
}
