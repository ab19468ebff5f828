using System.Collections.Immutable;
using System.Text;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Rows;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows;

/// <summary>
/// Flows as a table for display. If the width is too small, the least important columns are left out and named in a
/// last line; no value is cut. Without a width all are shown. Column widths are collected during formatting.
/// </summary>
internal sealed class FlowTable : IFlowRows
{
    /// <summary>Separates the cells of a row until the widths are known. Cells have no control characters.</summary>
    private const byte Separator = 0x1F;

    private const byte Space = (byte)' ';
    private const int Gap = 2;

    private static readonly byte[] Bold = [.. "\e[1m"u8];
    private static readonly byte[] Yellow = [.. "\e[33m"u8];
    private static readonly byte[] Plain = [.. "\e[0m"u8];

    /// <summary>The outcomes that are coloured: no conversation came about, or a half of it is missing.</summary>
    private static readonly ImmutableArray<byte[]> Failures =
    [
        .. new[] { Outcome.Refused, Outcome.Rejected, Outcome.Unanswered, Outcome.HalfOpen, Outcome.OneWay }
            .Select(outcome => Encoding.ASCII.GetBytes(outcome.ToText())),
    ];

    private readonly ImmutableArray<FlowTableColumn> _columns;
    private readonly bool _color;
    private readonly Func<string> _emptyText;
    private readonly int[] _widths;

    public FlowTable(FlowListChoices choices)
    {
        _columns = choices.Columns.IsEmpty
            ? FlowTableColumn.Default
            : [.. choices.Columns.Select(FlowTableColumn.Of)];
        (_color, _emptyText, _widths) = (choices.Color, choices.EmptyText, new int[_columns.Length]);
    }

    /// <summary>The widths of the columns are those of the widest cells.</summary>
    public bool NeedsAllRows => true;

    public void Format(in FlowRow flow, Utf8Row text)
    {
        for (var index = 0; index < _columns.Length; index++)
        {
            var begin = text.Length;
            _columns[index].Format(flow, text);
            _widths[index] = Math.Max(_widths[index], WidthOf(text.Written[begin..]));
            text.Append(Separator);
        }
    }

    public void WriteHead(Stream output)
    {
    }

    public void Write(RowSorter rows, Stream output, int? width)
    {
        if (rows.Count == 0)
        {
            WriteText($"{_emptyText()}\n", output);
            return;
        }

        var present = Enumerable.Range(0, _columns.Length).Where(index => _widths[index] > 0).ToList();
        foreach (var index in present)
            _widths[index] = Math.Max(_widths[index], _columns[index].Title.Length);
        var shown = Fit(present, width);

        var line = new Utf8Row();
        foreach (var column in _columns)
        {
            line.Append(column.Title);
            line.Append(Separator);
        }

        var titles = line.Written.ToArray();
        WriteLine(titles, shown, line, output, isTitle: true);
        rows.ForEach(row => WriteLine(row, shown, line, output, isTitle: false));
        WriteText($"{Quantity.Of(rows.Count, "flow")}.\n", output);
        if (shown.Count < present.Count)
        {
            var leftOut = present.Except(shown).Select(index => _columns[index].Title.ToLowerInvariant());
            WriteText($"Left out at this width: {string.Join(", ", leftOut)}. CSV and JSON lines have all columns.\n",
                output);
        }
    }

    private List<int> Fit(List<int> present, int? width)
    {
        var shown = present.ToList();
        while (shown.Sum(index => _widths[index]) + (Gap * (shown.Count - 1)) > width)
        {
            var least = shown.MaxBy(index => _columns[index].Rank);
            if (_columns[least].Rank == 0)
                break;
            shown.Remove(least);
        }

        return shown;
    }

    /// <summary>Writes the cells that are shown, each at its width.</summary>
    private void WriteLine(ReadOnlySpan<byte> cells, List<int> shown, Utf8Row line, Stream output, bool isTitle)
    {
        line.Clear();
        var next = 0;
        for (var index = 0; index < _columns.Length; index++)
        {
            var end = cells.IndexOf(Separator);
            if (next < shown.Count && shown[next] == index)
            {
                if (next++ > 0)
                    line.Append(Space, Gap);
                AppendCell(cells[..end], index, line, isTitle);
            }

            cells = cells[(end + 1)..];
        }

        line.CutTo(line.Written.TrimEnd(Space).Length);
        line.Append((byte)'\n');
        output.Write(line.Written);
    }

    private void AppendCell(ReadOnlySpan<byte> cell, int index, Utf8Row line, bool isTitle)
    {
        var padding = _widths[index] - WidthOf(cell);
        var style = _color ? StyleOf(cell, index, isTitle) : null;
        if (_columns[index].AlignRight)
            line.Append(Space, padding);
        if (style is not null)
            line.Append(style);
        line.Append(cell);
        if (style is not null)
            line.Append(Plain);
        if (!_columns[index].AlignRight)
            line.Append(Space, padding);
    }

    private byte[]? StyleOf(ReadOnlySpan<byte> cell, int index, bool isTitle)
    {
        if (isTitle)
            return Bold;
        if (!_columns[index].IsOutcome)
            return null;
        foreach (var failure in Failures)
        {
            if (cell.SequenceEqual(failure))
                return Yellow;
        }

        return null;
    }

    private static int WidthOf(ReadOnlySpan<byte> cell) =>
        Ascii.IsValid(cell) ? cell.Length : Encoding.UTF8.GetCharCount(cell);

    private static void WriteText(string text, Stream output) => output.Write(Encoding.UTF8.GetBytes(text));
}
