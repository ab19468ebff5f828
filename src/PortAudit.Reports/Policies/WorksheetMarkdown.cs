using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Markdown;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Policies;

/// <summary>The worksheet for the owner of a firewall as Markdown, a table for each advice.</summary>
public static class WorksheetMarkdown
{
    /// <summary>Writes it. Lines end with a line feed.</summary>
    public static void Write(AuditRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        MarkdownPage.Write(writer, page => Write(page, run));
    }

    private static void Write(ReportPage page, AuditRun run)
    {
        var policies = run.Report.Policies;
        page.Heading($"Worksheet for {string.Join(", ", policies.Select(policy => policy.Name))}");
        if (run.Report.Watched is not { } watched)
        {
            page.Paragraph("No configuration of a firewall was given: --policy names one.");
            return;
        }

        page.Paragraph($"Of {Quantity.Of(policies.Length, "firewall")}, for the owner to decide. Owner, expiry and "
            + "decision are to be filled in.");
        page.Fields(WatchSection.Facts(watched).Select(fact => new ReportField(fact.Label, fact.Text)), 0);
        foreach (var table in WorksheetTables.Of(WorksheetRow.Of(run.Report), withFirewall: policies.Length > 1))
            table.Write(page);
    }
}
