using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Traffic.Capture;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>What becomes of absences when captures leave holes between them.</summary>
public sealed class CaptureGapTests
{
    private const long Hour = 3600 * Second;

    /// <summary>Ten captures of an hour, each begun so many hours after the one before: one hour a day is not to have watched for nine days.</summary>
    [Theory]
    [InlineData(1, RuleStatus.WindowTooShort, false)] // ten hours without a hole
    [InlineData(3, RuleStatus.WindowTooShort, true)] // 28 hours, of which ten were watched
    [InlineData(24, RuleStatus.WindowTooShort, true)]
    public void Holes_between_captures_are_not_watched(int everyHours, RuleStatus expected, bool isTold)
    {
        var (status, reason, sentences) = Status(everyHours, hours: 1);

        Assert.Equal((expected, "The capture watched for 10 hours, and the flow is due once a day."), (status, reason));
        Assert.Equal(isTold, sentences.Contains($"Between the captures there are 9 holes, {Duration.ToText(9 * (everyHours - 1) * Hour)} together, in which nothing was recorded: what happened then is unknown, and they do not count as watched."));
    }

    [Fact]
    public void Captures_that_add_up_to_the_period_are_enough() => Assert.Equal(RuleStatus.NotTried, Status(24, hours: 3).Status);

    [Fact]
    public void A_pause_no_longer_than_silences_inside_captures_is_one_of_them() => Assert.Equal(RuleStatus.NotTried, Status(3, hours: 1, silenceHours: 2).Status);

    [Fact]
    public void Captures_that_lost_their_details_are_told()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));
        bench.Observation = bench.Observation with { CapturesWithoutDetail = 1 };

        Assert.Equal(["Of the captures only the 1 latest are listed with their comments, names and damaged places; those of the earlier ones are counted."], bench.Run().Diagnostics.AsEnumerable());
    }

    private static (RuleStatus Status, string Reason, IEnumerable<string> Sentences) Status(int everyHours, int hours, int silenceHours = 0)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any") with { Period = Period.Daily });
        var first = bench.Observation.Captures[0] with { Clock = new CaptureClock(0, 0, silenceHours * Hour) };
        bench.Observation = bench.Observation with
        {
            Captures = [.. Enumerable.Range(0, 10).Select(run => first with { FirstNs = Start + (run * everyHours * Hour), LastNs = Start + (((run * everyHours) + hours) * Hour) })],
            Points = [bench.Observation.Points[0] with { LastNs = Start + (((9 * everyHours) + hours) * Hour), Clock = new CaptureClock(0, 0, (everyHours - hours) * Hour) }],
        };
        var report = bench.Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9"));
        return (report.Rules[0].Status, report.Rules[0].Reason, report.Coverage.CannotSay);
    }
}
