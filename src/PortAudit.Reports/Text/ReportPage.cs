using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>
/// The page on which the sections of a report write. What stands on it is text: whoever makes the page sees to it that
/// a name from the network is neither markup nor a control sequence.
/// </summary>
internal abstract class ReportPage
{
    /// <summary>Columns of a line.</summary>
    public abstract int Width { get; }

    /// <summary>A heading of a section.</summary>
    public abstract void Heading(string text);

    /// <summary>A heading within a section, of parts with styles of their own.</summary>
    public abstract void Subheading(params (string Text, Style? Style)[] parts);

    /// <summary>An empty line.</summary>
    public abstract void Blank();

    /// <summary>A paragraph from the left margin.</summary>
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
