using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Flows;

/// <summary>Flows as comma-separated values with a header line (RFC 4180). Unknown values are empty.</summary>
internal sealed class FlowCsv : IFlowRows
{
    /// <summary>The latest text of each column, and its field: neighbouring flows are mostly of one protocol and one capture.</summary>
    private readonly (string? Text, string Field)[] _fields = new (string?, string)[FlowColumn.All.Length];

    /// <inheritdoc />
    public void Format(in FlowRow flow, Utf8Row text)
    {
        var columns = FlowColumn.All.AsSpan();
        for (var index = 0; index < columns.Length; index++)
        {
            if (index > 0)
                text.Append((byte)',');
            FormatField(index, columns[index], flow, text);
        }

        text.Append("\r\n"u8);
    }

    /// <inheritdoc />
    public bool NeedsAllRows => false;

    /// <inheritdoc />
    public void WriteHead(Stream output)
    {
        var header = new Utf8Row();
        header.Append(string.Join(',', FlowColumn.All.Select(column => column.Name)));
        header.Append("\r\n"u8);
        output.Write(header.Written);
    }

    /// <inheritdoc />
    public void Write(RowSorter rows, Stream output, int? width) => rows.ForEach(output.Write);

    private void FormatField(int index, FlowColumn column, in FlowRow flow, Utf8Row text)
    {
        if (column.Token is { } token)
            token(flow, text);
        else if (column.Text is null && column.Number!(flow) is { } number)
            text.AppendNumber(number);
        else if (column.Text?.Invoke(flow) is { } value)
            text.Append(FieldOf(index, value));
    }

    private string FieldOf(int index, string value)
    {
        ref var known = ref _fields[index];
        if (!ReferenceEquals(known.Text, value))
            known = (value, CsvLine.Field(value));
        return known.Field;
    }
}
