using System.Globalization;
using PortAudit.Store.Contract;
using PortAudit.Store.Rows;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Duck;

/// <summary>A store in one file of DuckDB.</summary>
internal sealed class DuckStore : FlowStore
{
    /// <summary>Groups that are counted at a time. With more, DuckDB's memory fills with rows that belong together
    /// (measured with 1.5.6 and 100 million rows: 180,000 groups fit, 370,000 do not).</summary>
    private const int GroupsOfPart = 100_000;

    /// <summary>Parts at most. Each looks at all flows, so that flows of more groups are read one by one.</summary>
    private const int MaximumParts = 16;

    private static readonly GroupSql Sql = new(
        Sum: column => $"sum({column})::BIGINT",
        One: column => $"arg_min({column}, (flow_id >> 1)::BIGINT)",
        NoBytes: "NULL::BLOB");

    private readonly DuckConnection _connection;

    private DuckStore(string location, DuckConnection connection)
        : base(location) => _connection = connection;

    /// <summary>Opens a file to read it.</summary>
    public static DuckStore Open(string path)
    {
        if (!File.Exists(path))
            throw new StoreException(path, Directory.Exists(path) ? "it is a directory" : "there is no such store");
        return Opened(path, isToWrite: false);
    }

    /// <summary>Opens a file to add to it, and makes it where it is not there.</summary>
    public static DuckStore OpenToWrite(string path) => Opened(path, isToWrite: true);

    public override IStoreImport Begin() => new DuckImport(_connection, Forget);

    public override long CountOutside(StoreReading options) => StoreCondition.Of(options) is { Length: > 0 } condition
        ? _connection.Scalar($"SELECT count(*) FROM flows WHERE NOT ({condition})")
        : 0;

    public override void ExportParquet(string path) => _connection.Run($"COPY ({DuckExport.Query}) TO "
        + $"'{Path.GetFullPath(path).Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet)");

    private protected override IEnumerable<StoredImport> ReadImports()
    {
        var inputs = new Dictionary<long, List<StoredInput>>();
        _connection.Read("SELECT import, path, sha256, bytes FROM inputs ORDER BY import, number", row =>
        {
            if (!inputs.TryGetValue(row.GetInt64(0), out var files))
                inputs.Add(row.GetInt64(0), files = []);
            files.Add(new StoredInput(row.GetString(1), row.GetString(2), row.GetInt64(3)));
        });
        var imports = new List<StoredImport>();
        _connection.Read("SELECT id, added_ms, program, flows, first_ns, last_ns, observation FROM imports ORDER BY id",
            row => imports.Add(new StoredImport(
                row.GetInt64(0),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                row.GetString(2),
                row.GetInt64(3),
                row.NumberOrNull(4),
                row.NumberOrNull(5),
                row.Bytes(6),
                inputs.TryGetValue(row.GetInt64(0), out var files) ? [.. files] : [])));
        return imports;
    }

    private protected override void ReadFlows(FlowReading reading, Action<FlowRecord> sink,
        CancellationToken cancellation)
    {
        var condition = StoreCondition.Of(reading.Options);
        if (GroupedRows.Of(Sql, reading) is not { } groups || PartsOf(groups, condition) is not { } parts)
        {
            Read(GroupedRows.All("flows", condition));
            return;
        }

        for (var part = 0; part < parts; part++)
            Read(groups.Groups("flows", GroupedRows.And(condition, string.Create(CultureInfo.InvariantCulture,
                $"hash(originator, responder) % {parts} = {part}"))));
        Read(groups.Singles("flows", condition));
        _connection.Read(groups.Answers("flows", condition), row => groups.Grouping.Answered(
            TextCode.Address.ValueOf("responder", row.GetString(1)), row.GetInt64(0)), cancellation);

        void Read(string query)
        {
            DuckRowReader? row = null;
            _connection.Read(query, rows => sink((row ??= new DuckRowReader(rows, reading)).Read()), cancellation);
        }
    }

    /// <summary>In how many parts flows are grouped; null when there are too many groups.</summary>
    private long? PartsOf(GroupedRows groups, string condition) =>
        (_connection.Scalar(groups.EstimateOfGroups("flows", condition, "approx_count_distinct", "hash"))
            / GroupsOfPart) + 1 is var parts && parts <= MaximumParts
            ? parts
            : null;

    private protected override void Dispose(bool isDisposing)
    {
        if (isDisposing)
            _connection.Dispose();
    }

    private static DuckStore Opened(string path, bool isToWrite)
    {
        var connection = DuckConnection.Open(path, isToWrite);
        try
        {
            // A program that ended before it made the tables leaves none.
            if (isToWrite && connection.Scalar("SELECT count(*) FROM information_schema.tables") == 0)
                Make(connection);
            Check(path, connection);
            return new DuckStore(path, connection);
        }
        catch (StoreException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes the tables, all or none.</summary>
    private static void Make(DuckConnection connection)
    {
        using var making = connection.Begin();
        connection.Run("CREATE TABLE portaudit (format BIGINT NOT NULL)");
        connection.Run(string.Create(CultureInfo.InvariantCulture,
            $"INSERT INTO portaudit VALUES ({FormatVersion})"));
        connection.Run("CREATE TABLE imports (id BIGINT NOT NULL, added_ms BIGINT NOT NULL, program VARCHAR NOT NULL, "
            + "flows BIGINT NOT NULL, first_ns BIGINT, last_ns BIGINT, observation BLOB NOT NULL)");
        connection.Run("CREATE TABLE inputs (import BIGINT NOT NULL, number BIGINT NOT NULL, path VARCHAR NOT NULL, "
            + "sha256 VARCHAR NOT NULL, bytes BIGINT NOT NULL)");
        connection.Run($"CREATE TABLE flows ({string.Join(", ", Columns.OfFlows.Select(Definition))})");
        connection.Guard(making.Commit);
    }

    private static void Check(string path, DuckConnection connection)
    {
        if (connection.Scalar("SELECT count(*) FROM information_schema.tables WHERE table_name = 'portaudit'") == 0)
            throw new StoreException(path, "it is a database of DuckDB, but no store of flows");
        if (connection.Scalar("SELECT format FROM portaudit") is var format && format != FormatVersion)
            throw new StoreException(path, string.Create(CultureInfo.InvariantCulture,
                $"the store has format {format}, and this program knows format {FormatVersion}: use the version that ")
                    + "made it, or add its captures to a new store");
        var known = Columns.OfFlows.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        connection.Read("SELECT column_name FROM information_schema.columns WHERE table_name = 'flows'",
            row => known.Remove(row.GetString(0)));
        if (known.Count > 0)
            throw new StoreException(path, $"the table of flows lacks the column {known.First()}");
    }

    private static string Definition(Column column) => $"{column.Name} " + column.Kind switch
    {
        ColumnKind.Number => "BIGINT NOT NULL",
        ColumnKind.Unsigned => "UBIGINT NOT NULL",
        ColumnKind.Port => "USMALLINT NOT NULL",
        ColumnKind.Text => "VARCHAR NOT NULL",
        ColumnKind.TextOrNull => "VARCHAR",
        ColumnKind.BytesOrNull => "BLOB",
    };
}
