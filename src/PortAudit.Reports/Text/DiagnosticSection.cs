using PortAudit.Audit;

namespace PortAudit.Reports.Text;

/// <summary>Warnings of catalogs and site, and what went wrong while reading.</summary>
internal static class DiagnosticSection
{
    /// <summary>Diagnostics listed.</summary>
    private const int Maximum = 30;

    /// <summary>Writes the section; nothing when there is nothing to say.</summary>
    public static void Write(ReportPage page, AuditReport report)
    {
        if (report.Diagnostics.IsEmpty)
            return;
        page.Heading("Diagnostics");
        foreach (var line in Shortened.Lines(report.Diagnostics, Maximum, "diagnostic"))
            page.Paragraph($"- {line}");
    }
}
