namespace PortAudit.Traffic.Records;

/// <summary>Loss, reordering and retransmission in one direction of a TCP connection, as seen at the capture point.
/// Decided by sequence numbers and header lengths: bytes cut by the snap length are not missing. Zero for other
/// transports. Excludes packets only recorded twice (<see cref="FlowRecord.Duplicates"/>).</summary>
/// <param name="Retransmissions">Segments with payload seen before, or filling a gap too late to be reordering. Retried
/// SYNs are in <see cref="FlowRecord.SynCount"/>.</param>
/// <param name="OutOfOrder">Segments that fill a gap quickly: others overtook them.</param>
/// <param name="KeepAlives">Keep-alives: segments repeating at most the last byte (RFC 9293 §3.8.4).</param>
/// <param name="WindowProbes">Single bytes sent into a closed window (RFC 9293 §3.8.6.1).</param>
/// <param name="Jumps">Segments beyond the next expected one: something before them was lost or reordered.</param>
/// <param name="Gaps">Ranges acknowledged by the other side but not captured: lost by the capture, not the
/// network.</param>
/// <param name="GapBytes">Their total length in bytes; an unseen FIN counts as one.</param>
public readonly record struct StreamCounters(long Retransmissions, long OutOfOrder, long KeepAlives, long WindowProbes,
    long Jumps, long Gaps, long GapBytes)
{
    /// <summary>The sum.</summary>
    public static StreamCounters operator +(StreamCounters left, StreamCounters right) => Add(left, right);

    /// <summary>The sum.</summary>
    public static StreamCounters Add(StreamCounters left, StreamCounters right) => new(
        left.Retransmissions + right.Retransmissions,
        left.OutOfOrder + right.OutOfOrder,
        left.KeepAlives + right.KeepAlives,
        left.WindowProbes + right.WindowProbes,
        left.Jumps + right.Jumps,
        left.Gaps + right.Gaps,
        left.GapBytes + right.GapBytes);
}
