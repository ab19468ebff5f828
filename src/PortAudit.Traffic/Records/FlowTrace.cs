using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>What capture points compare of a flow: how each side began, and a sample of its packets. The sample is
/// chosen by packet content (hash-based selection, RFC 5475 §6.2), so every point chooses the same packets.</summary>
/// <param name="Out">What the originator sent.</param>
/// <param name="In">What the responder sent.</param>
public sealed record FlowTrace(SideTrace Out, SideTrace In)
{
    /// <summary>Packets kept per side at most. A long connection has enough in five minutes to compare
    /// clocks.</summary>
    public const int MaximumSamples = 16;

    /// <summary>The trace with the endpoints swapped.</summary>
    public FlowTrace Turn() => new(In, Out);
}

/// <summary>The trace of one side of a flow.</summary>
public sealed record SideTrace
{
    /// <summary>A side that sent nothing.</summary>
    public static readonly SideTrace None = new();

    /// <summary>Time to live or hop limit of its first packet other than RST; 0 without one.</summary>
    public byte HopLimit { get; init; }

    /// <summary>TCP: its SYN or SYN-ACK; null when it was not captured.</summary>
    public TcpOpening? Opening { get; init; }

    /// <summary>TCP: sequence numbers used, from the first one seen; SYN and FIN count one each. With
    /// <see cref="Opening"/> the length of its stream, modulo 2^32.</summary>
    public uint StreamLength { get; init; }

    /// <summary>TCP: digest of the first 48 bytes of its stream (including the random of a TLS hello), or of all if
    /// shorter; 0 when not captured in order.</summary>
    public ulong StreamStart { get; init; }

    /// <summary>TCP: the same for 256 bytes.</summary>
    public ulong LongStreamStart { get; init; }

    /// <summary>True when keys of <see cref="Samples"/> are relative to <see cref="Opening"/>, and so immune to a
    /// device that changes sequence numbers. They then do not distinguish connections.</summary>
    public bool IsRelative { get; init; }

    /// <summary>Some of its packets, by key.</summary>
    public ImmutableArray<SampledPacket> Samples { get; init; } = [];
}

/// <summary>A SYN or SYN-ACK (RFC 9293 §3.5); the first one if repeated.</summary>
/// <param name="SequenceNumber">Initial sequence number.</param>
/// <param name="TimestampNs">Time of capture, in nanoseconds since the Unix epoch.</param>
/// <param name="MaximumSegmentSize">In bytes; null without the option.</param>
/// <param name="WindowScale">In bits; null without the option.</param>
/// <param name="PermitsSack">True when it permits selective acknowledgments.</param>
/// <param name="Clock">Value of the timestamp option; null without it.</param>
public sealed record TcpOpening(uint SequenceNumber, long TimestampNs, ushort? MaximumSegmentSize, byte? WindowScale,
    bool PermitsSack, uint? Clock);

/// <summary>A sampled packet.</summary>
/// <param name="Key">Digest of what devices on the path do not change: the end of a segment, its acknowledgment, or the
/// identity of a datagram.</param>
/// <param name="TimestampNs">Time of its first capture, in nanoseconds since the Unix epoch.</param>
/// <param name="Content">Digest of the whole payload of a datagram with a message key (DNS, SIP, STUN); 0 for others
/// and when not captured whole.</param>
/// <param name="Number">TCP: the number behind the key as sent: the end of the segment, or its acknowledgment. 0 for
/// other transports.</param>
/// <param name="IsRepeated">True when it came more than once: the points may not have recorded the same one
/// first.</param>
public readonly record struct SampledPacket(ulong Key, long TimestampNs, uint Content, uint Number, bool IsRepeated);
