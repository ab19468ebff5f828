using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>UTCTime and GeneralizedTime in certificates (RFC 5280 §4.1.2.5): UTC, to the second.</summary>
internal static class DerTime
{
    /// <summary>UTCTime.</summary>
    public const byte UtcTime = 0x17;

    /// <summary>GeneralizedTime.</summary>
    public const byte GeneralizedTime = 0x18;

    /// <summary>Two-digit years from here are in the twentieth century (RFC 5280 §4.1.2.5.1).</summary>
    private const int FirstYearOfThePast = 50;

    /// <summary>Parses a time to seconds since the Unix epoch. False when not in RFC 5280 format, or invalid.</summary>
    public static bool TryRead(DerElement element, out long seconds)
    {
        seconds = 0;
        var text = element.Content;
        var yearDigits = element.Tag == UtcTime ? 2 : 4;
        if (element.Tag is not (UtcTime or GeneralizedTime) || text.Length != yearDigits + 11 || text[^1] != 'Z'
            || text[..^1].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        var year = NumberOf(text[..yearDigits]);
        if (element.Tag == UtcTime)
            year += year < FirstYearOfThePast ? 2000 : 1900;
        var rest = text[yearDigits..];
        var (month, day) = (NumberOf(rest[..2]), NumberOf(rest[2..4]));
        var (hour, minute, second) = (NumberOf(rest[4..6]), NumberOf(rest[6..8]), NumberOf(rest[8..10]));
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23
            || minute > 59 || second > 59)
            return false;
        seconds = (new DateTime(year, month, day, hour, minute, second,
            DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        return true;
    }

    private static int NumberOf(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
            number = (number * 10) + digit - '0';
        return number;
    }
}
