namespace PortAudit.Traffic.Capture;

/// <summary>
/// Tells layouts of pcap apart that share a magic number, by the first records: headers of a wrong length are soon nonsense, as what stands in their places are bytes of frames and times. Only
/// what a file holds by its length, or what came with the header, is looked at, so that nothing is waited for; a file of a single record is taken for what nearly all are.
/// </summary>
internal static class PcapRecords
{
    /// <summary>Bytes that are looked at: several records of any size that is met.</summary>
    private const int MaximumBytes = 65_536;

    /// <summary>Bytes that are looked at where no length is known: what a single read of a pipe or of decompressed data brings nearly always.</summary>
    private const int MaximumBytesAtHand = 1_000;

    /// <summary>Records that are looked at: the second already is nonsense for a wrong length.</summary>
    private const int MaximumRecords = 8;

    /// <summary>Records that have to make sense before another layout is believed than the magic number's own.</summary>
    private const int MinimumRecords = 2;

    private const uint FractionsPerSecond = 1_000_000;

    /// <summary>The layout of the records with which <paramref name="buffer"/> goes on: <paramref name="variant"/>, unless that makes no sense and one of its relatives does.</summary>
    public static PcapVariant Settle(BlockBuffer buffer, PcapVariant variant)
    {
        var there = buffer.Length is { } length ? Math.Min(MaximumBytes, length - buffer.Offset) : Math.Min(MaximumBytesAtHand, buffer.Available);
        buffer.TryPeek((int)Math.Max(0, there), out var bytes);
        if (MakesSense(bytes, variant, out var own))
            return variant;
        foreach (var relative in variant.Relatives)
        {
            if (MakesSense(bytes, relative, out var records) && records >= MinimumRecords && records > own)
                return relative;
        }

        return variant;
    }

    /// <summary>False when one of the first records has a header that nobody writes.</summary>
    private static bool MakesSense(ReadOnlySpan<byte> bytes, PcapVariant variant, out int records)
    {
        for (records = 0; records < MaximumRecords && bytes.Length >= variant.RecordHeaderLength; records++)
        {
            var (fraction, captured, original) = (variant.ByteOrder.ReadUInt32(bytes[4..]), variant.ByteOrder.ReadUInt32(bytes[8..]), variant.ByteOrder.ReadUInt32(bytes[12..]));
            if (fraction >= FractionsPerSecond || captured > RecordSearch.MaximumCapturedLength || captured > original || original > PcapReader.MaximumCapturedLength)
                return false;
            bytes = bytes[Math.Min(bytes.Length, variant.RecordHeaderLength + (int)captured)..];
        }

        return true;
    }
}
