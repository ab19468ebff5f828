using System.Text;
using PortAudit.Reports.Text;
using PortAudit.Reports.Writing;
using Spectre.Console;

namespace PortAudit.Reports.Markdown;

/// <summary>
/// A page of Markdown that trackers of tickets show (CommonMark, with the tables of GitHub Flavored Markdown §4.10).
/// Everything goes through <see cref="MarkdownText"/>. Of styles the bold is kept: no meaning rests on the rest.
/// </summary>
internal sealed class MarkdownPage(TextWriter writer) : ReportPage
{
    private const string Bullet = "- ";
    private const string NestedBullet = "  - ";
    private const string NestedText = "    ";

    /// <summary>Writes a page. Lines end with a line feed; one empty line parts blocks.</summary>
    public static void Write(TextWriter writer, Action<ReportPage> write)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var text = new StringBuilder();
        using (var buffer = new StringWriter(text))
            write(new MarkdownPage(buffer));

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

    public override int Width => int.MaxValue;

    public override void Heading(string text) => Write($"\n## {MarkdownText.Escape(text)}\n\n");

    public override void Subheading(params (string Text, Style? Style)[] parts) =>
        Write($"### {string.Concat(parts.Select(part => MarkdownText.Escape(part.Text)))}\n\n");

    public override void Blank() => Write("\n");

    public override void Paragraph(string text, Style? style = null)
    {
        // A section that lists its lines as paragraphs with a dash gets a list.
        var isItem = text.StartsWith(Bullet, StringComparison.Ordinal);
        Write(isItem ? $"{Bullet}{MarkdownText.EscapeLine(Undashed(text))}\n" : $"{MarkdownText.EscapeLine(text)}\n\n");
    }

    public override void Line(params (string Text, Style? Style)[] parts) =>
        Write($"{string.Concat(parts.Select(Styled))}\n\n");

    public override void Fields(IEnumerable<ReportField> fields, int labelWidth)
    {
        foreach (var field in fields.Where(field => field.Lines.Count > 0))
        {
            if (field.IsCode)
                Write($"{Bullet}**{MarkdownText.Escape(field.Label)}**:\n\n{MarkdownText.Fence(field.Lines, "  ")}");
            else if (field.Lines is [var only])
                Write($"{Bullet}**{MarkdownText.Escape(field.Label)}**: {MarkdownText.Escape(Undashed(only))}\n");
            else
                Write($"{Bullet}**{MarkdownText.Escape(field.Label)}**:\n{string.Concat(field.Lines.Select(Item))}");
        }

        Write("\n");
    }

    public override void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<IReadOnlyList<string>>> rows)
    {
        WriteRow(columns.Select(title => MarkdownText.Escape(title.TrimStart('#'))));
        WriteRow(columns.Select(title => title.StartsWith('#') ? "---:" : "---"));
        foreach (var row in rows)
            WriteRow(row.Select(cell => string.Join("<br>", cell.Select(MarkdownText.Escape))));
        Write("\n");
    }

    private static string Styled((string Text, Style? Style) part)
    {
        var isBold = part.Style is { } style && style.Decoration.HasFlag(Decoration.Bold);
        var core = part.Text.Trim(' ');
        return isBold && core.Length > 0
            ? $"{Blanks(part.Text.Length - part.Text.TrimStart(' ').Length)}**{MarkdownText.Escape(core)}**"
                + $"{Blanks(part.Text.Length - part.Text.TrimEnd(' ').Length)}"
            : MarkdownText.Escape(part.Text);
    }

    private static string Undashed(string line) =>
        line.StartsWith(Bullet, StringComparison.Ordinal) ? line[Bullet.Length..] : line;

    private static string Blanks(int count) => new(' ', count);

    /// <summary>A line that belongs to the one before it, as it is indented or has a dash, stands a step
    /// deeper.</summary>
    private static string Item(string line)
    {
        if (line.StartsWith(Bullet, StringComparison.Ordinal))
            return $"{NestedText}- {MarkdownText.EscapeLine(Undashed(line))}\n";
        return line.StartsWith(' ')
            ? $"{NestedText}- {MarkdownText.EscapeLine(line)}\n"
            : $"{NestedBullet}{MarkdownText.EscapeLine(line)}\n";
    }

    private void WriteRow(IEnumerable<string> cells) => Write($"| {string.Join(" | ", cells)} |\n");

    private void Write(string text) => writer.Write(text);
}
