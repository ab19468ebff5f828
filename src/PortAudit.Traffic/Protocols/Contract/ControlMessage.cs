using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// Bytes of a control conversation that a tracker has not yet read. For TCP: what of one direction is there without a
/// hole, in order. For UDP: one datagram, put together if it was fragmented.
/// </summary>
internal readonly ref struct ControlMessage
{
    /// <summary>Bytes of one direction's stream that are kept for its tracker at most, until it is done with
    /// them.</summary>
    public const int MaximumStreamLength = Conversation.MaximumStreamLength;

    /// <summary>Makes the view.</summary>
    public ControlMessage(IpProtocol transport, Endpoint sender, Endpoint receiver, bool byOriginator,
        ReadOnlySpan<byte> bytes)
    {
        Transport = transport;
        Sender = sender;
        Receiver = receiver;
        ByOriginator = byOriginator;
        Bytes = bytes;
    }

    /// <summary>Transport protocol: TCP or UDP.</summary>
    public IpProtocol Transport { get; }

    /// <summary>True for TCP.</summary>
    public bool IsStream => Transport == IpProtocol.Tcp;

    /// <summary>Who sent the bytes.</summary>
    public Endpoint Sender { get; }

    /// <summary>To whom.</summary>
    public Endpoint Receiver { get; }

    /// <summary>True when the flow's originator sent them. Who that is may be a guess: where messages say who speaks,
    /// go by them.</summary>
    public bool ByOriginator { get; }

    /// <summary>The bytes. The span lives as long as the call.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>True when bytes of the stream are missing before these, which begin with a segment: perhaps, but not
    /// surely, with a message.</summary>
    public bool IsAfterGap { get; init; }

    /// <summary>False when the snap length cut the datagram, so that its length fields may point beyond the bytes.
    /// Streams are always true.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>When the last of the bytes came, in nanoseconds since the Unix epoch.</summary>
    public long TimestampNs { get; init; }
}
