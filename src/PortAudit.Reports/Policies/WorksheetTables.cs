using System.Collections.Immutable;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Policies;

/// <summary>Rows of the worksheet with one advice.</summary>
/// <param name="Advice">The advice.</param>
/// <param name="Table">Its rows.</param>
internal sealed record WorksheetTable(PolicyAdvice Advice, SectionTable Table);

/// <summary>The worksheet for the owner of a firewall as tables, one for each advice. The last columns are empty, to be
/// filled in.</summary>
internal static class WorksheetTables
{
    /// <summary>Columns to be filled in: owner, expiry, decision.</summary>
    public const int EmptyColumns = 3;

    private static readonly ImmutableArray<string> Columns =
    [
        "Rule", "From", "To", "Service", "Why", "Documents", "Evidence", "Risk", "Owner", "Expiry", "Decision",
    ];

    /// <summary>The tables that have rows: what to add, close, tighten, review and keep, in that order.</summary>
    /// <param name="rows">Rows in that order.</param>
    /// <param name="most">Rows of a table at most.</param>
    /// <param name="withFirewall">True to name the firewall of each rule.</param>
    public static IEnumerable<WorksheetTable> Of(IEnumerable<WorksheetRow> rows, int most, bool withFirewall)
    {
        foreach (var advice in rows.GroupBy(row => row.Advice))
        {
            ImmutableArray<WorksheetRow> all = [.. advice];
            yield return new WorksheetTable(advice.Key, new SectionTable(
                $"{Title(advice.Key)}: {Quantity.Of(all.Length, "rule")}", Columns,
                [.. all.Take(most).Select(row => Cells(row, withFirewall))],
                all.Length > most ? $"and {Quantity.Of(all.Length - most, "more row")}: see the worksheet" : null));
        }
    }

    private static string Title(PolicyAdvice advice) => advice switch
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
