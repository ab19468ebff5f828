using System.Collections.Immutable;
using System.Text;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;
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

    /// <summary>A column of the table.</summary>
    /// <param name="Title">Its heading.</param>
    /// <param name="Format">Writes its value.</param>
    /// <param name="Rank">0 is never left out; the highest rank is left out first.</param>
    /// <param name="AlignRight">True for numbers.</param>
    private sealed record Column(string Title, Action<FlowRecord, Utf8Row> Format, int Rank, bool AlignRight = false);

    private static readonly ImmutableArray<Column> Columns =
    [
        new("START", (flow, text) => text.AppendTime(flow.StartNs, flow.TimestampDigits), 3),
        new("TRANSPORT", (flow, text) => text.Append(flow.Transport.ToString()), 0),
        new("ORIGINATOR", (flow, text) => FormatEnd(flow, flow.Originator, text), 0),
        new("RESPONDER", (flow, text) => FormatEnd(flow, flow.Responder, text), 0),
        new("VLAN", (flow, text) => text.Append(flow.Vlan.ToString()), 5),
        new("OUTCOME", (flow, text) => text.Append(flow.Outcome.ToText()), 0),
        new("PROTOCOL", ProtocolText.Append, 0),
        new("PACKETS", (flow, text) => text.AppendCount(flow.Out.Packets + flow.In.Packets), 1, true),
        new("BYTES", (flow, text) => text.AppendCount(flow.Out.Bytes + flow.In.Bytes), 2, true),
        new("DIRECTION BY", (flow, text) => text.Append(flow.DirectionBasis.ToText()), 4),
        new("HISTORY", (flow, text) => text.Append(VisibleText.Escape(flow.History)), 6),
    ];

    private readonly int[] _widths = new int[Columns.Length];

    /// <summary>The widths of the columns are those of the widest cells.</summary>
    public bool NeedsAllRows => true;

    public void Format(in FlowRow flow, Utf8Row text)
    {
        for (var index = 0; index < Columns.Length; index++)
        {
            var begin = text.Length;
            Columns[index].Format(flow.Flow, text);
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
            output.Write("No flows: the captures contain no conversation.\n"u8);
            return;
        }

        var present = Enumerable.Range(0, Columns.Length).Where(index => _widths[index] > 0).ToList();
        foreach (var index in present)
            _widths[index] = Math.Max(_widths[index], Columns[index].Title.Length);
        var shown = Fit(present, width);

        var line = new Utf8Row();
        foreach (var column in Columns)
        {
            line.Append(column.Title);
            line.Append(Separator);
        }

        var titles = line.Written.ToArray();
        WriteLine(titles, shown, line, output);
        rows.ForEach(row => WriteLine(row, shown, line, output));
        WriteText($"{Quantity.Of(rows.Count, "flow")}.\n", output);
        if (shown.Count < present.Count)
        {
            var leftOut = present.Except(shown).Select(index => Columns[index].Title.ToLowerInvariant());
            WriteText($"Left out at this width: {string.Join(", ", leftOut)}. CSV and JSON lines have all columns.\n",
                output);
        }
    }

    private List<int> Fit(List<int> present, int? width)
    {
        var shown = present.ToList();
        while (shown.Sum(index => _widths[index]) + (Gap * (shown.Count - 1)) > width)
        {
            var least = shown.MaxBy(index => Columns[index].Rank);
            if (Columns[least].Rank == 0)
                break;
            shown.Remove(least);
        }

        return shown;
    }

    /// <summary>Writes the cells that are shown, each at its width.</summary>
    private void WriteLine(ReadOnlySpan<byte> cells, List<int> shown, Utf8Row line, Stream output)
    {
        line.Clear();
        var next = 0;
        for (var index = 0; index < Columns.Length; index++)
        {
            var end = cells.IndexOf(Separator);
            if (next < shown.Count && shown[next] == index)
            {
                if (next++ > 0)
                    line.Append(Space, Gap);
                AppendCell(cells[..end], index, line);
            }

            cells = cells[(end + 1)..];
        }

        line.CutTo(line.Written.TrimEnd(Space).Length);
        line.Append((byte)'\n');
        output.Write(line.Written);
    }

    private void AppendCell(ReadOnlySpan<byte> cell, int index, Utf8Row line)
    {
        var padding = _widths[index] - WidthOf(cell);
        if (Columns[index].AlignRight)
            line.Append(Space, padding);
        line.Append(cell);
        if (!Columns[index].AlignRight)
            line.Append(Space, padding);
    }

    private static int WidthOf(ReadOnlySpan<byte> cell) =>
        Ascii.IsValid(cell) ? cell.Length : Encoding.UTF8.GetCharCount(cell);

    private static void WriteText(string text, Stream output) => output.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Address and port; type or code of ICMP in words, nothing where the transport has no ports.</summary>
    private static void FormatEnd(FlowRecord flow, Endpoint end, Utf8Row text)
    {
        var isBracketed = flow.Transport.HasPorts && !end.Address.IsIpv4;
        if (isBracketed)
            text.Append((byte)'[');
        text.AppendAddress(end.Address);
        if (isBracketed)
            text.Append((byte)']');
        if (flow.Transport.IsIcmp)
        {
            text.Append(end.Equals(flow.Originator) ? " type "u8 : " code "u8);
            text.AppendCount(end.Port);
        }
        else if (flow.Transport.HasPorts)
        {
            text.Append((byte)':');
            text.AppendNumber(end.Port);
        }
    }
}
