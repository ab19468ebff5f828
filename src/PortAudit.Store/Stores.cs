using PortAudit.Store.ClickHouse;
using PortAudit.Store.Contract;
using PortAudit.Store.Duck;

namespace PortAudit.Store;

/// <summary>Opens stores by where they are.</summary>
public static class Stores
{
    /// <summary>Opens a store to read it. Others may read it at the same time.</summary>
    /// <param name="location">Path of a file, or <c>clickhouse://…</c>.</param>
    /// <exception cref="StoreException">There is none, it is damaged or of another version, or is in use.</exception>
    public static FlowStore Open(string location) =>
        IsClickHouse(location) ? ClickHouseStore.Open(location, isToWrite: false) : DuckStore.Open(location);

    /// <summary>Opens a store to add to it, and makes it where it is not there. No other program may use a file
    /// meanwhile.</summary>
    /// <param name="location">Path of a file, or <c>clickhouse://…</c>.</param>
    /// <exception cref="StoreException">It cannot be made, is damaged or of another version, or is in use.</exception>
    public static FlowStore OpenToWrite(string location) =>
        IsClickHouse(location) ? ClickHouseStore.Open(location, isToWrite: true) : DuckStore.OpenToWrite(location);

    /// <summary>True when a location is no file.</summary>
    public static bool IsClickHouse(string location) =>
        location.StartsWith(ClickHouseAddress.Scheme, StringComparison.Ordinal);
}
