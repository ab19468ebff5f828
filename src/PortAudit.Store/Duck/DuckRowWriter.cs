using DuckDB.NET.Data;
using PortAudit.Store.Rows;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Duck;

/// <summary>Appends flows to the table of DuckDB.</summary>
/// <param name="appender">Of the table.</param>
/// <param name="import">The import that they are of.</param>
internal sealed class DuckRowWriter(DuckDBAppender appender, long import) : StoreRow
{
    private readonly RemainderRow _remainder = new();
    private IDuckDBAppenderRow _row = null!;

    public void Write(FlowRecord flow)
    {
        _row = appender.CreateRow();
        _row.AppendValue((long)FlowLikenesses.Of(flow));
        _row.AppendValue(import);
        Append(_remainder.DetailsOf(flow));
        Append(_remainder.CourseOf(flow));
        FlowRow.Of(this, flow);
        _row.EndRow();
    }

    public override long Number(string column, long value)
    {
        _row.AppendValue(value);
        return value;
    }

    public override ulong Unsigned(string column, ulong value)
    {
        _row.AppendValue(value);
        return value;
    }

    public override ushort Port(string column, ushort value)
    {
        _row.AppendValue(value);
        return value;
    }

    public override string Text(string column, string value)
    {
        _row.AppendValue(value);
        return value;
    }

    public override string? TextOrNull(string column, string? value)
    {
        _row.AppendValue(value);
        return value;
    }

    private void Append(byte[]? bytes)
    {
        if (bytes is null)
            _row.AppendNullValue();
        else
            _row.AppendValue(bytes);
    }
}
