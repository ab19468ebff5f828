using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Reports.Writing;
using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>The rules by status: first the needed ones that nothing exercised, with reasons, then the rest, counted.</summary>
internal static class RuleSection
{
    private const int LabelWidth = 23;

    /// <summary>The order in which a reader wants to know of needed rules that were not exercised.</summary>
    private static readonly ImmutableArray<RuleStatus> ByUrgency =
    [
        RuleStatus.Blocked, RuleStatus.Refused, RuleStatus.OneWay, RuleStatus.NotTried, RuleStatus.WindowTooShort, RuleStatus.NotObservable,
    ];

    /// <summary>Writes the section.</summary>
    public static void Write(ReportPage page, AuditReport report, bool verbose)
    {
        var missing = report.Rules.Where(IsNeededAndNotExercised).ToList();
        var rest = report.Rules.Where(row => !IsNeededAndNotExercised(row)).ToList();

        page.Heading("Required rules that were not exercised");
        if (missing.Count == 0)
            page.Paragraph(report.Rules.IsEmpty ? "None: the catalogs hold no rule." : "None.");
        page.Fields(ByUrgency.SelectMany(status => Reasons(status, missing)), LabelWidth);

        var partly = report.Rules.Where(IsNeededAndPartlyExercised).ToList();
        if (partly.Count > 0)
        {
            page.Heading("Required rules that only some hosts exercised");
            page.Fields(Partly(partly), LabelWidth);
        }

        page.Heading("Other rules");
        if (rest.Count == 0)
            page.Paragraph("None.");
        page.Fields(Enum.GetValues<RuleStatus>().SelectMany(status => Rest(status, rest, verbose)), LabelWidth);
        if (!verbose && rest.Any(row => row.Status == RuleStatus.NotApplicable))
            page.Paragraph("Rules that do not apply are counted by reason; the text names them with -v.", new Style(decoration: Decoration.Dim));
    }

    /// <summary>True for a rule that is required, or conditional with its condition on, and that nothing exercised.</summary>
    internal static bool IsNeededAndNotExercised(RuleRow row) =>
        row.Rule.Need is Need.Required or Need.Conditional
        && row.Status is not (RuleStatus.Seen or RuleStatus.SeenByPort or RuleStatus.NotApplicable);

    /// <summary>True for such a rule that was exercised, but not by every host of the site that could have been seen to do so.</summary>
    private static bool IsNeededAndPartlyExercised(RuleRow row) =>
        row.Rule.Need is Need.Required or Need.Conditional
        && row.Status is RuleStatus.Seen or RuleStatus.SeenByPort
        && row.IdleOriginators.Hosts.Concat(row.IdleResponders.Hosts).Any(host => host.Why is IdleReason.NotTried or IdleReason.Misfit);

    private static IEnumerable<ReportField> Partly(List<RuleRow> rows) => rows
        .GroupBy(IdleSentence.Of, StringComparer.Ordinal)
        .Select(group => new ReportField($"partly ({Quantity.Count(group.Count())})", [group.Key, .. Named(group)]));

    private static IEnumerable<ReportField> Reasons(RuleStatus status, List<RuleRow> rows) => rows
        .Where(row => row.Status == status)
        .GroupBy(row => row.Reason, StringComparer.Ordinal)
        .Select(group => new ReportField(Label(status, group.Count()), [group.Key, .. Named(group)]));

    private static IEnumerable<ReportField> Rest(RuleStatus status, List<RuleRow> rows, bool verbose)
    {
        var ofStatus = rows.Where(row => row.Status == status).ToList();
        if (ofStatus.Count == 0)
            return [];
        if (status != RuleStatus.NotApplicable)
            return [new ReportField(Label(status, ofStatus.Count), [.. Named(ofStatus)])];
        return [new ReportField(Label(status, ofStatus.Count), [.. ofStatus.GroupBy(row => row.Reason, StringComparer.Ordinal).SelectMany(group => NotApplicable(group, verbose))])];
    }

    private static IEnumerable<string> NotApplicable(IGrouping<string, RuleRow> group, bool verbose) => verbose
        ? [group.Key, .. Named(group)]
        : [$"{Quantity.Count(group.Count())}: {group.Key}"];

    private static string Label(RuleStatus status, int count) => $"{status.ToText()} ({Quantity.Count(count)})";

    /// <summary>One line a rule: its name and the pairs of roles that share the status.</summary>
    private static IEnumerable<string> Named(IEnumerable<RuleRow> rows) => rows
        .GroupBy(row => row.Rule.Id, StringComparer.Ordinal)
        .Select(group => $"- {group.Key}: {string.Join(", ", group.Select(row => $"{row.From} -> {row.To}"))}");
}
