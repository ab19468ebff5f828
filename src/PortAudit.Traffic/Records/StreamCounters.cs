namespace PortAudit.Traffic.Records;

/// <summary>
/// What of one direction of a TCP connection did not come once and in order, as the capture point saw it. Sequence
/// numbers decide, and lengths come from headers: what a snap length cut away is not missing here. All zero for other
/// transports. Packets that are only recorded twice (<see cref="FlowRecord.Duplicates"/>) are not among them.
/// </summary>
/// <param name="Retransmissions">Segments whose payload was seen before, or fills a hole so late that it was sent
/// again. Retried SYNs are in <see cref="FlowRecord.SynCount"/>.</param>
/// <param name="OutOfOrder">Segments that fill a hole at once: others overtook them.</param>
/// <param name="KeepAlives">Segments that repeat at most the last byte to ask whether the other side is still there
/// (RFC 9293 §3.8.4).</param>
/// <param name="WindowProbes">Single bytes sent into a closed window (RFC 9293 §3.8.6.1).</param>
/// <param name="Jumps">Segments that began beyond all that was seen: something before them was lost, or came
/// later.</param>
/// <param name="Gaps">Ranges that the other side acknowledged and the capture does not hold: the capture lost them, not
/// the network.</param>
/// <param name="GapBytes">Sum of their lengths in bytes; an unseen FIN counts as one.</param>
public readonly record struct StreamCounters(long Retransmissions, long OutOfOrder, long KeepAlives, long WindowProbes,
    long Jumps, long Gaps, long GapBytes)
{
    /// <summary>The sums of both.</summary>
    public static StreamCounters operator +(StreamCounters left, StreamCounters right) => Add(left, right);

    /// <summary>The sums of both.</summary>
    public static StreamCounters Add(StreamCounters left, StreamCounters right) => new(
        left.Retransmissions + right.Retransmissions,
        left.OutOfOrder + right.OutOfOrder,
        left.KeepAlives + right.KeepAlives,
        left.WindowProbes + right.WindowProbes,
        left.Jumps + right.Jumps,
        left.Gaps + right.Gaps,
        left.GapBytes + right.GapBytes);
}
