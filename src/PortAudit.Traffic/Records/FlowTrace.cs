using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>
/// What several capture points compare of a flow: how each side began, and a sample of its packets. The sample is
/// chosen by the packets' content (hash-based selection, RFC 5475 §6.2), so that every point chooses the same ones.
/// </summary>
/// <param name="Out">What the originator sent.</param>
/// <param name="In">What the responder sent.</param>
public sealed record FlowTrace(SideTrace Out, SideTrace In)
{
    /// <summary>Packets kept of each side at most. A long connection has enough of them in five minutes for a
    /// clock.</summary>
    public const int MaximumSamples = 16;

    /// <summary>The same where the two ends change over.</summary>
    public FlowTrace Turn() => new(In, Out);
}

/// <summary>What is compared of one side of a flow.</summary>
public sealed record SideTrace
{
    /// <summary>That of a side that sent nothing.</summary>
    public static readonly SideTrace None = new();

    /// <summary>Time to live or hop limit of its first packet that is no RST; 0 without one.</summary>
    public byte HopLimit { get; init; }

    /// <summary>TCP: its SYN or SYN-ACK; null when it was not captured.</summary>
    public TcpOpening? Opening { get; init; }

    /// <summary>TCP: sequence numbers that it used, from the first one seen; SYN and FIN count one each. With
    /// <see cref="Opening"/> this is the length of its stream, modulo 2^32.</summary>
    public uint StreamLength { get; init; }

    /// <summary>TCP: digest of the first 48 bytes of its stream, the random of a TLS hello among them, or of all where
    /// it is shorter; 0 when they were not captured in order.</summary>
    public ulong StreamStart { get; init; }

    /// <summary>TCP: the same of 256 bytes.</summary>
    public ulong LongStreamStart { get; init; }

    /// <summary>True when the keys of <see cref="Samples"/> count from <see cref="Opening"/>, so that a device which
    /// changes sequence numbers leaves them as they are. They then tell no connection from another.</summary>
    public bool IsRelative { get; init; }

    /// <summary>Some of its packets, by key.</summary>
    public ImmutableArray<SampledPacket> Samples { get; init; } = [];
}

/// <summary>A SYN or SYN-ACK (RFC 9293 §3.5), the first one where it was repeated.</summary>
/// <param name="SequenceNumber">Initial sequence number.</param>
/// <param name="TimestampNs">When it was captured, in nanoseconds since the Unix epoch.</param>
/// <param name="MaximumSegmentSize">In bytes; null without the option.</param>
/// <param name="WindowScale">In bits; null without the option.</param>
/// <param name="PermitsSack">True when it permits selective acknowledgments.</param>
/// <param name="Clock">Value of the timestamp option; null without it.</param>
public sealed record TcpOpening(uint SequenceNumber, long TimestampNs, ushort? MaximumSegmentSize, byte? WindowScale,
    bool PermitsSack, uint? Clock);

/// <summary>A packet that a flow's trace names.</summary>
/// <param name="Key">Digest of what a device on the way leaves as it is: where a segment ends, what it acknowledges, or
/// what tells a datagram from others.</param>
/// <param name="TimestampNs">When it was captured first, in nanoseconds since the Unix epoch.</param>
/// <param name="Content">Digest of the whole payload of a datagram whose key is that of its message (DNS, SIP, STUN); 0
/// for any other, and where it was not captured whole.</param>
/// <param name="Number">TCP: the number on which the key rests, as it was sent: where the segment ends, or what it
/// acknowledges. 0 for other transports.</param>
/// <param name="IsRepeated">True when it came more than once: the points need not have recorded the same one
/// first.</param>
public readonly record struct SampledPacket(ulong Key, long TimestampNs, uint Content, uint Number, bool IsRepeated);
