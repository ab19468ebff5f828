using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>The page on which the sections of a report write. Content is plain text: implementations escape markup and
/// control sequences in names from the network.</summary>
internal abstract class ReportPage
{
    public abstract int Width { get; }

    public abstract void Heading(string text);

    /// <summary>A heading within a section, of parts with styles of their own.</summary>
    public abstract void Subheading(params (string Text, Style? Style)[] parts);

    public abstract void Blank();

    public abstract void Paragraph(string text, Style? style = null);

    /// <summary>A line of parts with styles of their own.</summary>
    public abstract void Line(params (string Text, Style? Style)[] parts);

    /// <summary>Labels with their lines. Fields without lines are left out.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="labelWidth">Width of the column of labels, so that lists below each other align.</param>
    public abstract void Fields(IEnumerable<ReportField> fields, int labelWidth);

    /// <summary>A table with a head.</summary>
    /// <param name="columns">Headings; one that begins with <c>#</c> (not shown) is a column of numbers.</param>
    /// <param name="rows">Cells, each a list of lines.</param>
    public abstract void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<IReadOnlyList<string>>> rows);
}
