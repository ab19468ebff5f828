namespace PortAudit.Traffic.Capture;

/// <summary>Location of the last packet in the block buffer, to view it again while other captures are
/// merged.</summary>
internal readonly record struct PacketLocation(long Number, long TimestampNs, int InterfaceIndex, LinkType LinkType,
    int OriginalLength, int Behind, int CapturedLength)
{
    /// <summary>The packet. Valid until the next read of the buffer.</summary>
    public CapturedPacket View(BlockBuffer buffer) =>
        new(Number, TimestampNs, InterfaceIndex, LinkType, OriginalLength, buffer.Consumed(Behind, CapturedLength));
}
