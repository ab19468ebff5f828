using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>The bytes of a flow shown to a recogniser. TCP: the reassembled start of both streams, growing with each
/// call up to a limit. Datagrams: the payload of one datagram; for ICMP an echo message with its header.</summary>
public ref struct Conversation
{
    /// <summary>Bytes shown per direction: two TLS records (RFC 8446 §5.1), enough for a server's certificate
    /// chain.</summary>
    public const int MaximumStreamLength = 32 * 1024;

    /// <summary>A view of these bytes.</summary>
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

    /// <summary>Port of the presumed originator: a hint, never proof.</summary>
    public ushort OriginatorPort { get; internal set; }

    /// <summary>Port of the presumed responder: a hint, never proof.</summary>
    public ushort ResponderPort { get; internal set; }

    /// <summary>What the presumed originator sent. This may be a guess: see <see cref="Recognition.Client"/>.</summary>
    public ReadOnlySpan<byte> FromOriginator { get; internal set; }

    /// <summary>What the presumed responder sent.</summary>
    public ReadOnlySpan<byte> FromResponder { get; internal set; }

    /// <summary>False for a datagram cut by the snap length: its length fields may exceed the bytes. Always true for
    /// streams: bytes not captured are not shown.</summary>
    public bool IsWhole { get; internal set; }

    /// <summary>The multicast group of the flow's datagrams; default without one. Unlike a port it belongs to the
    /// protocol alone.</summary>
    public IpAddress Group { get; internal set; }

    /// <summary>Address of the presumed responder; default when not given.</summary>
    internal IpAddress Responder { get; set; }

    /// <summary>Earlier datagrams in both directions; empty for TCP.</summary>
    public DatagramHistory Earlier { get; internal set; }
}
