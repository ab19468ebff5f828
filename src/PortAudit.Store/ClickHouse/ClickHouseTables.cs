using System.Globalization;
using PortAudit.Store.Contract;
using PortAudit.Store.Rows;

namespace PortAudit.Store.ClickHouse;

/// <summary>The tables of a store in ClickHouse. Flows are spread over the shards by their ends; what was added is kept
/// by the first server, whose table of imports says which flows count.</summary>
internal static class ClickHouseTables
{
    public const string Flows = "flows";
    public const string Imports = "imports";
    public const string Inputs = "inputs";

    private const string LocalFlows = "flows_local";

    /// <summary>The day of a flow, by which partitions are parted.</summary>
    private const string Day = $"toYYYYMMDD(toDateTime(intDiv({Columns.Start}, 1000000000)))";

    /// <summary>Makes what is not there.</summary>
    public static void Make(ClickHouseAddress address, IReadOnlyList<ClickHouseClient> servers)
    {
        var columns = string.Join(", ", Columns.OfFlows.Select(column => $"{column.Name} {TypeOf(column.Kind)}"));
        var local = address.Cluster is null ? Flows : LocalFlows;
        foreach (var server in servers)
            server.Run($"CREATE TABLE IF NOT EXISTS {local} ({columns}) ENGINE = MergeTree PARTITION BY {Day} "
                + $"ORDER BY ({Columns.Start}, flow_id)");
        if (address.Cluster is { } cluster)
            servers[0].Run($"CREATE TABLE IF NOT EXISTS {Flows} ({columns}) ENGINE = Distributed({cluster}, "
                + $"{address.Database}, {local}, cityHash64(originator, responder))");
        servers[0].Run($"CREATE TABLE IF NOT EXISTS {Inputs} (import Int64, number Int64, path String, sha256 String, "
            + "bytes Int64) ENGINE = MergeTree ORDER BY (import, number)");
        servers[0].Run($"CREATE TABLE IF NOT EXISTS {Imports} (id Int64, format Int64, added_ms Int64, "
            + "program String, flows Int64, first_ns Nullable(Int64), last_ns Nullable(Int64), observation String) "
            + "ENGINE = MergeTree ORDER BY id");
    }

    /// <summary>Checks that the tables are there, of the format of this program, and of all shards.</summary>
    /// <exception cref="StoreException">They are not.</exception>
    public static void Check(string location, ClickHouseAddress address, IReadOnlyList<ClickHouseClient> servers)
    {
        var first = servers[0];
        if (first.Scalar("SELECT count() FROM system.tables WHERE database = currentDatabase() AND name IN "
            + $"('{Flows}', '{Imports}', '{Inputs}')") != 3)
            throw new StoreException(location, "there is no such store: its database lacks the tables");
        if (address.Cluster is { } cluster && first.Scalar("SELECT uniq(shard_num) FROM system.clusters WHERE "
            + $"cluster = '{cluster}'") is var shards && shards != servers.Count)
            throw new StoreException(location, shards == 0
                ? $"the configuration of {address.Servers[0].Authority} has no cluster {cluster}"
                : string.Create(CultureInfo.InvariantCulture,
                    $"the cluster {cluster} has {shards} shards, and {servers.Count} servers are named: name one of "
                        + $"each"));
        if (address.Cluster is null && servers.Count > 1)
            throw new StoreException(location, "several servers need a cluster: add ?cluster=NAME");
        if (first.Scalar($"SELECT max(format) FROM {Imports}") is var format && format > FlowStore.FormatVersion)
            throw new StoreException(location, string.Create(CultureInfo.InvariantCulture,
                $"the store has format {format}, and this program knows format {FlowStore.FormatVersion}"));
        var names = string.Join(", ", Columns.OfFlows.Select(column => $"'{column.Name}'"));
        if (first.Scalar("SELECT count() FROM system.columns WHERE database = currentDatabase() AND "
            + $"table = '{Flows}' AND name IN ({names})") != Columns.OfFlows.Length)
            throw new StoreException(location, "the table of flows lacks columns that this program reads");
    }

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "Int64",
        ColumnKind.Unsigned => "UInt64",
        ColumnKind.Port => "UInt16",
        ColumnKind.Text => "String",
        ColumnKind.TextOrNull or ColumnKind.BytesOrNull => "Nullable(String)",
    };
}
