using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Passages;

/// <summary>One connection as two capture points recorded it; both flows have the same end as originator.</summary>
/// <param name="First">The flow of the first point.</param>
/// <param name="Second">The flow of the second point.</param>
/// <param name="Basis">By what they were recognised.</param>
/// <param name="OffsetNs">How much later the second clock reads, in nanoseconds, as far as it was known when they were
/// recognised.</param>
internal sealed record FlowPair(FlowRecord First, FlowRecord Second, PairingBasis Basis, long? OffsetNs)
{
    /// <summary>What became of the handshake between them.</summary>
    public HandshakeChange Handshake { get; } = First.Trace is { } first && Second.Trace is { } second
        ? HandshakeComparison.Of(first, second, OffsetNs)
        : HandshakeChange.None;

    /// <summary>True when the packets of one point are those of the other: no proxy ended the connection.</summary>
    public bool IsSameStream => Basis != PairingBasis.Time && (Handshake == HandshakeChange.SequenceNumbers
        || (Handshake == HandshakeChange.None && Basis != PairingBasis.Payload));

    /// <summary>How much later than the first point the second one recorded each packet that both sampled.</summary>
    /// <param name="isOut">True for the originator's packets, false for the responder's.</param>
    /// <returns>The time at the first point, in nanoseconds since the Unix epoch, and the difference, in
    /// nanoseconds.</returns>
    public IEnumerable<TimeDifference> Differences(bool isOut)
    {
        if (First.Trace is not { } first || Second.Trace is not { } second || !IsSameStream)
            return [];
        return SamplePair.Of(isOut ? first.Out : first.In, isOut ? second.Out : second.In)
            .Where(pair => !pair.First.IsRepeated && !pair.Second.IsRepeated)
            .Select(pair => new TimeDifference(pair.First.TimestampNs,
                pair.Second.TimestampNs - pair.First.TimestampNs));
    }
}

/// <summary>How much later than the first capture point the second one recorded a packet.</summary>
/// <param name="TimestampNs">When the first one recorded it, in nanoseconds since the Unix epoch.</param>
/// <param name="Ns">The difference of their clocks' times, in nanoseconds.</param>
internal readonly record struct TimeDifference(long TimestampNs, long Ns);

/// <summary>A packet that both points sampled.</summary>
/// <param name="First">What the first point noted.</param>
/// <param name="Second">What the second point noted.</param>
internal readonly record struct SamplePair(SampledPacket First, SampledPacket Second)
{
    /// <summary>Those of one side of a flow, by key.</summary>
    public static List<SamplePair> Of(SideTrace one, SideTrace other)
    {
        var pairs = new List<SamplePair>();
        if (one.IsRelative != other.IsRelative)
            return pairs;
        var (left, right) = (0, 0);
        while (left < one.Samples.Length && right < other.Samples.Length)
        {
            var (a, b) = (one.Samples[left], other.Samples[right]);
            if (a.Key == b.Key)
                pairs.Add(new SamplePair(a, b));
            left += a.Key <= b.Key ? 1 : 0;
            right += b.Key <= a.Key ? 1 : 0;
        }

        return pairs;
    }
}
