using System.Collections.Immutable;
using PortAudit.Reports.Writing;
using Spectre.Console;
using Spectre.Console.Rendering;
using TextBlock = Spectre.Console.Text;

namespace PortAudit.Reports.Text;

/// <summary>
/// A page of a terminal. Everything goes through <see cref="Lines"/>, which makes text from outside visible and never
/// reads it as Spectre's markup.
/// </summary>
internal sealed class TextPage : ReportPage
{
    /// <summary>What the line below a heading is made of.</summary>
    public const char HeadingRule = '─';

    private const int Indent = 2;

    /// <summary>Columns below which text next to a label is hard to read.</summary>
    private const int NarrowestText = 30;

    /// <summary>Columns of a table besides those of its cells: one before the first, two behind each.</summary>
    private const int TableEdge = 1;

    private const int TableGap = 2;

    private static readonly Style HeadingStyle = new(decoration: Decoration.Bold);
    private static readonly Style LabelStyle = new(decoration: Decoration.Dim);

    private readonly IAnsiConsole _console;

    public TextPage(TextWriter writer, int width, bool color)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(writer),
        });
        _console.Profile.Width = width;
        Width = width;
        _console.Profile.Capabilities.Unicode = true;
    }

    public override int Width { get; }

    public override void Heading(string text)
    {
        _console.WriteLine();
        _console.Write(new TextBlock(VisibleText.Escape(text), HeadingStyle));
        _console.WriteLine();
        _console.Write(new TextBlock(new string(HeadingRule, Math.Min(text.Length, Width)), LabelStyle));
        _console.WriteLine();
    }

    public override void Subheading(params (string Text, Style? Style)[] parts) => Line(parts);

    public override void Blank() => _console.WriteLine();

    public override void Paragraph(string text, Style? style = null)
    {
        _console.Write(new TextBlock(VisibleText.Escape(text), style));
        _console.WriteLine();
    }

    public override void Line(params (string Text, Style? Style)[] parts)
    {
        var paragraph = new Paragraph();
        foreach (var (text, style) in parts)
            paragraph.Append(VisibleText.Escape(text), style);
        _console.Write(paragraph);
        _console.WriteLine();
    }

    public override void Fields(IEnumerable<ReportField> fields, int labelWidth)
    {
        if (Width - Indent - labelWidth - 1 < NarrowestText)
            Stack(fields);
        else
            Align(fields, labelWidth);
    }

    private void Align(IEnumerable<ReportField> fields, int labelWidth)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { Width = labelWidth, NoWrap = true, Padding = new Padding(Indent, 0, 1, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        var any = false;
        foreach (var field in fields.Where(field => field.Lines.Count > 0))
        {
            any = true;
            grid.AddRow(new TextBlock(field.Label, field.Style ?? LabelStyle), Lines(field.Lines));
        }

        if (any)
            _console.Write(grid);
    }

    /// <summary>Labels above their lines, where a column of labels would leave too little for the text.</summary>
    private void Stack(IEnumerable<ReportField> fields)
    {
        foreach (var field in fields.Where(field => field.Lines.Count > 0))
        {
            if (field.Label.Length > 0)
                _console.Write(new Padder(new TextBlock(field.Label, field.Style ?? LabelStyle),
                    new Padding(Indent, 0, 0, 0)));
            _console.Write(new Padder(Lines(field.Lines), new Padding(2 * Indent, 0, 0, 0)));
        }
    }

    public override void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<IReadOnlyList<string>>> rows)
    {
        ImmutableArray<IReadOnlyList<IReadOnlyList<string>>> cells = [.. rows];
        ImmutableArray<string> titles = [.. columns.Select(title => title.TrimStart('#'))];
        if (TableWidths.Of(titles, cells, Width - TableEdge - (TableGap * columns.Count)) is not { } widths)
        {
            WriteAsList(titles, cells);
            return;
        }

        var table = new Table { Border = TableBorder.Simple, Expand = false };
        for (var column = 0; column < columns.Count; column++)
        {
            table.AddColumn(new TableColumn(new TextBlock(titles[column], HeadingStyle))
            {
                Alignment = columns[column].StartsWith('#') ? Justify.Right : Justify.Left,
                Width = widths[column],
                Padding = new Padding(0, 0, 1, 0),
            });
        }

        foreach (var row in cells)
            table.AddRow(row.Select(Lines));
        _console.Write(table);
    }

    /// <summary>A table that is too wide: what stands in the first column, and the rest of the row below it.</summary>
    private void WriteAsList(ImmutableArray<string> titles, ImmutableArray<IReadOnlyList<IReadOnlyList<string>>> rows)
    {
        var labelWidth = titles.Skip(1).Max(title => title.Length);
        foreach (var row in rows)
        {
            Paragraph(string.Join(' ', row[0]));
            Fields(titles.Zip(row).Skip(1).Where(cell => cell.Second.Any(line => line.Length > 0))
                .Select(cell => new ReportField(cell.First, cell.Second)), labelWidth);
        }
    }

    private static IRenderable Lines(IReadOnlyList<string> lines) =>
        new TextBlock(string.Join('\n', lines.Select(VisibleText.Escape)));
}
