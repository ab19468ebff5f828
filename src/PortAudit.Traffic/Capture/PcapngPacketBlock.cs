namespace PortAudit.Traffic.Capture;

/// <summary>A pcapng packet block, viewed in place: Enhanced (draft-ietf-opsawg-pcapng §4.3), Simple (§4.4) or the
/// obsolete Packet Block (appendix A).</summary>
internal readonly ref struct PcapngPacketBlock
{
    private const uint Obsolete = 2;
    private const uint Simple = 3;
    private const uint Enhanced = 6;

    /// <summary>Unknown drops count in the obsolete block.</summary>
    private const ushort UnknownDrops = ushort.MaxValue;

    private const ushort EnhancedDropsOption = 4;
    private const int SimpleFixedLength = 4;
    private const int FixedLength = 20;

    private PcapngPacketBlock(uint interfaceId, ulong? timestamp, uint capturedLength, uint originalLength,
        ReadOnlySpan<byte> rest, ushort? drops = null)
    {
        Drops = drops;
        InterfaceId = interfaceId;
        Timestamp = timestamp;
        CapturedLength = capturedLength;
        OriginalLength = originalLength;
        Rest = rest;
    }

    public uint InterfaceId { get; }

    /// <summary>Timestamp in units of the interface; null in a Simple Packet Block.</summary>
    public ulong? Timestamp { get; }

    /// <summary>Captured length as written; in a Simple Packet Block the original length, limited by the interface's
    /// snap length.</summary>
    public uint CapturedLength { get; }

    public uint OriginalLength { get; }

    /// <summary>The packet, its padding and the block's options.</summary>
    public ReadOnlySpan<byte> Rest { get; }

    /// <summary>Packets lost since the interface's previous packet, in the obsolete block; else null.</summary>
    public ushort? Drops { get; }

    /// <summary>True for block types with a packet.</summary>
    public static bool IsPacket(uint type) => type is Enhanced or Simple or Obsolete;

    /// <summary>Reads the fields before the packet; false when the block is too short.</summary>
    public static bool TryParse(PcapngBlock block, out PcapngPacketBlock packet)
    {
        packet = default;
        var order = block.Order;
        var body = block.Body;
        if (block.Type == Simple)
        {
            if (body.Length < SimpleFixedLength)
                return false;
            var length = order.ReadUInt32(body);
            packet = new PcapngPacketBlock(0, null, length, length, body[SimpleFixedLength..]);
            return true;
        }

        if (body.Length < FixedLength)
            return false;

        // The obsolete block has a drops count in the second half of the field.
        var isObsolete = block.Type == Obsolete;
        var interfaceId = isObsolete ? order.ReadUInt16(body) : order.ReadUInt32(body);
        ushort? drops = isObsolete && order.ReadUInt16(body[2..]) is not UnknownDrops and var lost ? lost : null;
        var timestamp = ((ulong)order.ReadUInt32(body[4..]) << 32) | order.ReadUInt32(body[8..]);
        packet = new PcapngPacketBlock(interfaceId, timestamp, order.ReadUInt32(body[12..]),
            order.ReadUInt32(body[16..]), body[FixedLength..], drops);
        return true;
    }

    /// <summary>Adds comments and losses in a packet's options.</summary>
    public static void NoteOptions(PcapngBlock block, ReadOnlySpan<byte> options, long frame, int interfaceIndex,
        CaptureLedger ledger)
    {
        var walk = new PcapngOptions(options, block.Order);
        while (walk.MoveNext())
        {
            if (walk.Code == PcapngBlock.CommentOption)
                ledger.AddComment(CommentSubject.Frame, frame, walk.Value);
            else if (walk.Code == EnhancedDropsOption && block.Type == Enhanced && walk.Value.Length == sizeof(long))
                ledger.AddLost(interfaceIndex, PcapngStatistics.Count(block.Order.ReadInt64(walk.Value)));
        }

        if (walk.IsDamaged)
            ledger.AddDamagedBlock(block.Offset);
    }
}
