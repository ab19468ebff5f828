using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;
using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>The first lines: what the audit says in a sentence and five numbers, what to look at first, and whether
/// anything is missing from it.</summary>
internal static class VerdictSection
{
    /// <summary>Findings that are named at the top.</summary>
    private const int Headlines = 6;

    private const int SeverityWidth = 8;

    /// <summary>Shown instead of a verdict if there is none.</summary>
    private const string NotJudgedWord = "NOT JUDGED";

    private static readonly Style Bold = new(decoration: Decoration.Bold);

    public static void Write(ReportPage page, AuditRun run)
    {
        var findings = run.Report.Findings;
        WriteProposed(page, run.Report);
        WriteSelection(page, run.Report);
        page.Line([($"{run.Report.Site}: ", Bold), .. Judged(run.Report), (Count(findings), StyleOf(findings)),
            (".", null)]);
        WriteNotJudged(page, run.Report);
        WritePartial(page, run);
        if (run.Report.NotJudged is null)
            page.Table(["Verdicts", "#Flows", "Meaning"], Words(run.Report).Select(Row));
        page.Paragraph(Flows(run.Report));
        if (findings.IsEmpty)
            return;
        page.Blank();
        page.Fields(
            [
                .. findings.Take(Headlines)
                    .Select(finding => new ReportField(finding.Severity.ToText().ToUpperInvariant(),
                        FindingSection.Headline(finding)) { Style = SeverityStyle.Of(finding.Severity) }),
                new("", findings.Length > Headlines
                    ? $"and {Quantity.Of(findings.Length - Headlines, "other finding")}"
                    : ""),
            ],
            SeverityWidth);
    }

    /// <summary>Writes the sentence alone, with the five words in it.</summary>
    public static void WriteSentence(ReportPage page, AuditRun run)
    {
        var findings = run.Report.Findings;
        var words = Words(run.Report).Select(word => $"{Quantity.Count(word.Flows)} {word.Word.ToText()}");
        var flows = run.Report.NotJudged is null
            ? $"{Quantity.Of(run.Report.FlowsJudged, "flow")} judged: {string.Join(", ", words)}"
            : $"{Quantity.Of(run.Report.FlowsJudged, "flow")}, none judged";
        WriteProposed(page, run.Report);
        WriteSelection(page, run.Report);
        page.Line([
            ($"{run.Report.Site}: ", Bold),
            .. Judged(run.Report),
            (Count(findings), StyleOf(findings)),
            ($"; {flows}.", null)]);
        WriteNotJudged(page, run.Report);
        WritePartial(page, run);
    }

    /// <summary>How many flows were judged, and how many of them get none of the five words.</summary>
    internal static string Flows(AuditReport report)
    {
        var flows = $"{Quantity.Of(report.FlowsJudged, "flow")}";
        if (report.NotJudged is not null)
            return report.FlowsJudged == 0
                ? "No flow."
                : $"{flows}, none judged: {UnclassifiedFlows.Of(report.RolePairs).Text}.";
        return $"{flows} judged between {Quantity.Of(report.RolePairs.Length, "pair")} of "
            + $"roles{UnclassifiedFlows.Clause(report.RolePairs)}.";
    }

    /// <summary>For example <c>3 findings, gravest high (2 high, 1 info)</c>.</summary>
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
        return $"PARTIAL: {string.Join(", ", reasons)}; everything below covers the part that was read.";
    }

    /// <summary>What is said first of an audit without a site file; null with one.</summary>
    internal static string? Proposed(AuditReport report) => report.ProposedSite is { } site
        ? $"No site file given: judged by the site that 'portaudit roles' proposes from these captures "
            + $"({Quantity.Of(site.Hosts, "host")}, {Quantity.Of(site.Networks, "network")}, catalogs "
            + $"{string.Join(", ", report.Catalogs.Select(catalog => catalog.Id))}). It is not confirmed. "
            + (site.IsSaved
                ? $"It was saved as {report.SiteFile}: correct it, and audit again with --site {report.SiteFile}."
                : "Save it with --save-site FILE, correct it, and audit again with --site FILE.")
        : null;

    private static void WriteProposed(ReportPage page, AuditReport report)
    {
        if (Proposed(report) is not { } sentence)
            return;
        page.Paragraph(sentence);
        page.Blank();
    }

    /// <summary>What is said first of an audit of a part of the captures; null for all of them.</summary>
    internal static string? Selection(AuditReport report) =>
        string.Join(' ', SelectionText.Of(report.Selection)) is { Length: > 0 } sentences
            ? $"SELECTION: {sentences}"
            : null;

    private static void WriteSelection(ReportPage page, AuditReport report)
    {
        if (Selection(report) is not { } sentences)
            return;
        page.Paragraph(sentences, SeverityStyle.Of(Severity.Medium));
        page.Blank();
    }

    private static IEnumerable<(string Text, Style? Style)> Judged(AuditReport report) =>
        report.NotJudged is null ? [] : [(NotJudgedWord, SeverityStyle.Of(Severity.Medium)), (", ", null)];

    private static void WriteNotJudged(ReportPage page, AuditReport report)
    {
        if (report.NotJudged is { } why)
            page.Paragraph($"{why.Reason} {why.NextStep}");
    }

    private static void WritePartial(ReportPage page, AuditRun run)
    {
        if (run.IsPartial)
            page.Paragraph(Partial(run), SeverityStyle.Of(Severity.Medium));
    }

    private static Style? StyleOf(ImmutableArray<Finding> findings) =>
        findings.IsEmpty ? (Style?)null : SeverityStyle.Of(findings.Max(finding => finding.Severity));

    /// <summary>The five words, each with its number of flows.</summary>
    internal static ImmutableArray<(FlowWord Word, long Flows, string Meaning)> Words(AuditReport report)
    {
        var words = report.RolePairs.Select(pair => pair.Words).ToList();
        return
        [
            (FlowWord.Permitted, words.Sum(word => word.Permitted), "allowed by the rules, and arrived"),
            (FlowWord.Escaped, words.Sum(word => word.Escaped), "not allowed, and arrived"),
            (FlowWord.Blocked, words.Sum(word => word.Blocked), "not allowed, and stopped"),
            (FlowWord.Misdropped, words.Sum(word => word.Misdropped), "allowed, and stopped"),
            (FlowWord.Unanswered, words.Sum(word => word.Unanswered),
                "nothing proves that it arrived or was stopped"),
        ];
    }

    private static IReadOnlyList<IReadOnlyList<string>> Row((FlowWord Word, long Flows, string Meaning) row) =>
        [[row.Word.ToText()], [Quantity.Count(row.Flows)], [row.Meaning]];
}
