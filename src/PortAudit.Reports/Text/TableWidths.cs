using System.Collections.Immutable;
using PortAudit.Reports.Writing;
using Spectre.Console.Rendering;

namespace PortAudit.Reports.Text;

/// <summary>Shares the columns of a page among those of a table, so that no word breaks.</summary>
internal static class TableWidths
{
    /// <summary>The width of each column: its longest line, or less where the page is too narrow for all. The widest
    /// give way first, and none below its longest word.</summary>
    /// <param name="titles">Headings.</param>
    /// <param name="rows">Cells, each a list of lines.</param>
    /// <param name="room">Columns of the page for all cells of a row.</param>
    /// <returns>Null when a word would have to break.</returns>
    public static ImmutableArray<int>? Of(ImmutableArray<string> titles,
        ImmutableArray<IReadOnlyList<IReadOnlyList<string>>> rows, int room)
    {
        var widths = new int[titles.Length];
        var least = new int[titles.Length];
        for (var column = 0; column < titles.Length; column++)
        {
            var lines = rows.SelectMany(row => row[column]).Append(titles[column]).Select(VisibleText.Escape).ToList();
            widths[column] = lines.Max(Columns);
            least[column] = lines.SelectMany(line => line.Split(' ')).Max(Columns);
        }

        if (least.Sum() > room)
            return null;
        for (var surplus = widths.Sum() - room; surplus > 0; surplus--)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(column => widths[column] > least[column])
                .MaxBy(column => widths[column]);
            widths[widest]--;
        }

        return [.. widths];
    }

    /// <summary>Columns that a text takes on a terminal: two for a wide character, none for one that combines with the
    /// one before it.</summary>
    /// <summary>Columns that a text takes on a terminal.</summary>
    public static int Columns(string text) => new Segment(text).CellCount();
}
