namespace PortAudit.Traffic.Capture;

/// <summary>Reads the times of a Network Monitor file.</summary>
internal static class NetworkMonitorTime
{
    /// <summary>1970-01-01 as a FILETIME: units of 100 ns since 1601-01-01 ([MS-DTYP] 2.3.3).</summary>
    private const long UnixEpoch = 116_444_736_000_000_000;

    private const int NanosecondsPerUnit = 100;
    private const int UnitsPerMicrosecond = 10;
    private const int NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Reads a SYSTEMTIME ([MS-DTYP] 2.3.13) as UTC; false, with 1970, when invalid.</summary>
    /// <param name="bytes">Year, month, day of week, day, hour, minute, second and millisecond, two bytes each.</param>
    /// <param name="ns">Nanoseconds since the Unix epoch.</param>
    public static bool TryReadStart(ReadOnlySpan<byte> bytes, out long ns)
    {
        ns = 0;
        var (year, month, day) = (Field(bytes, 0), Field(bytes, 1), Field(bytes, 3));
        var (hour, minute, second, millisecond) = (Field(bytes, 4), Field(bytes, 5), Field(bytes, 6), Field(bytes, 7));
        if (year is < 1970 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        if (hour > 23 || minute > 59 || second > 59 || millisecond > 999)
            return false;
        var ticks = new DateTime(year, month, day, hour, minute, second, millisecond,
            DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks;
        ns = Clamp((Int128)ticks * NanosecondsPerUnit);
        return true;
    }

    /// <summary>The time of a record that counts from the start of the capture.</summary>
    public static long Add(long startNs, ReadOnlySpan<byte> record, NetworkMonitorVersion version)
    {
        if (version.Major == 1)
            return Clamp((Int128)ByteOrder.LittleEndian.ReadUInt32(record) * NanosecondsPerMillisecond + startNs);

        // A frame may precede the nominal start. The field counts microseconds unsigned; ten times it, as a signed
        // number, counts units of 100 ns (help of Network Monitor 3.4, "Frame layout").
        var units = unchecked(ByteOrder.LittleEndian.ReadInt64(record) * UnitsPerMicrosecond);
        return Clamp((Int128)units * NanosecondsPerUnit + startNs);
    }

    public static long ReadUtc(ReadOnlySpan<byte> bytes) =>
        Clamp(((Int128)(ulong)ByteOrder.LittleEndian.ReadInt64(bytes) - UnixEpoch) * NanosecondsPerUnit);

    private static int Field(ReadOnlySpan<byte> bytes, int index) =>
        ByteOrder.LittleEndian.ReadUInt16(bytes[(index * sizeof(ushort))..]);

    private static long Clamp(Int128 ns) => (long)Int128.Clamp(ns, long.MinValue, long.MaxValue);
}
