using System.Buffers.Text;

namespace PortAudit.Traffic.Logs.Gcp;

/// <summary>Times as Google Cloud writes them: RFC 3339 with up to nine digits of a second.</summary>
internal static class GcpTime
{
    private const int SecondsLength = 19;
    private const int MaximumDigits = 9;
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>The time in nanoseconds since the Unix epoch; null for text that is none, or before 1970 or after 2261.
    /// </summary>
    public static long? Of(ReadOnlySpan<byte> text)
    {
        if (text.Length <= SecondsLength || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t')
            || text[13] != ':' || text[16] != ':')
            return null;
        if (Number(text[..4]) is not (>= 1970 and <= 2261 and var year) || Number(text[5..7]) is not { } month
            || Number(text[8..10]) is not { } day || Number(text[11..13]) is not (<= 23 and var hour)
            || Number(text[14..16]) is not (<= 59 and var minute) || Number(text[17..19]) is not (<= 60 and var second)
            || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        var rest = text[SecondsLength..];
        var fraction = 0L;
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits is < 1 or > MaximumDigits || Number(rest[1..(digits + 1)]) is not { } parts)
                return null;
            fraction = parts;
            for (; digits < MaximumDigits; digits++)
                fraction *= 10;
            rest = rest[(rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1)..];
        }

        if (OffsetOf(rest) is not { } offset)
            return null;
        var seconds = (new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks
            / TimeSpan.TicksPerSecond;
        return ((seconds + second - (60L * offset)) * NsPerSecond) + fraction;
    }

    /// <summary>Minutes before UTC.</summary>
    private static int? OffsetOf(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'Z' or (byte)'z'])
            return 0;
        if (text.Length != 6 || text[3] != ':' || text[0] is not ((byte)'+' or (byte)'-')
            || Number(text[1..3]) is not (<= 23 and var hours) || Number(text[4..6]) is not (<= 59 and var minutes))
            return null;
        return text[0] == '+' ? (60 * hours) + minutes : -((60 * hours) + minutes);
    }

    private static int? Number(ReadOnlySpan<byte> text) =>
        !text.ContainsAnyExceptInRange((byte)'0', (byte)'9') && Utf8Parser.TryParse(text, out int number, out _)
            ? number : null;
}
