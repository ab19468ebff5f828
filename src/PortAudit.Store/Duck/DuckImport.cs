using System.Collections.Immutable;
using DuckDB.NET.Data;
using PortAudit.Audit.Saving;
using PortAudit.Store.Contract;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Duck;

/// <summary>An import under way: one transaction.</summary>
internal sealed class DuckImport : IStoreImport
{
    private readonly DuckConnection _connection;
    private readonly Action _completed;
    private readonly long _id;
    private readonly DuckDBAppender _flows;
    private readonly DuckRowWriter _writer;
    private DuckDBTransaction? _transaction;
    private long _count;

    /// <summary>Begins the transaction.</summary>
    /// <param name="connection">The store, not otherwise in use.</param>
    /// <param name="completed">Called once the import is in the store.</param>
    public DuckImport(DuckConnection connection, Action completed)
    {
        (_connection, _completed) = (connection, completed);
        _transaction = connection.Begin();
        _id = connection.Scalar("SELECT coalesce(max(id), 0) + 1 FROM imports");
        _flows = connection.Appender("flows");
        _writer = new DuckRowWriter(_flows, _id);
    }

    public void Add(FlowRecord flow)
    {
        _connection.Guard(() => _writer.Write(flow));
        _count++;
    }

    public void Complete(ObservationSummary observation, ImmutableArray<StoredInput> inputs, string program,
        DateTimeOffset now)
    {
        _connection.Guard(() =>
        {
            _flows.Dispose();
            var times = observation.Captures.Where(capture => capture.FirstNs is not null).ToList();
            using (var imports = _connection.Appender("imports"))
            {
                imports.CreateRow()
                    .AppendValue(_id)
                    .AppendValue(now.ToUnixTimeMilliseconds())
                    .AppendValue(program)
                    .AppendValue(_count)
                    .AppendValue(times.Min(capture => capture.FirstNs))
                    .AppendValue(times.Max(capture => capture.LastNs))
                    .AppendValue(FlowDetails.Save(observation))
                    .EndRow();
            }

            using (var files = _connection.Appender("inputs"))
            {
                for (var index = 0; index < inputs.Length; index++)
                    files.CreateRow()
                        .AppendValue(_id)
                        .AppendValue((long)index)
                        .AppendValue(inputs[index].Path)
                        .AppendValue(inputs[index].Sha256)
                        .AppendValue(inputs[index].Bytes)
                        .EndRow();
            }

            _transaction!.Commit();
        });
        _transaction = null;
        _completed();
    }

    public void Dispose()
    {
        if (_transaction is null)
            return;
        DuckConnection.Try(_flows.Dispose);
        DuckConnection.Try(_transaction.Rollback);
        _transaction = null;
    }
}
