using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Text;

/// <summary>What changed since an earlier report, and whether behaviour, visibility or the configuration did.</summary>
internal static class BaselineSection
{
    private const int LabelWidth = 19;

    /// <summary>Rules whose status changed named at most; JSON lists them all.</summary>
    private const int MaximumRules = 20;

    private static readonly ImmutableArray<FindingChange> Changes =
        [FindingChange.New, FindingChange.Changed, FindingChange.Gone];

    /// <summary>Writes the section; nothing without an earlier report.</summary>
    public static void Write(ReportPage page, BaselineComparison? baseline)
    {
        if (baseline is null)
            return;
        page.Heading("Changes since the earlier report");
        page.Paragraph($"{baseline.File} ({Window(baseline)}): {Counts(baseline)}.");
        page.Fields(
            [
                new("Note", baseline.Caveats),
                .. Changes.SelectMany(change => Findings(baseline, change)),
                .. Rules(baseline),
            ],
            LabelWidth);
    }

    private static string Window(BaselineComparison baseline) =>
        baseline is { WindowStart: { } start, WindowEnd: { } end } ? $"{start} to {end}" : "no packet";

    private static string Counts(BaselineComparison baseline) => string.Join(", ", Enum.GetValues<FindingChange>()
        .Select(change => (Change: change, Number: baseline.Findings.Count(finding => finding.Change == change)))
        .Where(entry => entry.Number > 0 || entry.Change == FindingChange.New)
        .Select(entry => entry.Change == FindingChange.New
            ? $"{Quantity.Of(entry.Number, "finding")} {entry.Change.ToText()}"
            : $"{Quantity.Count(entry.Number)} {entry.Change.ToText()}"));

    /// <summary>A field for each basis, so that missing visibility is not read as changed behaviour.</summary>
    private static IEnumerable<ReportField> Findings(BaselineComparison baseline,
        FindingChange change) => baseline.Findings
        .Where(finding => finding.Change == change)
        .GroupBy(finding => finding.Basis)
        .OrderBy(group => group.Key)
        .Select(group => new ReportField($"{change.ToText()}, {group.Key!.Value.ToText()}", [.. group.Select(Line)]));

    private static string Line(BaselineFinding finding)
    {
        var severity = (finding.Severity ?? finding.SeverityBefore)!.Value.ToText();
        var roles =
            finding.FromRole.Length + finding.ToRole.Length == 0 ? "" : $", {finding.FromRole} -> {finding.ToRole}";
        var rule = finding.Rule is null ? "" : $" ({finding.Rule})";
        return $"{severity} {finding.Kind} {finding.Id}{roles}{rule}: {finding.Sentence}";
    }

    private static IEnumerable<ReportField> Rules(BaselineComparison baseline)
    {
        if (baseline.Rules.IsEmpty)
            return [];
        var lines = baseline.Rules
            .OrderBy(rule => rule.Basis)
            .Take(MaximumRules)
            .Select(rule => $"{rule.Id}, {rule.From} -> {rule.To}: {Status(rule.Before)} before, {Status(rule.Now)} "
                + $"now ({rule.Basis.ToText()})");
        var rest = baseline.Rules.Length - MaximumRules;
        return [new ReportField($"rules ({Quantity.Count(baseline.Rules.Length)})",
            [.. lines, .. rest > 0 ? new[] { $"and {Quantity.Of(rest, "other")}: see the JSON report" } : []])];
    }

    private static string Status(RuleStatus? status) => status?.ToText() ?? "not there";
}
