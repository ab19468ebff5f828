using PortAudit.Reports.Rows;

namespace PortAudit.Reports.Flows;

/// <summary>Flows as comma-separated values with a header line (RFC 4180). Unknown values are empty.</summary>
internal sealed class FlowCsv : IFlowRows
{
    public bool NeedsAllRows => false;

    public void Format(in FlowRow flow, Utf8Row text)
    {
        var cells = new CsvCells(text);
        FlowColumns.Write(flow, ref cells);
        cells.End();
    }

    public void WriteHead(Stream output)
    {
        var header = new Utf8Row();
        header.Append(string.Join(',', FlowColumns.Names));
        header.Append("\r\n"u8);
        output.Write(header.Written);
    }

    public void Write(RowSorter rows, Stream output, int? width) => rows.ForEach(output.Write);
}
