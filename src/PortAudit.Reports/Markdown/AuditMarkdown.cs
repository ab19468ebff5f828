using PortAudit.Reports.Baseline;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Markdown;

/// <summary>The audit as Markdown, to be pasted into a ticket: the sections of <see cref="TextReport"/>, with headings,
/// lists and tables.</summary>
public static class AuditMarkdown
{
    /// <summary>Writes the report. Lines end with a line feed; one empty line parts blocks.</summary>
    public static void Write(AuditRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        MarkdownPage.Write(writer, page => TextReport.WriteSections(page, run, verbose: false));
    }
}
