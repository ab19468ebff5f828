using PortAudit.Reports.Writing;
using Spectre.Console;
using Spectre.Console.Rendering;
using TextBlock = Spectre.Console.Text;

namespace PortAudit.Reports.Text;

/// <summary>
/// A page of a terminal. Everything goes through <see cref="Lines"/>, which makes text from outside visible and never reads it as Spectre's markup.
/// </summary>
internal sealed class TextPage : ReportPage
{
    /// <summary>What the line below a heading is made of.</summary>
    public const char HeadingRule = '─';

    private const int Indent = 2;

    private static readonly Style HeadingStyle = new(decoration: Decoration.Bold);
    private static readonly Style LabelStyle = new(decoration: Decoration.Dim);

    private readonly IAnsiConsole _console;

    /// <summary>A page of a fixed width.</summary>
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

    /// <inheritdoc />
    public override int Width { get; }

    /// <inheritdoc />
    public override void Heading(string text)
    {
        _console.WriteLine();
        _console.Write(new TextBlock(VisibleText.Escape(text), HeadingStyle));
        _console.WriteLine();
        _console.Write(new TextBlock(new string(HeadingRule, text.Length), LabelStyle));
        _console.WriteLine();
    }

    /// <inheritdoc />
    public override void Subheading(params (string Text, Style? Style)[] parts) => Line(parts);

    /// <inheritdoc />
    public override void Blank() => _console.WriteLine();

    /// <inheritdoc />
    public override void Paragraph(string text, Style? style = null)
    {
        _console.Write(new TextBlock(VisibleText.Escape(text), style));
        _console.WriteLine();
    }

    /// <inheritdoc />
    public override void Line(params (string Text, Style? Style)[] parts)
    {
        var paragraph = new Paragraph();
        foreach (var (text, style) in parts)
            paragraph.Append(VisibleText.Escape(text), style);
        _console.Write(paragraph);
        _console.WriteLine();
    }

    /// <inheritdoc />
    public override void Fields(IEnumerable<ReportField> fields, int labelWidth)
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

    /// <inheritdoc />
    public override void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<IReadOnlyList<string>>> rows)
    {
        var table = new Table { Border = TableBorder.Simple, Expand = false };
        foreach (var title in columns)
        {
            var isNumber = title.StartsWith('#');
            table.AddColumn(new TableColumn(new TextBlock(title.TrimStart('#'), HeadingStyle))
            {
                Alignment = isNumber ? Justify.Right : Justify.Left,
                NoWrap = isNumber,
                Padding = new Padding(0, 0, 1, 0),
            });
        }

        foreach (var row in rows)
            table.AddRow(row.Select(Lines));
        _console.Write(table);
    }

    private static IRenderable Lines(IReadOnlyList<string> lines) => new TextBlock(string.Join('\n', lines.Select(VisibleText.Escape)));
}
