using System.Text.Json;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Takes properties of JSON that may be of any kind.</summary>
internal static class NftJson
{
    /// <summary>A property; null without one.</summary>
    public static JsonElement? Get(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A string, or a number as text; null for anything else.</summary>
    public static string? Text(JsonElement? item) => item?.ValueKind switch
    {
        JsonValueKind.String => item.Value.GetString(),
        JsonValueKind.Number => item.Value.GetRawText(),
        _ => null,
    };

    /// <summary>A string property; null without one.</summary>
    public static string? Text(JsonElement item, string name) => Text(Get(item, name));

    /// <summary>A number property; null without one.</summary>
    public static long? Number(JsonElement item, string name) =>
        Get(item, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)
            ? number : null;

    /// <summary>The elements of an array; a single value is one.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement? item) => item switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray(),
        { } single => [single],
    };

    /// <summary>The first property of an object with its name; null for anything else.</summary>
    public static JsonProperty? First(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.EnumerateObject() is var properties && properties.MoveNext()
            ? properties.Current
            : null;
}
