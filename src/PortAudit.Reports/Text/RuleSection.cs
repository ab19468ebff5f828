using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>The rules by status: first the needed ones that nothing exercised, with reasons, of those the first that
/// the capture can decide on; then the rest, counted.</summary>
internal static class RuleSection
{
    private const int LabelWidth = 17;

    /// <summary>Rules named for one reason if the capture cannot judge them, or only some hosts are
    /// concerned.</summary>
    private const int MaximumNamed = 3;

    /// <summary>Reasons of one status.</summary>
    private const int MaximumReasons = 20;

    /// <summary>The order in which a reader wants to know of needed rules that were not exercised.</summary>
    private static readonly ImmutableArray<RuleStatus> ByUrgency =
    [
        RuleStatus.Blocked, RuleStatus.Refused, RuleStatus.OneWay, RuleStatus.NotTried, RuleStatus.WindowTooShort,
        RuleStatus.NotObservable,
    ];

    public static void Write(ReportPage page, AuditReport report, bool verbose)
    {
        var missing = report.Rules.Where(IsNeededAndNotExercised).ToList();
        var rest = report.Rules.Where(row => !IsNeededAndNotExercised(row)).ToList();

        page.Heading("Required, not seen");
        if (missing.Count == 0)
            page.Paragraph(report.Rules.IsEmpty
                ? "None: the catalogs have no rules."
                : "None: every required rule that applies was used.");
        page.Fields([.. ByUrgency.SelectMany(status => Reasons(status, missing, verbose)), .. Partly(report, verbose)],
            LabelWidth);

        if (verbose)
        {
            page.Heading("Other rules");
            page.Fields(Enum.GetValues<RuleStatus>().SelectMany(status => Rest(status, rest)), LabelWidth);
        }
        else if (rest.Count > 0)
        {
            page.Blank();
            page.Paragraph($"Other rules: {Counts(rest)}; {Shortened.WithVerbose}.",
                new Style(decoration: Decoration.Dim));
        }
    }

    /// <summary>True for a rule that is required, or conditional with its condition on, and that nothing
    /// exercised.</summary>
    internal static bool IsNeededAndNotExercised(RuleRow row) =>
        row.Rule.Need is Need.Required or Need.Conditional
        && row.Status is not (RuleStatus.Seen or RuleStatus.SeenByPort or RuleStatus.NotApplicable);

    /// <summary>True for a status that says that the captures cannot decide.</summary>
    internal static bool IsUndecided(RuleStatus status) =>
        status is RuleStatus.WindowTooShort or RuleStatus.NotObservable;

    /// <summary>True for such a rule that was exercised, but not by every host of the site that could have been seen to
    /// do so.</summary>
    private static bool IsNeededAndPartlyExercised(RuleRow row) =>
        row.Rule.Need is Need.Required or Need.Conditional
        && row.Status is RuleStatus.Seen or RuleStatus.SeenByPort
        && row.IdleOriginators.Hosts.Concat(row.IdleResponders.Hosts)
            .Any(host => host.Why is IdleReason.NotTried or IdleReason.Misfit);

    private static IEnumerable<ReportField> Partly(AuditReport report, bool verbose) => Fields(
        "partly seen", null, report.Rules.Where(IsNeededAndPartlyExercised)
            .GroupBy(IdleSentence.Of, StringComparer.Ordinal), isDecided: false, verbose);

    private static IEnumerable<ReportField> Reasons(RuleStatus status, List<RuleRow> rows, bool verbose)
    {
        var isDecided = status is not (RuleStatus.WindowTooShort or RuleStatus.NotObservable);
        var style = isDecided
            ? SeverityStyle.Of(status is RuleStatus.Blocked or RuleStatus.Refused ? Severity.High : Severity.Medium)
            : (Style?)null;
        return Fields(status.ToText(), style,
            rows.Where(row => row.Status == status)
                .GroupBy(row => row.Reason, StringComparer.Ordinal), isDecided, verbose);
    }

    /// <summary>A field for each reason, with the rules that share it: by roles where they are decided on, else some of
    /// their names.</summary>
    private static IEnumerable<ReportField> Fields(string word, Style? style,
        IEnumerable<IGrouping<string, RuleRow>> reasons, bool isDecided, bool verbose)
    {
        var all = reasons.ToList();
        var shown = verbose ? all.Count : Math.Min(MaximumReasons, all.Count);
        foreach (var reason in all.Take(shown))
            yield return new ReportField(word, [.. isDecided || verbose ? Named(reason) : [Some(reason)],
                reason.Key], style);
        if (shown < all.Count)
            yield return new ReportField(word,
                [$"{Quantity.Of(all.Skip(shown).Sum(reason => reason.Count()), "more rule")}, for "
                    + $"{Quantity.Of(all.Count - shown, "other reason")}: {Shortened.WithVerbose}"], style);
    }

    /// <summary>How many rules, and the first of their names.</summary>
    private static string Some(IGrouping<string, RuleRow> rows)
    {
        var names = rows.Select(row => row.Rule.Id).Distinct(StringComparer.Ordinal).ToList();
        return names.Count == 1
            ? Named(rows).Single()
            : $"{Quantity.Of(names.Count, "rule")}: {Shortened.Names(names, MaximumNamed)}";
    }

    private static IEnumerable<ReportField> Rest(RuleStatus status, List<RuleRow> rows)
    {
        var ofStatus = rows.Where(row => row.Status == status).ToList();
        if (ofStatus.Count == 0)
            return [];
        IEnumerable<string> lines = status == RuleStatus.NotApplicable
            ? ofStatus.GroupBy(row => row.Reason, StringComparer.Ordinal)
                .SelectMany(group => Named(group).Select(line => $"- {line}").Prepend(group.Key))
            : Named(ofStatus);
        return [new ReportField($"{status.ToText()} ({Quantity.Count(ofStatus.Count)})", [.. lines])];
    }

    private static string Counts(List<RuleRow> rows) => string.Join(", ", rows.GroupBy(row => row.Status)
        .OrderBy(group => group.Key).Select(group => $"{Quantity.Count(group.Count())} {group.Key.ToText()}"));

    /// <summary>One line a rule: its name and the pairs of roles that share the status.</summary>
    private static IEnumerable<string> Named(IEnumerable<RuleRow> rows) => rows
        .GroupBy(row => row.Rule.Id, StringComparer.Ordinal)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Select(row => $"{row.From} -> {row.To}"))}");
}
