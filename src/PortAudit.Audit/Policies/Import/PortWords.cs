using System.Globalization;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Import;

/// <summary>Numbers and ranges as configurations write them: <c>80</c>, <c>1024-65535</c>, lists of them.</summary>
internal static class PortWords
{
    /// <summary>Ranges in one word that are read; a device takes some hundred characters.</summary>
    private const int MaxRanges = 4096;

    /// <summary>Reads ports and ranges with commas between them.</summary>
    public static bool TryParse(string text, out IntervalSet<ushort> ports)
    {
        ports = IntervalSet.Empty<ushort>();
        var ranges = new List<Interval<ushort>>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ranges.Count == MaxRanges || !TryParseRange(part, out var range))
                return false;
            ranges.Add(range);
        }

        ports = IntervalSet.Of(ranges);
        return ranges.Count > 0;
    }

    /// <summary>Reads a port or a range whose last is not below its first.</summary>
    public static bool TryParseRange(string text, out Interval<ushort> range)
    {
        range = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!TryParsePort(dash < 0 ? text : text[..dash], out var first))
            return false;
        var last = first;
        if (dash >= 0 && !TryParsePort(text[(dash + 1)..], out last))
            return false;
        range = new Interval<ushort>(first, last);
        return last >= first;
    }

    /// <summary>Reads a number of 0 to 255.</summary>
    public static bool TryParseByte(string text, out byte number) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool TryParsePort(string text, out ushort port) =>
        ushort.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out port);
}
