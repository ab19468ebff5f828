using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Unread bytes of a control conversation. TCP: one direction, in order, without gaps. UDP: one datagram,
/// reassembled if it was fragmented.</summary>
internal readonly ref struct ControlMessage
{
    /// <summary>Bytes of one direction kept for its tracker until it consumes them.</summary>
    public const int MaximumStreamLength = Conversation.MaximumStreamLength;

    public ControlMessage(IpProtocol transport, Endpoint sender, Endpoint receiver, bool byOriginator,
        ReadOnlySpan<byte> bytes)
    {
        Transport = transport;
        Sender = sender;
        Receiver = receiver;
        ByOriginator = byOriginator;
        Bytes = bytes;
    }

    /// <summary>TCP or UDP.</summary>
    public IpProtocol Transport { get; }

    public bool IsStream => Transport == IpProtocol.Tcp;

    public Endpoint Sender { get; }

    public Endpoint Receiver { get; }

    /// <summary>True when the flow's originator sent them. This may be a guess: prefer what messages say.</summary>
    public bool ByOriginator { get; }

    /// <summary>The bytes, valid during the call.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>True when bytes before these are missing. They begin with a segment, probably a message.</summary>
    public bool IsAfterGap { get; init; }

    /// <summary>False for a datagram cut by the snap length: its length fields may exceed the bytes. Always true for
    /// streams.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Time of the last of the bytes, in nanoseconds since the Unix epoch.</summary>
    public long TimestampNs { get; init; }
}
