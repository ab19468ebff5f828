using PortAudit.Audit;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Text;

/// <summary>What judged: the program, the site and the catalogs with their checksums, and where the rest of the report
/// stands.</summary>
internal static class MethodSection
{
    private const int LabelWidth = 9;

    public static void Write(ReportPage page, AuditRun run)
    {
        page.Heading("Method");
        page.Fields(
            [
                new("Program", $"{AuditRun.ToolName} {run.ToolVersion}"),
                new("Site", [run.Report.SiteFile, $"SHA-256 {run.Report.SiteSha256}"]),
                new("Catalogs", [.. run.Report.Catalogs.SelectMany(Catalog)]),
                new("Rest", "--report FILE.html writes this report with plots for a browser; --json FILE every list "
                    + $"in full, and the checksums of captures and documents"),
            ],
            LabelWidth);
    }

    private static IEnumerable<string> Catalog(CatalogUse catalog) =>
        [$"{catalog.Id}: {catalog.Title}, {Quantity.Of(catalog.Rules, "rule")}", $"SHA-256 {catalog.Sha256}"];
}
