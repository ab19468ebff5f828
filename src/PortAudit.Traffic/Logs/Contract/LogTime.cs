using System.Buffers.Text;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Times as text: RFC 3339, or ISO 8601 with a zone without a colon, or without a zone, which is
/// UTC.</summary>
internal static class LogTime
{
    private const int NanosecondDigits = 9;
    private const long NsPerSecond = 1_000_000_000;
    private const int SecondsLength = 19;

    /// <summary>Last year that nanoseconds since the Unix epoch can count whole.</summary>
    private const int LastYear = 2261;

    /// <summary>First year that they can.</summary>
    private const int FirstYear = 1678;

    /// <summary>Reads a time. Allocates nothing.</summary>
    /// <param name="text">The text, for example <c>2020-09-13T12:26:40.000001+0000</c>.</param>
    /// <param name="timeNs">Nanoseconds since the Unix epoch.</param>
    /// <param name="digits">Decimal digits of a second that it has, up to 9.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long timeNs, out int digits)
    {
        (timeNs, digits) = (0, 0);
        if (text.Length < SecondsLength || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ')
            || text[13] != ':' || text[16] != ':')
            return false;
        if (Number(text[..4]) is not { } year || Number(text[5..7]) is not { } month
            || Number(text[8..10]) is not { } day || Number(text[11..13]) is not { } hour
            || Number(text[14..16]) is not { } minute || Number(text[17..19]) is not { } second)
            return false;
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1
            || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
            return false;
        if (!TryFraction(text[SecondsLength..], out var fraction, out digits, out var zone)
            || !TryZone(zone, out var offset))
            return false;
        var days = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Days;
        var seconds = (((days * 24L) + hour) * 3600) + (minute * 60) + second - offset;
        timeNs = (seconds * NsPerSecond) + fraction;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out long ns, out int digits, out ReadOnlySpan<byte> rest)
    {
        (ns, digits) = (0, 0);
        rest = text;
        if (text is not [(byte)'.' or (byte)',', ..])
            return true;
        var end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var fraction = end < 0 ? text[1..] : text[1..(end + 1)];
        rest = end < 0 ? default : text[(end + 1)..];
        digits = Math.Min(fraction.Length, NanosecondDigits);
        for (var index = 0; index < NanosecondDigits; index++)
            ns = (ns * 10) + (index < fraction.Length ? fraction[index] - '0' : 0);
        return !fraction.IsEmpty;
    }

    /// <summary>Seconds east of UTC.</summary>
    private static bool TryZone(ReadOnlySpan<byte> text, out int offset)
    {
        offset = 0;
        if (text.IsEmpty || text is [(byte)'Z' or (byte)'z'])
            return true;
        if (text is not [(byte)'+' or (byte)'-', _, _, ..])
            return false;
        var minutes = text[3..] switch
        {
            [(byte)':', _, _] => text[4..],
            [_, _] => text[3..],
            [] => "00"u8,
            _ => default,
        };
        if (Number(text[1..3]) is not { } hours || Number(minutes) is not { } rest
            || hours > 23 || rest > 59)
            return false;
        offset = ((hours * 3600) + (rest * 60)) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static int? Number(ReadOnlySpan<byte> digits) =>
        !digits.IsEmpty && digits[0] is >= (byte)'0' and <= (byte)'9'
            && Utf8Parser.TryParse(digits, out int number, out var length) && length == digits.Length
            ? number
            : null;
}
