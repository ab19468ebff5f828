using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Policies.Lint;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Text;
using Spectre.Console;

namespace PortAudit.Reports.Policies;

/// <summary>What is wrong with configurations, for a reader at a terminal.</summary>
public static class PolicyCheckText
{
    /// <summary>Lines that are not evaluable, findings of one kind, and lists, for each configuration; all of them in a
    /// verbose text and in JSON.</summary>
    private const int MaxListed = 20;

    private const int LabelWidth = 9;

    /// <summary>Writes a part for each configuration.</summary>
    public static void Write(IEnumerable<PolicyCheck> checks, TextWriter writer, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TextReport.Render(writer, options, page =>
        {
            foreach (var check in checks)
                Write(page, check, options.Verbose ? int.MaxValue : MaxListed);
        });
    }

    private static void Write(ReportPage page, PolicyCheck check, int most)
    {
        var policy = check.Policy;
        page.Heading($"{policy.Name} ({policy.Format})");
        page.Fields(
            [
                new("Files", [.. policy.Files.Select(file => file.Path)]),
                new("Lists", [.. ListLines(policy).Take(most), .. More(policy.Lists.Length, most)]),
                new("Lines", Lines(policy.Lines)),
                new("Findings", Summary(check.Lint)),
            ], LabelWidth);
        WriteUnevaluated(page, policy.NotEvaluable, most);
        WriteFindings(page, check.Lint, most);
    }

    private static IEnumerable<string> ListLines(Policy policy)
    {
        var targets = policy.Lists.SelectMany(list => list.Rules).Select(rule => rule.Target)
            .ToHashSet(StringComparer.Ordinal);
        return policy.Lists.Select(list =>
        {
            var stated = list.Rules.Count(rule => !rule.IsImplicit);
            return $"{list.Name}: {Quantity.Of(stated, "rule")}; {Applied(list, targets.Contains(list.Name))}";
        });
    }

    private static string Applied(PolicyList list, bool isTarget) => list.Bindings.IsEmpty
        ? isTarget ? "other rules jump to it" : "applied nowhere"
        : string.Join("; ", list.Bindings.Take(MaxListed).Select(BindingWords.Binding));

    private static string Lines(PolicyLineCounts lines) => $"{Quantity.Count(lines.Total)}: "
        + $"{Quantity.Count(lines.Understood)} understood, {Quantity.Count(lines.NotEvaluable)} not evaluable, "
        + $"{Quantity.Count(lines.Other)} about something else";

    private static string Summary(PolicyLintResult lint)
    {
        var kinds = PolicyFindingKind.All
            .Select(kind => (kind.Name, Count: lint.Findings.Count(finding => finding.Kind == kind)))
            .Where(kind => kind.Count > 0)
            .Select(kind => $"{Quantity.Count(kind.Count)} {kind.Name}");
        var found = lint.Findings.IsEmpty ? "none" : string.Join(", ", kinds);
        return lint.NotAnalysed == 0
            ? found
            : $"{found}; of {Quantity.Of(lint.NotAnalysed, "rule")} it is not known whether others cover them";
    }

    private static void WriteUnevaluated(ReportPage page, ImmutableArray<UnevaluatedLine> lines, int most)
    {
        if (lines.IsEmpty)
            return;
        page.Blank();
        page.Subheading(("Not evaluable", new Style(decoration: Decoration.Bold)));
        foreach (var line in lines.Take(most))
            page.Paragraph($"{line.Line}: {line.Reason}: {line.Text}");
        foreach (var more in More(lines.Length, most))
            page.Paragraph(more);
    }

    private static void WriteFindings(ReportPage page, PolicyLintResult lint, int most)
    {
        foreach (var kind in PolicyFindingKind.All)
        {
            ImmutableArray<PolicyFinding> findings = [.. lint.Findings.Where(finding => finding.Kind == kind)];
            if (findings.IsEmpty)
                continue;
            page.Blank();
            page.Subheading(
                (kind.Severity.ToText().ToUpperInvariant(), SeverityStyle.Of(kind.Severity)),
                ($"  {kind.Name}", new Style(decoration: Decoration.Bold)),
                ($"  {kind.Meaning}", null));
            foreach (var finding in findings.Take(most))
                page.Paragraph($"{finding.Line}: {finding.Explanation}{Text(finding)}");
            foreach (var more in More(findings.Length, most))
                page.Paragraph(more);
        }
    }

    private static string Text(PolicyFinding finding) =>
        finding.Rule is { IsImplicit: false, Text: { Length: > 0 } text } ? $": {text}" : "";

    private static IEnumerable<string> More(int count, int most) => count <= most
        ? []
        : [$"and {Quantity.Count(count - most)} more, which -v lists"];
}
