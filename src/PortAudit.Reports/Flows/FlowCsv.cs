using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Flows;

/// <summary>Flows as comma-separated values with a header line (RFC 4180). Unknown values are empty.</summary>
internal sealed class FlowCsv : IFlowRows
{
    /// <inheritdoc />
    public void Format(in FlowRow flow, Utf8Row text)
    {
        var first = true;
        foreach (var column in FlowColumn.All)
        {
            if (!first)
                text.Append((byte)',');
            first = false;
            FormatField(column, flow, text);
        }

        text.Append("\r\n"u8);
    }

    /// <inheritdoc />
    public void Write(RowSorter rows, Stream output, int? width)
    {
        var header = new Utf8Row();
        header.Append(string.Join(',', FlowColumn.All.Select(column => column.Name)));
        header.Append("\r\n"u8);
        output.Write(header.Written);
        rows.ForEach(output.Write);
    }

    private static void FormatField(FlowColumn column, in FlowRow flow, Utf8Row text)
    {
        if (column.Token is { } token)
            token(flow, text);
        else if (column.Text is null && column.Number!(flow) is { } number)
            text.AppendNumber(number);
        else if (column.Text?.Invoke(flow) is { } value)
            text.Append(CsvLine.Field(value));
    }
}
