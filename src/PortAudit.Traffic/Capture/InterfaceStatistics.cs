namespace PortAudit.Traffic.Capture;

/// <summary>
/// What a capture says of the packets of one interface that it does not hold. Null means that the capture does not say,
/// which is not zero. Counters of statistics blocks are those of the interface's last block (draft-ietf-opsawg-pcapng
/// §4.6); they count from the start of the capture, so blocks are never summed.
/// </summary>
/// <param name="Interface">Index into the interfaces of the capture.</param>
/// <param name="Name">Name of the interface; null where the capture gives none.</param>
public sealed record InterfaceStatistics(int Interface, string? Name)
{
    /// <summary>Packets that the interface received (<c>isb_ifrecv</c>).</summary>
    public long? Received { get; init; }

    /// <summary>Packets that the interface dropped for want of room (<c>isb_ifdrop</c>).</summary>
    public long? DroppedByInterface { get; init; }

    /// <summary>Packets that the operating system dropped (<c>isb_osdrop</c>).</summary>
    public long? DroppedBySystem { get; init; }

    /// <summary>Packets that the capture filter let pass (<c>isb_filteraccept</c>).</summary>
    public long? Accepted { get; init; }

    /// <summary>Packets that were handed to the capturing program (<c>isb_usrdeliv</c>).</summary>
    public long? Delivered { get; init; }

    /// <summary>
    /// Packets lost between packets, as these say themselves: the sum of <c>epb_dropcount</c> and of the drops count of
    /// the obsolete Packet Block, or the highest cumulative drops of a snoop file (RFC 1761).
    /// </summary>
    public long? LostBetweenPackets { get; init; }

    /// <summary>
    /// Packets that were lost before they reached the capture; null when it does not say. Statistics and the packets'
    /// own counts tell of the same losses, so the larger stands.
    /// </summary>
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

    /// <summary>What was counted since an earlier reading of the same counters. A counter that went back, or was not
    /// told then, stands as it is.</summary>
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

    /// <summary>The sum of two counts, or the largest count there is: a capture may claim anything.</summary>
    internal static long AddSaturated(long one, long other) =>
        one > long.MaxValue - other ? long.MaxValue : one + other;
}
