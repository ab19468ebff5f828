namespace PortAudit.Traffic.Capture;

/// <summary>
/// Tells layouts of pcap apart that share a magic number, by the first records: headers of a wrong length are soon
/// nonsense, as what stands in their places are bytes of frames and times. The first record settles it by its frame, or
/// the second by its header, for what nearly all files are, so that a live capture shows its first packet at once; only
/// where they do not, more is looked at, and waited for. So the answer does not hang on how the bytes arrive. A file of
/// a single record is taken for what nearly all are.
/// </summary>
internal static class PcapRecords
{
    /// <summary>Bytes that are looked at: several records of any size that is met.</summary>
    private const int MaximumBytes = 65_536;

    /// <summary>Bytes of a header that all layouts have in common.</summary>
    private const int CommonLength = 16;

    /// <summary>Records that are looked at: the second already is nonsense for a wrong length.</summary>
    private const int MaximumRecords = 8;

    /// <summary>Records that have to make sense before another layout is believed than the magic number's
    /// own.</summary>
    private const int MinimumRecords = 2;

    /// <summary>Where the EtherType of an Ethernet frame stands (IEEE 802.3 §3.2).</summary>
    private const int EtherTypePlace = 12;

    /// <summary>Where that of a frame of LINKTYPE_LINUX_SLL stands.</summary>
    private const int EtherTypePlaceOfCooked = 14;

    private const ushort Ipv4 = 0x0800;
    private const ushort Ipv6 = 0x86DD;
    private const ushort Arp = 0x0806;
    private const ushort CustomerTag = 0x8100;

    private const ushort LinuxCooked = 113;
    private const ushort LinuxCooked2 = 276;

    private const uint FractionsPerSecond = 1_000_000;

    /// <summary>The layout of the records with which <paramref name="buffer"/> goes on: <paramref name="variant"/>,
    /// unless that makes no sense and one of its relatives does.</summary>
    /// <param name="buffer">Stands at the first record.</param>
    /// <param name="variant">What the magic number says.</param>
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

    /// <summary>True when the first record has its frame where the magic number puts it, or the header behind it makes
    /// sense; false also when there is too little to tell.</summary>
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

    /// <summary>True when the first record has a frame where the magic number puts it, and none where a relative
    /// does.</summary>
    private static bool ShowsLayout(ReadOnlySpan<byte> record, PcapVariant variant, LinkType linkType)
    {
        foreach (var relative in variant.Relatives)
        {
            if (record.Length > relative.RecordHeaderLength && IsFrame(record[relative.RecordHeaderLength..], linkType))
                return false;
        }

        return IsFrame(record[variant.RecordHeaderLength..], linkType);
    }

    /// <summary>True when a frame of this link type says that IP or ARP is in it, tagged or not. Others are frames as
    /// well, and are not told from bytes beside them.</summary>
    private static bool IsFrame(ReadOnlySpan<byte> frame, LinkType linkType)
    {
        int? place = linkType.Value switch
        {
            _ when linkType == LinkType.Ethernet => EtherTypePlace,
            LinuxCooked => EtherTypePlaceOfCooked,
            LinuxCooked2 => 0,
            _ => null,
        };
        return place is { } at && frame.Length >= at + sizeof(ushort)
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
