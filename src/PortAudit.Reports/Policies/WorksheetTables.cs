using System.Collections.Immutable;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Policies;

/// <summary>The worksheet for the owner of a firewall as tables, one for each advice. The last columns are empty, to be
/// filled in.</summary>
internal static class WorksheetTables
{
    private static readonly ImmutableArray<string> Columns =
    [
        "Rule", "From", "To", "Service", "Why", "Documents", "Evidence", "Risk", "Owner", "Expiry", "Decision",
    ];

    /// <summary>The tables that have rows: what to add, close, tighten, review and keep, in that order.</summary>
    /// <param name="rows">Rows in that order.</param>
    /// <param name="withFirewall">True to name the firewall of each rule.</param>
    public static IEnumerable<SectionTable> Of(IEnumerable<WorksheetRow> rows, bool withFirewall) =>
        rows.GroupBy(row => row.Advice).Select(advice => new SectionTable(Title(advice.Key, advice.Count()), Columns,
            [.. advice.Select(row => Cells(row, withFirewall))], null));

    /// <summary>The title of a table: <c>Close: 3 rules</c>.</summary>
    public static string Title(PolicyAdvice advice, int rules) => $"{Verb(advice)}: {Quantity.Of(rules, "rule")}";

    private static string Verb(PolicyAdvice advice) => advice switch
    {
        PolicyAdvice.Add => "Add",
        PolicyAdvice.Close => "Close",
        PolicyAdvice.Tighten => "Tighten",
        PolicyAdvice.Review => "Review",
        PolicyAdvice.Keep => "Keep",
    };

    private static ImmutableArray<ImmutableArray<string>> Cells(WorksheetRow row, bool withFirewall) =>
    [
        [.. new[] { withFirewall ? row.Firewall : "", row.Rule, row.Place }.Where(text => text.Length > 0)],
        [row.From], [row.To], [row.Service], [row.Why], [row.Documents], [row.Evidence], [row.Risk], [""], [""], [""],
    ];
}
