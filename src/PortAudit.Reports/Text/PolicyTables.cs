using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>The tables of a firewall's rules beside documents and traffic, for text and page.</summary>
internal static class PolicyTables
{
    /// <summary>Rows of a table at most; JSON and worksheet have all.</summary>
    private const int MaximumRows = 40;

    /// <summary>The tables that have rows.</summary>
    /// <param name="report">The firewall.</param>
    /// <param name="isWhole">True to list rules that can stay as they are, too.</param>
    public static IEnumerable<SectionTable> Of(PolicyReport report, bool isWhole) =>
        new[] { Rules(report, isWhole), Requirements(report, isWhole), NotEvaluable(report) }
            .Where(table => !table.Rows.IsEmpty);

    /// <summary>The tables that a page shows besides the worksheet.</summary>
    public static IEnumerable<SectionTable> BesidesWorksheet(PolicyReport report) =>
        new[]
        {
            Rules(report with { Rules = [.. report.Rules.Where(row => row.Rule.Action != PolicyAction.Permit)] },
                isWhole: false, "Rules that block, and that traffic met or others cover"),
            NotEvaluable(report),
        }.Where(table => !table.Rows.IsEmpty);

    /// <summary>A rule in the configuration: its name and line.</summary>
    public static string NameOf(PolicyRule rule) => rule.IsImplicit ? $"{rule.Name} (default)" : rule.Name;

    private static SectionTable Rules(PolicyReport report, bool isWhole,
        string title = "Rules: document, configuration, traffic")
    {
        var rows = report.Rules.Where(row => row.Rule.IsDecision && (isWhole || IsShown(row))).ToList();
        var rest = report.Rules.Count(row => row.Rule.IsDecision) - rows.Count;
        return Cut(title,
            ["Rule", "Allows", "Documents", "Traffic", "#Connections", "Advice"],
            [.. rows.Select(Row)],
            rest > 0 ? $"{Quantity.Of(rest, "rule")} that can stay as {Quantity.Word(rest, "it is", "they are")} "
                + $"{Quantity.Word(rest, "is", "are")} not listed." : null);
    }

    private static bool IsShown(PolicyRuleRow row) =>
        row.Advice != PolicyAdvice.Keep || !row.CoveredBy.IsEmpty
        || (row.Rule.Action != PolicyAction.Permit && row.Connections > 0);

    private static ImmutableArray<ImmutableArray<string>> Row(PolicyRuleRow row) =>
    [
        [NameOf(row.Rule), row.Rule.Line.ToString()],
        Allows(row.Rule),
        [row.Need.ToText(), .. NotEmpty(row.NeedReason), .. NotEmpty(Names(row))],
        [row.Use.ToText(), .. NotEmpty(row.UseReason), .. NotEmpty(Hosts(row))],
        [row.Connections == 0 ? "" : Quantity.Count(row.Connections)],
        [row.Advice.ToText(), row.AdviceReason, .. NotEmpty(Covered(row))],
    ];

    private static ImmutableArray<string> Allows(PolicyRule rule) =>
    [
        rule.Action.ToText() + (rule.IsEnabled ? "" : " (off)"),
        $"{AddressSet.Text(rule.Source.Set, 3)} -> {AddressSet.Text(rule.Destination.Set, 3)}",
        ServiceText.Of(rule.Services),
        .. rule.Conditions.Select(condition => condition.Text),
    ];

    private static string Names(PolicyRuleRow row) => row.Documents.IsEmpty
        ? ""
        : $"by {string.Join(", ", row.Documents.Take(3).Select(rule => rule.Id))}"
            + (row.Documents.Length > 3 ? $" and {row.Documents.Length - 3} more" : "");

    private static string Hosts(PolicyRuleRow row)
    {
        if (row.Connections == 0)
            return "";
        var hosts = $"Hosts: {AtLeast(row.Originators)} to {AtLeast(row.Responders)}"
            + (row.Ports.Length == 0 ? "" : $"; ports {Ports(row.Ports)}");
        return row is { FirstNs: { } first, LastNs: { } last }
            ? $"{hosts}; {ReportTime.Span(first, last)}."
            : $"{hosts}.";
    }

    private static string Covered(PolicyRuleRow row) => row.CoveredBy.IsEmpty
        ? ""
        : $"Nothing comes to it: {string.Join(", ", row.CoveredBy.Select(rule => rule.Name))} before it.";

    private static string Ports(string ports) => ports.Length <= 40 ? ports : $"{ports[..40]}…";

    private static string AtLeast(int hosts) => hosts >= 100
        ? "100 or more"
        : hosts.ToString(CultureInfo.InvariantCulture);

    private static SectionTable Requirements(PolicyReport report, bool isWhole)
    {
        var undecided = report.Requirements.Count(row => row is { Needed: true, Status: RequirementStatus.Undecided });
        return Cut(
            isWhole ? "What the documents ask for" : "What the documents ask for and this firewall stops",
            ["Rule of the document", "Asks for", "Configuration", "Example"],
            [
                .. report.Requirements
                    .Where(row => isWhole || (row.Needed
                        && row.Status is RequirementStatus.Closed or RequirementStatus.PartlyClosed))
                    .Select(Row),
            ],
            undecided == 0 || isWhole
                ? null
                : $"For {Quantity.Of(undecided, "more needed rule")} the configuration does not decide.");
    }

    private static ImmutableArray<ImmutableArray<string>> Row(RequirementRow row) =>
    [
        [row.Rule.Id, row.Rule.Title],
        [row.Needed ? "needed" : "allowed"],
        [StatusOf(row)],
        [
            .. row.Examples.Take(1).Select(example =>
                $"{example.Service} {example.From} -> {example.To}: {How(example)}"),
        ],
    ];

    private static string How(RequirementExample example) => example switch
    {
        { Outcome: PolicyOutcome.Undecided, Decider: { Action: PolicyAction.Permit, Conditions: [_, ..] } permit } =>
            $"permitted by {NameOf(permit)}, {permit.Line}, if it holds: "
                + string.Join(", ", permit.Conditions.Select(condition => condition.Text)),
        { Decider: { } by } => $"{example.Outcome.ToText()} by {NameOf(by)}, {by.Line}",
        _ => example.Outcome.ToText(),
    };

    private static string StatusOf(RequirementRow row) => row.Status switch
    {
        RequirementStatus.Open => "open",
        RequirementStatus.PartlyClosed =>
            $"partly closed ({Quantity.Count(row.Stopped)} of {Quantity.Of(row.Probes, "combination")})",
        RequirementStatus.Closed => "closed",
        RequirementStatus.Undecided => "not decided by the configuration",
    };

    private static SectionTable NotEvaluable(PolicyReport report) => Cut("Lines that are not evaluated",
        ["Line", "Text", "Why"],
        [
            .. report.Policy.NotEvaluable.Select(line => ImmutableArray.Create<ImmutableArray<string>>(
                [line.Line.ToString()], [line.Text], [line.Reason])),
        ], null);

    private static SectionTable Cut(string title, ImmutableArray<string> columns,
        ImmutableArray<ImmutableArray<ImmutableArray<string>>> rows, string? more) => rows.Length <= MaximumRows
        ? new SectionTable(title, columns, rows, more)
        : new SectionTable(title, columns, rows[..MaximumRows],
            $"and {Quantity.Of(rows.Length - MaximumRows, "more row")}: {Shortened.InJson}"
            + (more is null ? "" : $". {more}"));

    private static IEnumerable<string> NotEmpty(string text) => text.Length == 0 ? [] : [text];
}
