namespace PortAudit.Traffic.Capture;

/// <summary>Where the packet that was handed out last lies in the block buffer, so that it can be viewed again while
/// other captures are merged.</summary>
/// <param name="Number">Frame number.</param>
/// <param name="TimestampNs">Time of capture in nanoseconds since the Unix epoch.</param>
/// <param name="InterfaceIndex">Index of its interface.</param>
/// <param name="LinkType">Link-layer type.</param>
/// <param name="OriginalLength">Length on the wire in bytes.</param>
/// <param name="Behind">How far its first byte lies behind the last consumed one.</param>
/// <param name="CapturedLength">Captured bytes.</param>
internal readonly record struct PacketPlace(long Number, long TimestampNs, int InterfaceIndex, LinkType LinkType,
    int OriginalLength, int Behind, int CapturedLength)
{
    /// <summary>The packet. Good until the buffer is asked for more.</summary>
    public CapturedPacket View(BlockBuffer buffer) =>
        new(Number, TimestampNs, InterfaceIndex, LinkType, OriginalLength, buffer.Consumed(Behind, CapturedLength));
}
