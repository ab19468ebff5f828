using System.Text;
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
        ArgumentNullException.ThrowIfNull(writer);
        var text = new StringBuilder();
        using (var buffer = new StringWriter(text))
            TextReport.WriteSections(new MarkdownPage(buffer), run, verbose: false);

        var isBlank = true;
        foreach (var line in text.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()))
        {
            if (isBlank && line.Length == 0)
                continue;
            isBlank = line.Length == 0;
            writer.Write(line);
            writer.Write('\n');
        }
    }
}
