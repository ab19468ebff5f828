using System.Text;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>A row of a table.</summary>
/// <param name="First">Line on which it begins.</param>
/// <param name="Last">Line on which it ends.</param>
/// <param name="Cells">Its cells without quotes.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
internal sealed record CsvRow(int First, int Last, IReadOnlyList<string> Cells, string? Problem);

/// <summary>Reads comma-separated values (RFC 4180), separated by another character if need be. Quoted cells may hold
/// line ends.</summary>
internal static class CsvRecords
{
    /// <summary>Lines of one row: descriptions of rules have a few. A quote that is not closed must not swallow the
    /// file.</summary>
    private const int MaxLines = 64;

    /// <summary>Cells of a row: rules have about 40 properties.</summary>
    private const int MaxCells = 1024;

    /// <summary>The rows from a line on, blank lines left out.</summary>
    public static IEnumerable<CsvRow> Read(ConfigurationText text, int first, char separator)
    {
        for (var line = first; line <= text.Lines.Length;)
        {
            if (string.IsNullOrWhiteSpace(text.Lines[line - 1]))
            {
                line++;
                continue;
            }

            var row = Row(text, line, separator);
            yield return row;
            line = row.Last + 1;
        }
    }

    /// <summary>One row. When its quotes are not closed within a few lines, the row is its first line alone.</summary>
    public static CsvRow Row(ConfigurationText text, int first, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var line = first; line <= text.Lines.Length && line < first + MaxLines; line++)
        {
            var content = text.Lines[line - 1];
            if (content.Length > ConfigurationText.MaxLineLength)
                return new CsvRow(first, line, cells, $"longer than {ConfigurationText.MaxLineLength} characters");
            isQuoted = Line(content, separator, isQuoted, cells, cell);
            if (cells.Count > MaxCells)
                return new CsvRow(first, line, cells, $"more than {MaxCells} cells");
            if (!isQuoted)
            {
                cells.Add(cell.ToString());
                return new CsvRow(first, line, cells, null);
            }

            cell.Append('\n');
        }

        return new CsvRow(first, first, cells, "a quote that is not closed");
    }

    /// <summary>Reads a line into cells; true when a quoted cell goes on behind it.</summary>
    private static bool Line(string line, char separator, bool isQuoted, List<string> cells, StringBuilder cell)
    {
        for (var at = 0; at < line.Length; at++)
        {
            var character = line[at];
            if (isQuoted && character == '"' && at + 1 < line.Length && line[at + 1] == '"')
                cell.Append(line[at++]);
            else if (character == '"' && (isQuoted || IsBlank(cell)))
            {
                isQuoted = !isQuoted;
                if (isQuoted)
                    cell.Clear();
            }
            else if (character == separator && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(character);
        }

        return isQuoted;
    }

    private static bool IsBlank(StringBuilder cell)
    {
        for (var at = 0; at < cell.Length; at++)
        {
            if (cell[at] != ' ')
                return false;
        }

        return true;
    }
}
