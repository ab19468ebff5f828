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
    public HandshakeChange Handshake { get; } = First.Trace is { } first && Second.Trace is { } second
        ? HandshakeComparison.Of(first, second, OffsetNs)
        : HandshakeChange.None;

    /// <summary>True when the packets of one point are those of the other: no proxy ended the connection.</summary>
    public bool IsSameStream => Basis != PairingBasis.Time && (Handshake == HandshakeChange.SequenceNumbers
        || (Handshake == HandshakeChange.None && Basis != PairingBasis.Payload));

    /// <summary>How much later than the first point the second one recorded each packet that both sampled.</summary>
    /// <param name="isOut">True for the originator's packets, false for the responder's.</param>
    public TimeDifferences Differences(bool isOut) =>
        First.Trace is { } first && Second.Trace is { } second && IsSameStream
            ? new TimeDifferences(isOut ? first.Out : first.In, isOut ? second.Out : second.In)
            : new TimeDifferences(SideTrace.None, SideTrace.None);
}

/// <summary>How much later than the first capture point the second one recorded a packet.</summary>
/// <param name="TimestampNs">When the first one recorded it, in nanoseconds since the Unix epoch.</param>
/// <param name="Ns">The difference of their clocks' times, in nanoseconds.</param>
internal readonly record struct TimeDifference(long TimestampNs, long Ns);

/// <summary>The differences of the packets of one side that both points sampled, and recorded once.</summary>
/// <param name="first">What the first point noted.</param>
/// <param name="second">What the second point noted.</param>
internal struct TimeDifferences(SideTrace first, SideTrace second)
{
    private SamplePairs _pairs = new(first, second);

    public readonly TimeDifference Current => new(_pairs.Current.First.TimestampNs,
        _pairs.Current.Second.TimestampNs - _pairs.Current.First.TimestampNs);

    public bool MoveNext()
    {
        while (_pairs.MoveNext())
        {
            if (_pairs.Current is { First.IsRepeated: false, Second.IsRepeated: false })
                return true;
        }

        return false;
    }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly TimeDifferences GetEnumerator() => this;

    /// <summary>The middle one, null if none.</summary>
    public readonly long? MedianNs()
    {
        Span<long> sorted = stackalloc long[FlowTrace.MaximumSamples];
        var count = 0;
        foreach (var difference in this)
            sorted[count++] = difference.Ns;
        sorted = sorted[..count];
        sorted.Sort();
        return count == 0 ? null : sorted[count / 2];
    }
}

/// <summary>A packet that both points sampled.</summary>
/// <param name="First">What the first point noted.</param>
/// <param name="Second">What the second point noted.</param>
internal readonly record struct SamplePair(SampledPacket First, SampledPacket Second);

/// <summary>The packets of one side of a flow that both points sampled, by key.</summary>
/// <param name="first">What the first point noted.</param>
/// <param name="second">What the second point noted.</param>
internal struct SamplePairs(SideTrace first, SideTrace second)
{
    private readonly bool _areComparable = first.IsRelative == second.IsRelative;
    private int _left;
    private int _right;

    public SamplePair Current { get; private set; }

    public bool MoveNext()
    {
        while (_areComparable && _left < first.Samples.Length && _right < second.Samples.Length)
        {
            var (one, other) = (first.Samples[_left], second.Samples[_right]);
            _left += one.Key <= other.Key ? 1 : 0;
            _right += other.Key <= one.Key ? 1 : 0;
            if (one.Key != other.Key)
                continue;
            Current = new SamplePair(one, other);
            return true;
        }

        return false;
    }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly SamplePairs GetEnumerator() => this;

    public readonly int Count()
    {
        var count = 0;
        foreach (var _ in this)
            count++;
        return count;
    }
}
