namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Start and end of a record, from whichever fields say them (RFC 7012 §5.11; IANA elements 21, 22, 150 to
/// 162, 322, 323), in nanoseconds since the Unix epoch.</summary>
/// <param name="StartNs">Time of the first packet.</param>
/// <param name="EndNs">Time of the last packet.</param>
/// <param name="Digits">Decimal digits of a second.</param>
/// <param name="IsOfExport">True when only the datagram's own time is known.</param>
internal readonly record struct ExportTimes(long StartNs, long EndNs, int Digits, bool IsOfExport)
{
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerMs = 1_000_000;
    private const long NsPerUs = 1_000;

    /// <summary>Seconds from 1900, where the times of NTP begin (RFC 5905 §6), to 1970.</summary>
    private const long NtpEpoch = 2_208_988_800;

    /// <summary>Latest time, in the year 2255: room for durations behind it.</summary>
    private const long LatestNs = 9_000_000_000_000_000_000;

    private const int Seconds = 0;
    private const int Milliseconds = 3;
    private const int Microseconds = 6;
    private const int Nanoseconds = 9;

    /// <summary>The times of a record.</summary>
    public static ExportTimes Of(ExportRecord record, in ExportHeader header, ExportDomain domain)
    {
        var start = Absolute(record, ExportField.StartMs, ExportField.StartUs, ExportField.StartNs,
            ExportField.StartSeconds, out var digits);
        var end = Absolute(record, ExportField.EndMs, ExportField.EndUs, ExportField.EndNs, ExportField.EndSeconds,
            out var endDigits);
        (start, end) = (start ?? Before(record, ExportField.StartBeforeUs, header, ref digits),
            end ?? Before(record, ExportField.EndBeforeUs, header, ref endDigits));
        if (start is null && end is null && record.Has(ExportField.FirstUptime))
            return OfUptime(record, header, domain);
        if ((start ?? end) is not { } known)
            return new ExportTimes(header.TimeNs, header.TimeNs, Seconds, IsOfExport: true);
        var duration = DurationOf(record);
        var from = start ?? known - duration;
        var to = end ?? known + duration;
        return new ExportTimes(from, Math.Max(from, to), start is null ? endDigits : digits, IsOfExport: false);
    }

    /// <summary>When an event happened; null when not said.</summary>
    public static long? EventOf(ExportRecord record) => record.Find(ExportField.EventTimeMs) is { } ms
        ? Scaled(ms, NsPerMs)
        : record.Find(ExportField.EventSeconds) is { } seconds ? Scaled(seconds, NsPerSecond) : null;

    /// <summary>A time counted from 1970, not after <see cref="LatestNs"/>.</summary>
    public static long Scaled(ulong value, long unit) =>
        value > (ulong)(LatestNs / unit) ? LatestNs : (long)value * unit;

    private static ExportTimes OfUptime(ExportRecord record, in ExportHeader header, ExportDomain domain)
    {
        var first = (uint)record[ExportField.FirstUptime];
        var last = record.Has(ExportField.LastUptime) ? (uint)record[ExportField.LastUptime] : first;
        var lasting = Math.Max(0, (long)unchecked((int)(last - first))) * NsPerMs;
        return domain.TimeOf(first, header) is { } start
            ? new ExportTimes(start, start + lasting, Milliseconds, IsOfExport: false)
            : new ExportTimes(header.TimeNs - lasting, header.TimeNs, Seconds, IsOfExport: true);
    }

    private static long? Absolute(ExportRecord record, ExportField ms, ExportField us, ExportField ns,
        ExportField seconds, out int digits)
    {
        digits = Milliseconds;
        if (record.Find(ms) is > 0 and var inMs)
            return Scaled(inMs, NsPerMs);
        digits = Microseconds;
        if (record.Find(us) is > 0 and var inUs)
            return OfNtp(inUs);
        digits = Nanoseconds;
        if (record.Find(ns) is > 0 and var inNs)
            return OfNtp(inNs);
        digits = Seconds;
        return record.Find(seconds) is > 0 and var inSeconds ? Scaled(inSeconds, NsPerSecond) : null;
    }

    private static long? Before(ExportRecord record, ExportField field, in ExportHeader header, ref int digits)
    {
        if (record.Find(field) is not { } us)
            return null;
        digits = Microseconds;
        return header.TimeNs - ((uint)us * NsPerUs);
    }

    private static long DurationOf(ExportRecord record) => record.Find(ExportField.DurationMs) is { } ms
        ? (uint)ms * NsPerMs
        : (uint)record[ExportField.DurationUs] * NsPerUs;

    /// <summary>A time of NTP: seconds since 1900 and their binary fraction.</summary>
    private static long OfNtp(ulong value) =>
        (((long)(value >> 32) - NtpEpoch) * NsPerSecond) + (long)(((value & uint.MaxValue) * NsPerSecond) >> 32);
}
