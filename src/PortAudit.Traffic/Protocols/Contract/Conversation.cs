using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// The bytes of a flow that a recogniser may look at. For TCP: the reassembled start of the stream of each direction,
/// which grows from call to call until a bound. For a datagram protocol: the payload of one datagram, in the direction
/// in which it went; for ICMP one echo message with its header.
/// </summary>
public ref struct Conversation
{
    /// <summary>Bytes of each direction's stream that are shown at most: two TLS records (RFC 8446 §5.1), room for a
    /// server's certificate chain.</summary>
    public const int MaximumStreamLength = 32 * 1024;

    /// <summary>Makes the view.</summary>
    public Conversation(IpProtocol transport, ushort originatorPort, ushort responderPort,
        ReadOnlySpan<byte> fromOriginator, ReadOnlySpan<byte> fromResponder, bool isWhole,
        DatagramHistory earlier = default)
    {
        Transport = transport;
        OriginatorPort = originatorPort;
        ResponderPort = responderPort;
        FromOriginator = fromOriginator;
        FromResponder = fromResponder;
        IsWhole = isWhole;
        Earlier = earlier;
    }

    /// <summary>Transport protocol: TCP, UDP or ICMP.</summary>
    public IpProtocol Transport { get; internal set; }

    /// <summary>Port of the presumed originator: a hint for order, never proof.</summary>
    public ushort OriginatorPort { get; internal set; }

    /// <summary>Port of the presumed responder: a hint for order, never proof.</summary>
    public ushort ResponderPort { get; internal set; }

    /// <summary>What the presumed originator sent. Who that is may be a guess: see
    /// <see cref="Recognition.Client"/>.</summary>
    public ReadOnlySpan<byte> FromOriginator { get; internal set; }

    /// <summary>What the presumed responder sent.</summary>
    public ReadOnlySpan<byte> FromResponder { get; internal set; }

    /// <summary>
    /// False when the snap length cut a datagram's payload, so that its length fields may point beyond the bytes.
    /// Streams are always true: bytes that were not captured are not shown.
    /// </summary>
    public bool IsWhole { get; internal set; }

    /// <summary>The multicast group to which the flow's datagrams go; default when it has none. Unlike a port it is the
    /// protocol's own: nobody else is sent there.</summary>
    public IpAddress Group { get; internal set; }

    /// <summary>Address of the presumed responder; default where a conversation is shown without.</summary>
    internal IpAddress Responder { get; set; }

    /// <summary>What went before this datagram, of both directions; empty for TCP.</summary>
    public DatagramHistory Earlier { get; internal set; }
}
