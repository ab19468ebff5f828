using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>How a flow's packets came: sizes, gaps and turns, of its first <see cref="MaximumPackets"/> packets. No
/// address, port, name or time of day, and no byte of the payload. A packet recorded twice counts once.</summary>
/// <param name="Packets">Packets counted, both directions, empty ones included.</param>
/// <param name="Turns">Packets with payload whose sender is not that of the one before.</param>
/// <param name="Bursts">Runs of packets with payload, of either direction, without a pause of
/// <see cref="BurstGapNs"/>.</param>
/// <param name="SpanNs">From the first packet with payload to the last, in nanoseconds.</param>
/// <param name="Out">What the originator sent.</param>
/// <param name="In">What the responder sent.</param>
public sealed record FlowBehaviour(
    int Packets, int Turns, int Bursts, long SpanNs, DirectionBehaviour Out, DirectionBehaviour In)
{
    /// <summary>Packets counted per flow: a flow shows its kind early, and the counters fit 16 bits.</summary>
    public const int MaximumPackets = 10_000;

    /// <summary>Packets with payload below which a flow has no behaviour to judge.</summary>
    public const int MinimumFilled = 10;

    /// <summary>Pause that ends a burst, in nanoseconds: a tenth of a second, longer than audio and video
    /// pause.</summary>
    public const long BurstGapNs = 100_000_000;

    /// <summary>Classes of payload sizes.</summary>
    public const int SizeClasses = 6;

    /// <summary>Classes of gaps.</summary>
    public const int GapClasses = 7;

    /// <summary>Lower bounds of the size classes but the first, in bytes of payload.</summary>
    public static ReadOnlySpan<int> SizeBounds => Sizes;

    /// <summary>Lower bounds of the gap classes but the first, in nanoseconds: those in the middle hold the packet
    /// times of audio, 10, 20 and 30 ms and multiples (RFC 3551 §4.2).</summary>
    public static ReadOnlySpan<long> GapBoundsNs => Gaps;

    // Arrays: a list of numbers written in the property itself is allocated until the compiler has optimised it.
    private static readonly int[] Sizes = [32, 100, 250, 600, 1_200];

    private static readonly long[] Gaps =
        [1_000_000, 8_000_000, 16_000_000, 28_000_000, 70_000_000, 1_000_000_000];
}

/// <summary>How the packets of one direction came.</summary>
/// <param name="Empty">Packets without payload.</param>
/// <param name="PayloadBytes">Sum of the payloads, in bytes.</param>
/// <param name="SquareSum">Sum of the squared payload sizes.</param>
/// <param name="Disorder">Entropy of the bytes of its third payload, in 1/30 bit per byte; null when that was not
/// captured, or is short. The first two often hold a handshake.</param>
/// <param name="Sizes">Packets with payload by class of size.</param>
/// <param name="Gaps">Gaps between its packets with payload by class.</param>
public sealed record DirectionBehaviour(
    int Empty, long PayloadBytes, long SquareSum, byte? Disorder, ImmutableArray<int> Sizes, ImmutableArray<int> Gaps)
{
    /// <summary>Packets with payload.</summary>
    public long Filled => Sizes.Sum(count => (long)count);
}
