using System.Collections.Immutable;
using System.Security.Cryptography;
using PortAudit.Audit.Saving;
using PortAudit.Store.Contract;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.ClickHouse;

/// <summary>An import under way. Its flows count once the table of imports has its number, which is written last: those
/// of an import that was not completed are never read.</summary>
/// <param name="server">The first server.</param>
/// <param name="settings">Settings of what is inserted.</param>
/// <param name="location">The store, as its user named it.</param>
/// <param name="completed">Called once the import is in the store.</param>
internal sealed class ClickHouseImport(ClickHouseClient server, string settings, string location, Action completed)
    : IStoreImport
{
    /// <summary>Bytes of flows that are sent at once.</summary>
    public const int BlockLength = 1 << 23;

    private readonly long _id = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
    private readonly BinaryRowWriter _rows = new();
    private long _count;

    public void Add(FlowRecord flow)
    {
        _rows.Write(flow, _id);
        _count++;
        if (_rows.Bytes.Length >= BlockLength)
            Flush(ClickHouseTables.Flows);
    }

    public void Complete(ObservationSummary observation, ImmutableArray<StoredInput> inputs, string program,
        DateTimeOffset now)
    {
        Flush(ClickHouseTables.Flows);
        if (inputs.FirstOrDefault(input => server.Scalar($"SELECT count() FROM {ClickHouseTables.Inputs} WHERE "
            + $"sha256 = '{input.Sha256}' AND import IN (SELECT id FROM {ClickHouseTables.Imports})") > 0)
            is { } twin)
            throw new StoreException(location, $"{twin.Path} was added by another program at the same time; nothing of "
                + "this run counts");
        for (var index = 0; index < inputs.Length; index++)
        {
            _rows.Number(_id);
            _rows.Number(index);
            _rows.Text(inputs[index].Path);
            _rows.Text(inputs[index].Sha256);
            _rows.Number(inputs[index].Bytes);
        }

        Flush(ClickHouseTables.Inputs);
        _rows.Number(_id);
        _rows.Number(FlowStore.FormatVersion);
        _rows.Number(now.ToUnixTimeMilliseconds());
        _rows.Text(program);
        _rows.Number(_count);
        _rows.NumberOrNull(observation.Captures.Min(capture => capture.FirstNs));
        _rows.NumberOrNull(observation.Captures.Max(capture => capture.LastNs));
        _rows.Text(FlowDetails.Save(observation));
        Flush(ClickHouseTables.Imports);
        completed();
    }

    public void Dispose()
    {
        // Rows that were sent and not completed are not read.
    }

    private void Flush(string table)
    {
        if (!_rows.Bytes.IsEmpty)
            server.Insert($"INSERT INTO {table} FORMAT RowBinary", _rows.Bytes, settings);
        _rows.Clear();
    }
}
