using System.Collections.Immutable;

namespace PortAudit.Reports.Text;

/// <summary>A table of a section, for text and page alike.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Columns">Headings; one that begins with <c>#</c> (not shown) is a column of numbers.</param>
/// <param name="Rows">Cells, each a list of lines.</param>
/// <param name="More">What is not shown, as a sentence; null when all is.</param>
public sealed record SectionTable(string Title, ImmutableArray<string> Columns,
    ImmutableArray<ImmutableArray<ImmutableArray<string>>> Rows, string? More)
{
    /// <summary>Writes it with its title.</summary>
    internal void Write(ReportPage page)
    {
        page.Subheading((Title, null));
        page.Table(Columns, Rows.Select(row => (IReadOnlyList<IReadOnlyList<string>>)
            [.. row.Select(cell => (IReadOnlyList<string>)cell)]));
        if (More is { } more)
            page.Paragraph(more);
    }
}
