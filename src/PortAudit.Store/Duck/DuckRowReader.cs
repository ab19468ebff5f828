using System.Data.Common;
using PortAudit.Store.Contract;
using PortAudit.Store.Rows;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Duck;

/// <summary>Reads flows of DuckDB: the columns of reading in their order, and a count where flows were counted
/// together.</summary>
/// <param name="rows">The rows.</param>
/// <param name="reading">Where the numbers of each import begin.</param>
internal sealed class DuckRowReader(DbDataReader rows, FlowReading reading) : StoreRow
{
    private int _column;

    /// <summary>The flow of the current row.</summary>
    /// <exception cref="InvalidDataException">It was not written so.</exception>
    public FlowRecord Read()
    {
        _column = 0;
        if (!reading.Numbers.TryGetValue(rows.GetInt64(_column++), out var numbers))
            throw new InvalidDataException("a flow is of an import that is not there");
        CapturesBefore = numbers.CapturesBefore;
        var flow = FlowRow.Of(this, RemainderRow.Loaded(rows.BytesOrNull(_column++), rows.BytesOrNull(_column++),
            numbers));
        return _column < rows.FieldCount ? flow with { Count = rows.GetInt64(_column) } : flow;
    }

    public override long Number(string column, long value) => rows.GetInt64(_column++);

    public override ulong Unsigned(string column, ulong value) => rows.GetFieldValue<ulong>(_column++);

    public override ushort Port(string column, ushort value) => rows.GetFieldValue<ushort>(_column++);

    public override string Text(string column, string value) => rows.GetString(_column++);

    public override string? TextOrNull(string column, string? value) => rows.TextOrNull(_column++);
}
