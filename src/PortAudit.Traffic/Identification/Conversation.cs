using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Identification;

/// <summary>
/// The bytes of a flow that a recogniser may look at. For TCP: the reassembled start of the stream of each direction, which
/// grows from call to call until a bound. For a datagram protocol: the payload of one datagram, in the direction in which it went; for ICMP
/// one echo message with its header.
/// </summary>
public ref struct Conversation
{
    /// <summary>Makes the view.</summary>
    public Conversation(IpProtocol transport, ushort originatorPort, ushort responderPort, ReadOnlySpan<byte> fromOriginator, ReadOnlySpan<byte> fromResponder, bool isWhole, DatagramHistory earlier = default)
    {
        Transport = transport;
        OriginatorPort = originatorPort;
        ResponderPort = responderPort;
        FromOriginator = fromOriginator;
        FromResponder = fromResponder;
        IsWhole = isWhole;
        Earlier = earlier;
    }

    /// <summary>
    /// Makes the view of what a flow brings, where it is to stand. A view of a hundred bytes that is made elsewhere and copied, or a history that is written empty and read back at once, makes the processor wait until all
    /// that it wrote before is in memory: a thirtieth of the time of a whole list of flows.
    /// </summary>
    internal static void Make(ref readonly Flow flow, ReadOnlySpan<byte> fromOriginator, ReadOnlySpan<byte> fromResponder, bool isWhole, DatagramMemory? earlier, out Conversation conversation)
    {
        conversation = default;
        conversation.Transport = flow.Key.Transport;
        (conversation.OriginatorPort, conversation.ResponderPort) = flow.Originator == Side.Low ? (flow.Key.LowPort, flow.Key.HighPort) : (flow.Key.HighPort, flow.Key.LowPort);
        conversation.FromOriginator = fromOriginator;
        conversation.FromResponder = fromResponder;
        conversation.IsWhole = isWhole;
        if (flow.Key.Low.IsMulticast || flow.Key.High.IsMulticast)
            conversation.Group = flow.Key.Low.IsMulticast ? flow.Key.Low : flow.Key.High;
        if (earlier is not null)
            conversation.Earlier = earlier.HistoryOf(flow.Originator);
    }

    /// <summary>Transport protocol: TCP, UDP or ICMP.</summary>
    public IpProtocol Transport { get; private set; }

    /// <summary>Port of the presumed originator: a hint for order, never proof.</summary>
    public ushort OriginatorPort { get; private set; }

    /// <summary>Port of the presumed responder: a hint for order, never proof.</summary>
    public ushort ResponderPort { get; private set; }

    /// <summary>What the presumed originator sent. Who that is may be a guess: see <see cref="Recognition.Client"/>.</summary>
    public ReadOnlySpan<byte> FromOriginator { get; private set; }

    /// <summary>What the presumed responder sent.</summary>
    public ReadOnlySpan<byte> FromResponder { get; private set; }

    /// <summary>
    /// False when the snap length cut a datagram's payload, so that its length fields may point beyond the bytes.
    /// Streams are always true: bytes that were not captured are not shown.
    /// </summary>
    public bool IsWhole { get; private set; }

    /// <summary>The multicast group to which the flow's datagrams go; default when it has none. Unlike a port it is the protocol's own: nobody else is sent there.</summary>
    public IpAddress Group { get; private set; }

    /// <summary>What went before this datagram, of both directions; empty for TCP.</summary>
    public DatagramHistory Earlier { get; private set; }
}
