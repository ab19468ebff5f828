using System.Collections.Immutable;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Flows;

/// <summary>Chosen columns of flows as comma-separated values with a header line (RFC 4180).</summary>
/// <param name="columns">The columns.</param>
internal sealed class ChosenCsv(ImmutableArray<FlowColumn> columns) : IFlowRows
{
    public bool NeedsAllRows => false;

    public void Format(in FlowRow flow, Utf8Row text)
    {
        foreach (var (index, column) in columns.Index())
        {
            if (index > 0)
                text.Append((byte)',');
            if (column.CellOf(flow) is { Text: { } value } cell)
                text.Append(cell.IsNumber ? value : CsvLine.Field(value));
        }

        text.Append("\r\n"u8);
    }

    public void WriteHead(Stream output)
    {
        var header = new Utf8Row();
        header.Append(string.Join(',', columns.Select(column => column.Name)));
        header.Append("\r\n"u8);
        output.Write(header.Written);
    }

    public void Write(RowSorter rows, Stream output, int? width) => rows.ForEach(output.Write);
}
