namespace PortAudit.Traffic.Capture;

/// <summary>What a capture reports about packets of an interface that it does not contain. Null means not reported,
/// which is not zero. Counters from statistics blocks are those of the last block (draft-ietf-opsawg-pcapng §4.6): they
/// count from the start of the capture and are never summed.</summary>
/// <param name="Interface">Index into the interfaces of the capture.</param>
/// <param name="Name">Name of the interface; null without one.</param>
public sealed record InterfaceStatistics(int Interface, string? Name)
{
    /// <summary>Packets received by the interface (<c>isb_ifrecv</c>).</summary>
    public long? Received { get; init; }

    /// <summary>Packets dropped by the interface (<c>isb_ifdrop</c>).</summary>
    public long? DroppedByInterface { get; init; }

    /// <summary>Packets dropped by the operating system (<c>isb_osdrop</c>).</summary>
    public long? DroppedBySystem { get; init; }

    /// <summary>Packets accepted by the capture filter (<c>isb_filteraccept</c>).</summary>
    public long? Accepted { get; init; }

    /// <summary>Packets delivered to the capturing program (<c>isb_usrdeliv</c>).</summary>
    public long? Delivered { get; init; }

    /// <summary>Losses recorded with packets: the sum of <c>epb_dropcount</c> and of the obsolete Packet Block's drops
    /// count, or the highest cumulative drops of a snoop file (RFC 1761).</summary>
    public long? LostBetweenPackets { get; init; }

    /// <summary>Packets lost before they reached the capture; null when not reported. Statistics and per-packet counts
    /// describe the same losses, so the larger one is used.</summary>
    public long? Dropped
    {
        get
        {
            long? ofStatistics = DroppedByInterface is null && DroppedBySystem is null
                ? null
                : AddSaturated(DroppedByInterface ?? 0, DroppedBySystem ?? 0);
            return ofStatistics is { } one && LostBetweenPackets is { } other
                ? Math.Max(one, other)
                : ofStatistics ?? LostBetweenPackets;
        }
    }

    /// <summary>Counts since an earlier reading of the same counters. A counter that decreased, or was null then, is
    /// unchanged.</summary>
    internal InterfaceStatistics Since(InterfaceStatistics? earlier) => this with
    {
        Received = Since(Received, earlier?.Received),
        DroppedByInterface = Since(DroppedByInterface, earlier?.DroppedByInterface),
        DroppedBySystem = Since(DroppedBySystem, earlier?.DroppedBySystem),
        Accepted = Since(Accepted, earlier?.Accepted),
        Delivered = Since(Delivered, earlier?.Delivered),
        LostBetweenPackets = Since(LostBetweenPackets, earlier?.LostBetweenPackets),
    };

    private static long? Since(long? now, long? earlier) => now >= earlier ? now - earlier : now;

    /// <summary>The sum, saturated: a capture may claim anything.</summary>
    internal static long AddSaturated(long one, long other) =>
        one > long.MaxValue - other ? long.MaxValue : one + other;
}
