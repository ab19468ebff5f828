namespace PortAudit.Traffic.Capture;

/// <summary>
/// Finds the next sound record behind a damaged one. Records of pcap and snoop carry no mark, so a place is believed only when a chain of
/// headers begins there, each at the end of the record before it, with times near each other and near the last good one.
/// </summary>
internal static class RecordSearch
{
    /// <summary>Headers of a chain. One header passes by chance about once in a billion places, three do not.</summary>
    public const int ChainLength = 3;

    /// <summary>Bytes that are looked at for one damage: beyond the longest record that is believed (<see cref="PcapReader.MaximumCapturedLength"/>).</summary>
    public const long MaximumBytes = 32 * 1024 * 1024;

    /// <summary>Captured length of a record that the search believes: libpcap's MAXIMUM_SNAPLEN.</summary>
    public const uint MaximumCapturedLength = 262_144;

    /// <summary>Time between neighbours of a chain, in nanoseconds, beyond which the chain is not believed: a day.</summary>
    public const long MaximumGapNs = 86_400_000_000_000;

    /// <summary>Consumes bytes until the buffer stands at a sound record. False when none was found within the bound or before the end.</summary>
    /// <param name="buffer">Stands behind the first byte of the damaged record.</param>
    /// <param name="format">How headers are read.</param>
    /// <param name="lastNs">Time of the last good record; null when there is none.</param>
    public static bool TryFind(BlockBuffer buffer, IRecordFormat format, long? lastNs)
    {
        for (long looked = 0; looked < MaximumBytes && buffer.TryPeek(format.RecordHeaderLength, out _); looked++)
        {
            if (BeginsChain(buffer, format, lastNs, ref looked))
                return true;
            buffer.Consume(1);
        }

        return false;
    }

    private static bool BeginsChain(BlockBuffer buffer, IRecordFormat format, long? nearNs, ref long looked)
    {
        var length = 0;
        for (var link = 0; link < ChainLength; link++)
        {
            // At the end of the capture a shorter chain is believed if its records end where the capture does, or only the last is cut.
            if (!buffer.TryPeek(length + format.RecordHeaderLength, out var bytes))
                return buffer.Failure is null && (link == ChainLength - 1 || (link > 0 && buffer.Available == length));
            if (!format.TryRecogniseRecord(bytes[length..], out var recordLength, out var timestampNs))
                return false;
            if (nearNs is { } near && Math.Abs(timestampNs - near) > MaximumGapNs)
                return false;
            nearNs = timestampNs;
            length += recordLength;
            looked += recordLength;
        }

        return true;
    }
}
