namespace PortAudit.Traffic.Capture;

/// <summary>Finds the next valid record after a damaged one. Records of pcap and snoop have no marker, so an offset is
/// accepted only with a chain of adjacent headers whose times are near each other. A chain near the current time may be
/// short.</summary>
internal static class RecordSearch
{
    /// <summary>Headers of a chain. One is found by chance in a billion offsets, three are not.</summary>
    public const int ChainLength = 3;

    /// <summary>Headers of a chain far from any earlier time: counters may look like three headers from 1970.</summary>
    public const int ChainLengthElsewhere = 8;

    /// <summary>Bytes searched for a valid record after damage, zeros excluded: more than the longest record.</summary>
    public const long MaximumBytes = 32 * 1024 * 1024;

    /// <summary>Largest captured length accepted by the search: libpcap's MAXIMUM_SNAPLEN.</summary>
    public const uint MaximumCapturedLength = 262_144;

    /// <summary>Largest time between neighbours that are near, in nanoseconds: a day.</summary>
    public const long MaximumGapNs = 86_400_000_000_000;

    /// <summary>True when two times since the Unix epoch are at most <see cref="MaximumGapNs"/> apart.</summary>
    public static bool AreNear(long oneNs, long otherNs) => (ulong)(oneNs - otherNs + MaximumGapNs) <= 2 * MaximumGapNs;

    /// <summary>Consumes bytes up to a valid record. False when none was found within the bound or before the
    /// end.</summary>
    /// <param name="buffer">After the first byte of the damaged record.</param>
    /// <param name="format">Layout of headers.</param>
    /// <param name="lastNs">Time of the last accepted record; null without one.</param>
    public static bool TryFind<TFormat>(BlockBuffer buffer, TFormat format, long? lastNs)
        where TFormat : IRecordFormat
    {
        for (long looked = 0; looked < MaximumBytes
            && buffer.TryPeek(format.RecordHeaderLength, out var header); looked++)
        {
            if (!header.ContainsAnyExcept((byte)0))
                PassZeros(buffer, format.RecordHeaderLength);
            else if (BeginsChain(buffer, 0, format, lastNs))
                return true;
            buffer.Consume(1);
        }

        return false;
    }

    /// <summary>Consumes zeros, which may be a hole of any size, except the last ones, which may begin a
    /// header.</summary>
    private static void PassZeros(BlockBuffer buffer, int headerLength)
    {
        buffer.TryPeek(buffer.Available, out var bytes);
        var end = bytes.IndexOfAnyExcept((byte)0);
        buffer.Consume(Math.Max(0, (end < 0 ? bytes.Length : end) - headerLength));
    }

    /// <summary>True when a chain near the current time begins inside the next bytes: then no record is at their
    /// start.</summary>
    /// <param name="buffer">The capture; nothing is consumed.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="format">Layout of headers.</param>
    /// <param name="lastNs">The current time.</param>
    public static bool IsWithin<TFormat>(BlockBuffer buffer, int length, TFormat format, long lastNs)
        where TFormat : IRecordFormat
    {
        for (var at = 1; at < length && buffer.TryPeek(at + format.RecordHeaderLength, out var bytes); at++)
        {
            if (format.TryRecogniseRecord(bytes[at..], out _, out var timestampNs) && AreNear(timestampNs, lastNs)
                && BeginsChain(buffer, at, format, lastNs))
                return true;
        }

        return false;
    }

    private static bool BeginsChain<TFormat>(BlockBuffer buffer, int at, TFormat format, long? lastNs)
        where TFormat : IRecordFormat
    {
        var (length, needed, beforeNs) = (at, ChainLength, 0L);
        for (var link = 0; link < needed; link++)
        {
            if (!buffer.TryPeek(length + format.RecordHeaderLength, out var bytes))
                return buffer.Failure is null && EndsSoundly(link, needed, buffer.Available == length);
            if (!format.TryRecogniseRecord(bytes[length..], out var recordLength, out var timestampNs))
                return false;
            if (link == 0 && lastNs is { } last && !AreNear(timestampNs, last))
                needed = ChainLengthElsewhere;
            else if (link > 0 && !AreNear(timestampNs, beforeNs))
                return false;
            (beforeNs, length) = (timestampNs, length + recordLength);
        }

        return true;
    }

    /// <summary>At the end of the capture a shorter chain is accepted, if its records end exactly there or only the
    /// last is cut.</summary>
    private static bool EndsSoundly(int links, int needed, bool endsWithRecord) => needed == ChainLengthElsewhere
        ? links >= ChainLength
        : links == ChainLength - 1 || (links > 0 && endsWithRecord);
}
