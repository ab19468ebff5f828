using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Store.Contract;

namespace PortAudit.Store.Rows;

/// <summary>Which flows are read, as a condition of SQL.</summary>
internal static class StoreCondition
{
    /// <summary>The condition; empty for all.</summary>
    public static string Of(StoreReading options)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        if (options.SinceNs is { } since)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Columns.Start} >= {since}"));
        if (options.UntilNs is { } until)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Columns.Start} < {until}"));
        if (options.IsOfLog is { } isOfLog)
            parts.Add(isOfLog ? $"{Columns.Log} IS NOT NULL" : $"{Columns.Log} IS NULL");
        if (!options.Ids.IsEmpty)
            parts.Add($"flow_id IN ({string.Join(", ", options.Ids)})");
        return string.Join(" AND ", parts);
    }
}
