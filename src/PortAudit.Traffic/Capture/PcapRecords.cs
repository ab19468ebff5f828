namespace PortAudit.Traffic.Capture;

/// <summary>Distinguishes pcap layouts with the same magic number by the first records: with a wrong header length, the
/// following headers are nonsense. Nearly always the first record's frame or the second one's header decides, so that a
/// live capture shows its first packet at once; otherwise more records are awaited and examined, so the result does not
/// depend on how bytes arrive. A single record means the usual layout.</summary>
internal static class PcapRecords
{
    /// <summary>Bytes examined: several records of any usual size.</summary>
    private const int MaximumBytes = 65_536;

    /// <summary>Bytes of a header common to all layouts.</summary>
    private const int CommonLength = 16;

    /// <summary>Records examined: with a wrong length the second is already nonsense.</summary>
    private const int MaximumRecords = 8;

    /// <summary>Valid records needed to accept another layout than the usual one.</summary>
    private const int MinimumRecords = 2;

    /// <summary>Offset of the EtherType in an Ethernet frame (IEEE 802.3 §3.2).</summary>
    private const int EtherTypeOffset = 12;

    /// <summary>Offset of the EtherType in a LINKTYPE_LINUX_SLL frame.</summary>
    private const int EtherTypeOffsetOfCooked = 14;

    private const ushort Ipv4 = 0x0800;
    private const ushort Ipv6 = 0x86DD;
    private const ushort Arp = 0x0806;
    private const ushort CustomerTag = 0x8100;

    private const ushort LinuxCooked = 113;
    private const ushort LinuxCooked2 = 276;

    private const uint FractionsPerSecond = 1_000_000;

    /// <summary>The layout of the next records: <paramref name="variant"/>, unless it is invalid and a relative is
    /// valid.</summary>
    /// <param name="buffer">At the first record.</param>
    /// <param name="variant">Layout by the magic number.</param>
    /// <param name="linkType">Link type of the frames.</param>
    public static PcapVariant Settle(BlockBuffer buffer, PcapVariant variant, LinkType linkType)
    {
        if (variant.Relatives.IsEmpty || IsClear(buffer, variant, linkType))
            return variant;
        buffer.TryPeek(MaximumBytes, out _);
        buffer.TryPeek(Math.Min(buffer.Available, MaximumBytes), out var bytes);
        if (MakesSense(bytes, variant, out var own))
            return variant;
        foreach (var relative in variant.Relatives)
        {
            if (MakesSense(bytes, relative, out var records) && records >= MinimumRecords && records > own)
                return relative;
        }

        return variant;
    }

    /// <summary>True when the first record has a frame at the usual offset, or the header after it is valid; false also
    /// when there are too few bytes.</summary>
    private static bool IsClear(BlockBuffer buffer, PcapVariant variant, LinkType linkType)
    {
        if (!buffer.TryPeek(CommonLength, out var header) || variant.ByteOrder.ReadUInt32(header[8..])
            is not (<= RecordSearch.MaximumCapturedLength and var captured))
            return false;
        var length = variant.RecordHeaderLength + (int)captured;
        return buffer.TryPeek(length, out var record)
            && (ShowsLayout(record, variant, linkType) || (buffer.TryPeek(length + variant.RecordHeaderLength,
                out var two) && MakesSense(two, variant, out _)));
    }

    /// <summary>True when the first record has a frame at the usual offset, and none at a relative's.</summary>
    private static bool ShowsLayout(ReadOnlySpan<byte> record, PcapVariant variant, LinkType linkType)
    {
        foreach (var relative in variant.Relatives)
        {
            if (record.Length > relative.RecordHeaderLength && IsFrame(record[relative.RecordHeaderLength..], linkType))
                return false;
        }

        return IsFrame(record[variant.RecordHeaderLength..], linkType);
    }

    /// <summary>True for a frame of this link type that contains IP or ARP, tagged or not. Other frames cannot be
    /// distinguished from arbitrary bytes.</summary>
    private static bool IsFrame(ReadOnlySpan<byte> frame, LinkType linkType)
    {
        int? offset = linkType.Value switch
        {
            _ when linkType == LinkType.Ethernet => EtherTypeOffset,
            LinuxCooked => EtherTypeOffsetOfCooked,
            LinuxCooked2 => 0,
            _ => null,
        };
        return offset is { } at && frame.Length >= at + sizeof(ushort)
            && ByteOrder.BigEndian.ReadUInt16(frame[at..]) is Ipv4 or Ipv6 or Arp or CustomerTag;
    }

    /// <summary>False when one of the first records has a header that nobody writes.</summary>
    private static bool MakesSense(ReadOnlySpan<byte> bytes, PcapVariant variant, out int records)
    {
        for (records = 0; records < MaximumRecords && bytes.Length >= variant.RecordHeaderLength; records++)
        {
            var (fraction, captured, original) = (variant.ByteOrder.ReadUInt32(bytes[4..]),
                variant.ByteOrder.ReadUInt32(bytes[8..]), variant.ByteOrder.ReadUInt32(bytes[12..]));
            if (fraction >= FractionsPerSecond || captured > RecordSearch.MaximumCapturedLength || captured > original
                || original > PcapReader.MaximumCapturedLength)
                return false;
            bytes = bytes[Math.Min(bytes.Length, variant.RecordHeaderLength + (int)captured)..];
        }

        return true;
    }
}
