namespace PortAudit.Traffic.Capture;

/// <summary>A pcapng block that holds a packet, viewed in place: Enhanced (draft-ietf-opsawg-pcapng §4.3), Simple (§4.4) or the obsolete Packet Block (appendix A).</summary>
internal readonly ref struct PcapngPacketBlock
{
    private const uint Obsolete = 2;
    private const uint Simple = 3;
    private const uint Enhanced = 6;

    private const int SimpleFixedLength = 4;
    private const int FixedLength = 20;

    private PcapngPacketBlock(uint interfaceId, ulong? timestamp, uint capturedLength, uint originalLength, ReadOnlySpan<byte> rest)
    {
        InterfaceId = interfaceId;
        Timestamp = timestamp;
        CapturedLength = capturedLength;
        OriginalLength = originalLength;
        Rest = rest;
    }

    /// <summary>Interface number within the section.</summary>
    public uint InterfaceId { get; }

    /// <summary>Timestamp in units of the interface; null for a Simple Packet Block, which has none.</summary>
    public ulong? Timestamp { get; }

    /// <summary>Captured length as written. A Simple Packet Block does not write it: then the original length, which the interface's snap length limits.</summary>
    public uint CapturedLength { get; }

    /// <summary>Original length in bytes.</summary>
    public uint OriginalLength { get; }

    /// <summary>The packet, its padding and the block's options.</summary>
    public ReadOnlySpan<byte> Rest { get; }

    /// <summary>True when blocks of this type hold a packet.</summary>
    public static bool IsPacket(uint type) => type is Enhanced or Simple or Obsolete;

    /// <summary>Reads the fields before the packet; false when the block, which <see cref="IsPacket"/>, is too short for them.</summary>
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

        // The obsolete block counts dropped packets in the upper half of the field.
        var interfaceId = block.Type == Obsolete ? order.ReadUInt16(body) : order.ReadUInt32(body);
        var timestamp = ((ulong)order.ReadUInt32(body[4..]) << 32) | order.ReadUInt32(body[8..]);
        packet = new PcapngPacketBlock(interfaceId, timestamp, order.ReadUInt32(body[12..]), order.ReadUInt32(body[16..]), body[FixedLength..]);
        return true;
    }
}
