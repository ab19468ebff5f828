using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Store.Contract;
using PortAudit.Store.Rows;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.ClickHouse;

/// <summary>A store in ClickHouse, on one server or on the shards of a cluster.</summary>
internal sealed class ClickHouseStore : FlowStore
{
    /// <summary>Imports of which each query reads flows: their numbers stand in its text.</summary>
    private const int ImportsOfQuery = 1_000;

    private static readonly GroupSql Sql = new(
        Sum: column => $"sum({column})",
        One: column => $"argMin({column}, flow_id)",
        NoBytes: "CAST(NULL AS Nullable(String))");

    private readonly ImmutableArray<ClickHouseClient> _servers;
    private readonly ClickHouseAddress _address;

    private ClickHouseStore(string location)
        : base(location)
    {
        _address = ClickHouseAddress.Parse(location);
        _servers = [.. _address.Servers.Select(server => new ClickHouseClient(server, _address, location))];
    }

    /// <summary>Opens a store.</summary>
    /// <param name="location">Its address.</param>
    /// <param name="isToWrite">True to make what is not there.</param>
    public static ClickHouseStore Open(string location, bool isToWrite)
    {
        var store = new ClickHouseStore(location);
        try
        {
            if (isToWrite)
                ClickHouseTables.Make(store._address, store._servers);
            ClickHouseTables.Check(location, store._address, store._servers);
            return store;
        }
        catch (StoreException)
        {
            store.Dispose();
            throw;
        }
    }

    public override IStoreImport Begin()
    {
        // A row is on its shard when the insert returns, not later; a capture may be of many days.
        var settings = _address.Cluster is null ? "" : "&insert_distributed_sync=1";
        const string Partitions = "max_partitions_per_insert_block";
        if (_servers[0].Scalar($"SELECT count() FROM system.settings WHERE name = '{Partitions}'") > 0)
            settings += $"&{Partitions}=0";
        return new ClickHouseImport(_servers[0], settings, Location, Forget);
    }

    public override long CountOutside(StoreReading options) => StoreCondition.Of(options) is { Length: > 0 } condition
        ? Counted(Imports.Select(import => import.Id), $"NOT ({condition})")
        : 0;

    public override void ExportParquet(string path) => throw new StoreException(Location,
        "only a store in a file is exported: ClickHouse itself writes Parquet (SELECT … FORMAT Parquet)");

    private protected override IEnumerable<StoredImport> ReadImports()
    {
        var inputs = new Dictionary<long, List<StoredInput>>();
        Read($"SELECT import, path, sha256, bytes FROM {ClickHouseTables.Inputs} ORDER BY import, number",
            (row, import) =>
            {
                if (!inputs.TryGetValue(import, out var files))
                    inputs.Add(import, files = []);
                files.Add(new StoredInput(row.Text(), row.Text(), row.Number()));
            });
        var imports = new List<StoredImport>();
        Read($"SELECT id, added_ms, program, flows, first_ns, last_ns, observation FROM {ClickHouseTables.Imports} "
            + "ORDER BY id",
            (row, id) => imports.Add(new StoredImport(id, DateTimeOffset.FromUnixTimeMilliseconds(row.Number()),
                row.Text(), row.Number(), row.NumberOrNull(), row.NumberOrNull(), row.Bytes(),
                inputs.TryGetValue(id, out var files) ? [.. files] : [])));
        return imports;
    }

    private protected override void ReadFlows(FlowReading reading, Action<FlowRecord> sink,
        CancellationToken cancellation)
    {
        try
        {
            ReadAll(reading, sink, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was read so far counts.
        }
    }

    private protected override void Dispose(bool isDisposing)
    {
        foreach (var server in isDisposing ? _servers : [])
            server.Dispose();
    }

    private void ReadAll(FlowReading reading, Action<FlowRecord> sink, CancellationToken cancellation)
    {
        var condition = StoreCondition.Of(reading.Options);
        foreach (var imports in reading.Numbers.Keys.Chunk(ImportsOfQuery))
        {
            var expected = condition.Length > 0
                ? Counted(imports, condition)
                : Imports.Where(import => imports.Contains(import.Id)).Sum(import => import.Flows);
            var read = 0L;
            var whole = GroupedRows.And(Of(imports), condition);
            if (GroupedRows.Of(Sql, reading) is { } groups)
            {
                ReadQuery(groups.Groups(ClickHouseTables.Flows, whole), isCounted: true);
                ReadQuery(groups.Singles(ClickHouseTables.Flows, whole), isCounted: false);
                Read(groups.Answers(ClickHouseTables.Flows, whole), (row, startNs) => groups.Grouping.Answered(
                    TextCode.Address.ValueOf("responder", row.Text()), startNs), cancellation);
            }
            else
            {
                ReadQuery(GroupedRows.All(ClickHouseTables.Flows, whole), isCounted: false);
            }

            void ReadQuery(string query, bool isCounted) => Guard(() =>
            {
                using var stream = _servers[0].Read($"{query} FORMAT RowBinary", cancellation);
                var rows = new BinaryRowReader(stream);
                while (!cancellation.IsCancellationRequested && rows.Read(reading, isCounted) is { } flow)
                {
                    read += flow.Count;
                    sink(flow);
                }
            });

            // A server that fails in the middle of an answer has said before that all is well.
            if (read != expected && !cancellation.IsCancellationRequested)
                throw new StoreException(Location, string.Create(CultureInfo.InvariantCulture,
                    $"{read:N0} of {expected:N0} flows could be read: a shard failed, or lost data"));
        }
    }

    private void Read(string query, Action<BinaryRowReader, long> row, CancellationToken cancellation = default) =>
        Guard(() =>
    {
        using var stream = _servers[0].Read($"{query} FORMAT RowBinary", cancellation);
        var rows = new BinaryRowReader(stream);
        while (!cancellation.IsCancellationRequested && rows.TryNumber(out var first))
            row(rows, first);
    });

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or HttpRequestException)
        {
            throw new StoreException(Location, failure is EndOfStreamException
                ? "the answer of the server is cut"
                : failure.Message);
        }
    }

    private long Counted(IEnumerable<long> imports, string condition) => imports.Chunk(ImportsOfQuery).Sum(chunk =>
        _servers[0].Scalar($"SELECT count() FROM {ClickHouseTables.Flows} WHERE {Of(chunk)} AND {condition}"));

    private static string Of(IEnumerable<long> imports) => $"{Columns.Import} IN ({string.Join(", ", imports)})";
}
