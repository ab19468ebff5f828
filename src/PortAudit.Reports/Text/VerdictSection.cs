using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Writing;
using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>The first lines: what the audit says in one sentence, and whether anything is missing from it.</summary>
internal static class VerdictSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(ReportPage page, AuditRun run)
    {
        var findings = run.Report.Findings;
        Style? style = findings.IsEmpty ? null : SeverityStyle.Of(findings.Max(finding => finding.Severity));
        page.Line(
            ($"{run.Report.Site}: ", new Style(decoration: Decoration.Bold)),
            (Count(findings), style),
            ($"{FourWordsOf(run.Report)}.", null));
        if (run.IsPartial)
            page.Paragraph(Partial(run), SeverityStyle.Of(Severity.Medium));
    }

    /// <summary>For example <c>3 findings, the gravest high (2 high, 1 info)</c>.</summary>
    internal static string Count(ImmutableArray<Finding> findings)
    {
        if (findings.IsEmpty)
            return "no findings";
        var bySeverity = findings
            .GroupBy(finding => finding.Severity)
            .OrderByDescending(group => group.Key)
            .Select(group => $"{Quantity.Count(group.Count())} {group.Key.ToText()}");
        var gravest = findings.Max(finding => finding.Severity).ToText();
        return $"{Quantity.Of(findings.Length, "finding")}, gravest {gravest} ({string.Join(", ", bySeverity)})";
    }

    private static string FourWordsOf(AuditReport report)
    {
        var words = report.RolePairs.Select(pair => pair.Words).ToList();
        return $"; {Quantity.Of(report.FlowsJudged, "flow")} judged: " +
            $"{Quantity.Count(words.Sum(word => word.Permitted))} permitted, {Quantity.Count(words.Sum(word => word.Escaped))} escaped, " +
            $"{Quantity.Count(words.Sum(word => word.Blocked))} blocked, {Quantity.Count(words.Sum(word => word.Misdropped))} misdropped";
    }

    internal static string Partial(AuditRun run)
    {
        var reasons = new List<string>();
        var cut = run.Report.Observation.Captures.Count(capture => !capture.IsWhole);
        if (cut > 0)
            reasons.Add($"{Quantity.Of(cut, "capture")} could not be read whole");
        if (!run.Unread.IsEmpty)
            reasons.Add($"{Quantity.Of(run.Unread.Length, "input")} could not be opened");
        if (run.Interrupted)
            reasons.Add("reading was interrupted");
        return $"PARTIAL: {string.Join(", ", reasons)}; everything below is about the part that was read.";
    }
}
