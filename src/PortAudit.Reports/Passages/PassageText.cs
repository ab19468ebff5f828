using PortAudit.Audit.Passages;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Passages;

/// <summary>The comparison of capture points for a reader at a terminal.</summary>
public static class PassageText
{
    /// <summary>Writes the comparison of each two neighbouring points.</summary>
    public static void Write(IEnumerable<PassageReport> reports, TextWriter writer, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TextReport.Render(writer, options, page =>
        {
            foreach (var report in reports)
                PassageSection.Write(page, report, options.Verbose);
        });
    }
}
