using System.Globalization;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Junit;

/// <summary>The suite of findings: a test for each that is not the failure of a rule already. It fails when the finding
/// fails the run, and is skipped otherwise.</summary>
internal static class JunitFindings
{
    /// <summary>Frame ranges of a capture that details list at most; JSON lists all.</summary>
    private const int MaximumRanges = 20;

    public static JunitSuite Of(AuditRun run, JunitRules rules) =>
        new("findings", [.. run.Report.Findings.Where(finding => !rules.Holds(finding))
            .Select(finding => Test(finding, run))]);

    /// <summary>What a reader needs to act: identifier, explanation, remedy and evidence.</summary>
    public static string Details(Finding finding)
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{finding.Severity.ToText()} {finding.Kind.ToText()} "
                + $"{finding.Id}, {Quantity.Of(finding.Flows, "flow")}"),
            FindingHeadline.Of(finding),
            finding.Explanation,
            $"Remedy: {finding.Remedy}",
        };
        lines.AddRange(finding.Evidence.Frames.Select(frames => frames.Rows.IsEmpty
            ? $"Frames: {frames.Capture}: {NumberRanges.Format(frames.Numbers, MaximumRanges)}"
            : $"Rows: {frames.Capture}: {LogRowText.Of(frames.Rows)}"));
        if (finding.Evidence.Filter.Length > 0)
            lines.Add($"Filter: {finding.Evidence.Filter}");
        return string.Join('\n', lines.Select(VisibleText.Escape));
    }

    private static JunitTest Test(Finding finding, AuditRun run)
    {
        var className = finding.FromRole.Length + finding.ToRole.Length == 0
            ? $"findings.{finding.Kind.ToText()}"
            : $"findings.{finding.FromRole} to {finding.ToRole}";
        var service = string.Join(' ',
            new[] { finding.Transport, finding.Ports, finding.Protocol ?? "" }.Where(part => part.Length > 0));
        var name = string.Join(' ',
            new[] { finding.Kind.ToText(), finding.Rule?.Id ?? service, finding.Id }.Where(part => part.Length > 0));
        return run.Fails(finding)
            ? new JunitTest(className, name, JunitResult.Failed, finding.Kind.ToText(),
                $"{finding.Severity.ToText()}: {FindingHeadline.About(finding)}. {finding.Explanation}",
                Details(finding))
            : new JunitTest(className, name, JunitResult.Skipped, finding.Kind.ToText(),
                $"{finding.Severity.ToText()}, which does not fail the run: {finding.Explanation}");
    }
}
