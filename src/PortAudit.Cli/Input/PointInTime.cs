using System.Globalization;

namespace PortAudit.Cli.Input;

/// <summary>A point in time as a user writes it: RFC 3339, or without an offset in the machine's time zone.</summary>
internal static class PointInTime
{
    private const int NanosecondDigits = 9;
    private const long NanosecondsPerTick = 100;

    private static readonly string[] Zoned = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd' 'HH:mm:sszzz", "yyyy-MM-dd' 'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'"];

    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd' 'HH:mm:ss", "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd' 'HH:mm", "yyyy-MM-dd"];

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zone">The zone of a time without an offset.</param>
    /// <param name="problem">Why it cannot be read, one clause; null when it can.</param>
    /// <returns>Nanoseconds since the Unix epoch.</returns>
    public static long Parse(string text, TimeZoneInfo zone, out string? problem)
    {
        problem = null;
        if (!TrySplit(text, out var whole, out var nanoseconds) || Read(whole, zone, ref problem) is not { } time)
        {
            problem ??= "write it as 2013-05-14T08:00:00Z, with an offset such as +02:00, or without one for local "
                + "time, as '2013-05-14 08:00'";
            return 0;
        }

        var sinceEpoch = (Int128)(time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick + nanoseconds;
        if (sinceEpoch >= long.MinValue && sinceEpoch <= long.MaxValue)
            return (long)sinceEpoch;
        problem = "captures have times from 1677 to 2262";
        return 0;
    }

    private static DateTimeOffset? Read(string text, TimeZoneInfo zone, ref string? problem)
    {
        if (DateTimeOffset.TryParseExact(text, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var zoned))
            return zoned;
        if (!DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        if (zone.IsInvalidTime(local) || zone.IsAmbiguousTime(local))
        {
            problem = "the clocks of this time zone change there: write the offset, for example +01:00";
            return null;
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    /// <summary>Takes the fraction of the second out of the text.</summary>
    private static bool TrySplit(string text, out string whole, out long nanoseconds)
    {
        (whole, nanoseconds) = (text, 0);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
            return true;
        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        var digits = text[(point + 1)..end];
        if (digits.Length is 0 or > NanosecondDigits)
            return false;
        nanoseconds = long.Parse(digits.PadRight(NanosecondDigits, '0'), CultureInfo.InvariantCulture);
        whole = text[..point] + text[end..];
        return text.LastIndexOf(':') > text.IndexOf(':', StringComparison.Ordinal);
    }
}
