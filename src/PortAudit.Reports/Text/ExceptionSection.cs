using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Text;

/// <summary>The site's exceptions, what used them and whether they still hold.</summary>
internal static class ExceptionSection
{
    /// <summary>Writes the section; nothing for a site without exceptions.</summary>
    public static void Write(ReportPage page, AuditReport report)
    {
        if (report.Exceptions.IsEmpty)
            return;
        page.Heading("Exceptions");
        var unused = report.Selection is null ? "unused" : "none selected";
        page.Table(["Exception", "Covers", "Reason and owner", "Expires", "#Flows"],
            report.Exceptions.Select(exception => Row(exception, unused)));
    }

    private static IReadOnlyList<IReadOnlyList<string>> Row(ExceptionRow row, string unused)
    {
        var exception = row.Exception;
        var ports = exception.Ports.IsEmpty ? "all ports" : string.Join(", ", exception.Ports);
        return
        [
            [exception.Id],
            [$"{exception.From} -> {exception.To}", $"{string.Join(", ", exception.Transports)} {ports}"],
            [exception.Reason, exception.Owner],
            [exception.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                .. row.Expired ? new[] { "EXPIRED" } : []],
            [row.Flows == 0 ? unused : Quantity.Count(row.Flows)],
        ];
    }
}
