using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Capture;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>What becomes of absences when captures leave holes between them.</summary>
public sealed class CaptureGapTests
{
    private const long Hour = 3600 * Second;

    /// <summary>Ten captures of an hour, each begun so many hours after the one before: one hour a day is not to have
    /// watched for nine days.</summary>
    [Theory]
    [InlineData(1, RuleStatus.WindowTooShort, false)] // ten hours without a hole
    [InlineData(3, RuleStatus.WindowTooShort, true)] // 28 hours, of which ten were watched
    [InlineData(24, RuleStatus.WindowTooShort, true)]
    public void Holes_between_captures_are_not_watched(int everyHours, RuleStatus expected, bool isShown)
    {
        var (status, reason, sentences) = Status(everyHours, hours: 1);

        Assert.Equal((expected, "The capture watched for 10 hours, and the flow is due once a day."), (status, reason));
        Assert.Equal(isShown,
            sentences.Contains(
                $"Between the captures there are 9 holes, {Duration.InSentence(9 * (everyHours - 1) * Hour)} together, "
                    + "in which nothing was recorded: what happened then is unknown, and they do not "
                    + "count as watched."));
    }

    [Fact]
    public void Captures_that_add_up_to_the_period_are_enough() =>
        Assert.Equal(RuleStatus.NotTried, Status(24, hours: 3).Status);

    [Fact]
    public void A_pause_no_longer_than_silences_inside_captures_is_one_of_them() =>
        Assert.Equal(RuleStatus.NotTried, Status(3, hours: 1, silenceHours: 2).Status);

    /// <summary>A watch of 25 hours for a flow that is due once a day, with outages of its interface or of another one
    /// (from, until, in hours).</summary>
    [Theory]
    [InlineData(null, new[] { 3, 4 }, RuleStatus.NotTried, "24 hours, not counting 60 minutes")] // 24 hours are left
    [InlineData(null, new[] { 3, 5 }, RuleStatus.WindowTooShort, "23 hours, not counting 2 hours")]
    // two interfaces: an hour that both were away is one
    [InlineData(null, new[] { 3, 5, 4, 6 }, RuleStatus.WindowTooShort, "22 hours, not counting 3 hours")]
    // until the capture ended
    [InlineData(null, new[] { 20, -1 }, RuleStatus.WindowTooShort, "20 hours, not counting 5 hours")]
    [InlineData(null, new[] { -9, 0, 25, 40 }, RuleStatus.NotTried, "25 hours")] // outside the window
    [InlineData("eth9", new[] { 3, 20 }, RuleStatus.NotTried, "25 hours")] // of another point
    public void Outages_of_a_points_interfaces_are_not_watched(string? name, int[] hours, RuleStatus expected,
        string watched)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")
            with
        { Period = Period.Daily })
        { Observation = AuditBench.ObservationOf(TimeSpan.FromHours(25), "") };
        var capture = bench.Observation.Captures[0];
        var outages = hours.Chunk(2).Select((time, index) => new CaptureOutage(index, name, Start + (time[0] * Hour),
            time[1] == -1 ? null : Start + (time[1] * Hour), "it is gone"));
        bench.Observation = bench.Observation
            with
        { Captures = [capture with { Annotations = capture.Annotations with { Outages = [.. outages] } }] };

        var row = bench.Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9")).Rules[0];

        Assert.Equal(expected, row.Status);
        if (expected == RuleStatus.WindowTooShort)
            Assert.Equal($"The capture watched for {watched} in which it did not record all, and the flow is due once "
                + "a day.", row.Reason);
        else
            Assert.Contains($"watched for {watched}"
                + (watched.Contains("not counting", StringComparison.Ordinal)
                    ? " in which it did not record all."
                    : "."),
                row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Captures_that_lost_their_details_are_told()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));
        bench.Observation = bench.Observation with { CapturesWithoutDetail = 1 };

        Assert.Equal(["Of the captures only the 1 latest are listed with their comments, names and damage; those of "
            + "the earlier ones are counted."], bench.Run().Diagnostics.AsEnumerable());
    }

    private static (RuleStatus Status, string Reason, IEnumerable<string> Sentences) Status(int everyHours, int hours,
        int silenceHours = 0)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any") with { Period = Period.Daily });
        var first = bench.Observation.Captures[0] with { Clock = new CaptureClock(0, 0, silenceHours * Hour) };
        bench.Observation = bench.Observation with
        {
            Captures = [.. Enumerable.Range(0, 10).Select(run => first with { FirstNs =
                Start + (run * everyHours * Hour), LastNs = Start + (((run * everyHours) + hours) * Hour) })],
            Points = [bench.Observation.Points[0] with { LastNs = Start + (((9 * everyHours) + hours) * Hour),
                Clock = new CaptureClock(0, 0, (everyHours - hours) * Hour) }],
        };
        var report = bench.Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9"));
        return (report.Rules[0].Status, report.Rules[0].Reason, report.Coverage.CannotSay);
    }
}
