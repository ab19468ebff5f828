using System.Globalization;
using System.Text.Json;

namespace PortAudit.Reports.Baseline;

/// <summary>A node in a possibly edited JSON report; errors give its path.</summary>
/// <param name="Value">The element.</param>
/// <param name="Path">Its path: <c>findings[3].id</c>; empty for the document.</param>
internal readonly record struct ReportNode(JsonElement Value, string Path)
{
    private const int NanosecondDigits = 9;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>A property of an object.</summary>
    /// <exception cref="JsonException">There is no such property.</exception>
    public ReportNode this[string name]
    {
        get
        {
            if (Value.ValueKind != JsonValueKind.Object)
                throw Fault("is no object");
            var path = Path.Length == 0 ? name : $"{Path}.{name}";
            return Value.TryGetProperty(name, out var value)
                ? new ReportNode(value, path)
                : throw new JsonException($"{path} is missing", path, null, null);
        }
    }

    /// <summary>Names of the properties of an object.</summary>
    public IEnumerable<string> Names => Value.ValueKind == JsonValueKind.Object
        ? Value.EnumerateObject().Select(property => property.Name)
        : throw Fault("is no object");

    public IEnumerable<ReportNode> Items
    {
        get
        {
            if (Value.ValueKind != JsonValueKind.Array)
                throw Fault("is no list");
            var path = Path;
            return Value.EnumerateArray().Select((item, index) =>
                new ReportNode(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]")));
        }
    }

    public string Text => Value.ValueKind == JsonValueKind.String ? Unescaped() : throw Fault("is no string");

    /// <summary>A string, or null.</summary>
    public string? TextOrNull => Value.ValueKind == JsonValueKind.Null ? null : Text;

    public IEnumerable<string> Texts => Items.Select(item => item.Text);

    public long Number => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out var number)
        ? number
        : throw Fault("is no whole number");

    public bool Flag => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault("is neither true nor false"),
    };

    public T Word<T>(T[] values, Func<T, string> toText)
        where T : struct, Enum
    {
        var text = Text;
        foreach (var value in values)
        {
            if (toText(value) == text)
                return value;
        }

        throw Fault("is a word that this program does not know");
    }

    /// <summary>A time as reports write it, or null.</summary>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch; 0 for null.</param>
    /// <returns>The text as it stands there.</returns>
    public string? TimeOrNull(out long timestampNs)
    {
        timestampNs = 0;
        if (TextOrNull is not { } text)
            return null;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var isTime = point > 0 && text.EndsWith('Z') && text.Length - point - 2 is > 0 and <= NanosecondDigits;
        if (!isTime
            || !DateTimeOffset.TryParseExact(text[..point], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var second)
            || !long.TryParse(text[(point + 1)..^1].PadRight(NanosecondDigits, '0'), NumberStyles.None,
                CultureInfo.InvariantCulture, out var fraction))
            throw Fault("is no time in RFC 3339 in UTC");
        timestampNs = unchecked((second.ToUnixTimeSeconds() * NanosecondsPerSecond) + fraction);
        return text;
    }

    public JsonException Fault(string what)
    {
        var where = Path.Length == 0 ? "the document" : Path;
        return new JsonException($"{where} {what}", where, null, null);
    }

    /// <summary>A string may hold escapes of half a surrogate pair, which no text has.</summary>
    private string Unescaped()
    {
        try
        {
            return Value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault("contains half of a surrogate pair");
        }
    }
}
