using PortAudit.Audit.PolicyReview;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Policies;

/// <summary>The worksheet for the owner of a firewall as CSV (RFC 4180): a row for each rule to add, close, tighten,
/// review or keep. The columns <c>owner</c>, <c>expiry</c> and <c>decision</c> are empty, to be filled in.</summary>
public static class WorksheetCsv
{
    private static readonly string[] Columns =
    [
        "advice", "firewall", "rule", "line", "from", "to", "service", "why", "documents", "evidence", "risk", "owner",
        "expiry", "decision",
    ];

    /// <summary>Writes the rows with a header line.</summary>
    public static void Write(AuditRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        CsvLine.Write(writer, Columns);
        foreach (var row in WorksheetRow.Of(run.Report))
            CsvLine.Write(writer,
            [
                row.Advice.ToText(), row.Firewall, row.Rule, row.Line, row.From, row.To, row.Service, row.Why,
                row.Documents, row.Evidence, row.Risk, "", "", "",
            ]);
    }
}
