using System.Collections.Immutable;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Observation;

namespace PortAudit.Reports.Junit;

/// <summary>The suite that says whether the input was read: a test for each capture, which is in error where it was not
/// read whole.</summary>
internal static class JunitCaptures
{
    private const string ClassName = $"{AuditRun.ToolName}.captures";

    private static readonly ImmutableArray<(string Name, string Value)> NoProperties = [];

    public static JunitSuite Of(AuditRun run) => new("captures",
        [.. run.Report.Observation.Captures.Select(Test), .. run.Unread.Select(Test)])
    {
        Errors = run.Interrupted ? run.Report.Diagnostics.Add("Reading was interrupted.") : run.Report.Diagnostics,
        Properties =
        [
            ("tool.version", run.ToolVersion),
            ("site", run.Report.Site),
            .. run.Report.Coverage.CannotSay.Select(sentence => ("cannot-say", sentence)),
            .. run.Report.NotJudged is { } why ? [("not-judged", $"{why.Reason} {why.NextStep}")] : NoProperties,
        ],
    };

    private static JunitTest Test(CaptureSummary capture)
    {
        if (capture.IsWhole)
            return new JunitTest(ClassName, capture.Path, JunitResult.Passed);
        ImmutableArray<string> reasons = [.. capture.Annotations.Damages.Select(damage => damage.Reason),
            .. capture.End.IsComplete ? [] : new[] { capture.End.Reason }];
        return new JunitTest(ClassName, capture.Path, JunitResult.Error, "partial", reasons.FirstOrDefault("damaged"),
            string.Join('\n', reasons));
    }

    private static JunitTest Test(UnreadInput input) =>
        new(ClassName, input.Path, JunitResult.Error, "not-opened", input.Reason, input.Reason);
}
