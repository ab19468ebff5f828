using System.Text;

namespace PortAudit.Reports.Text;

/// <summary>Turns what stands on a page into lines that end with a line feed and have no trailing blanks.</summary>
internal static class PageText
{
    /// <summary>Writes what <paramref name="write"/> puts on a page.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="width">Columns of a line; for less than <see cref="TextReportOptions.MinimumWidth"/> lines have
    /// that length.</param>
    /// <param name="color">True to add colour.</param>
    /// <param name="write">Fills the page.</param>
    public static void Write(TextWriter writer, int width, bool color, Action<ReportPage> write)
    {
        var text = new StringBuilder();
        using (var buffer = new StringWriter(text))
            write(new TextPage(buffer, Math.Max(width, TextReportOptions.MinimumWidth), color));

        var previous = "";
        foreach (var line in text.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()))
        {
            // Tables begin and end with an empty line of their own; one between sections is enough, and none belongs
            // below a heading.
            var isSurplus = line.Length == 0 && (previous.Length == 0 || previous.Contains(TextPage.HeadingRule));
            if (isSurplus)
                continue;
            writer.Write(line);
            writer.Write('\n');
            previous = line;
        }
    }
}
