using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Settles who opened a flow, by the ladder of <see cref="DirectionBasis"/>: a stronger basis found later turns the flow.</summary>
internal static class FlowDirection
{
    private const ushort LastSystemPort = 1023;

    /// <summary>The first claim about a new flow, from its first packet. TCP control bits are noted afterwards and may be stronger.</summary>
    public static void Begin(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        flow.LowIsOriginator = sentByLow;
        flow.Basis = DirectionBasis.FirstPacket;
        if (packet.Protocol.IsIcmp)
            BeginIcmp(ref flow, packet, sentByLow);
        else if (packet.Protocol.HasPorts)
            BeginByPort(ref flow);

        // Broadcast and multicast addresses are never originators.
        if (!Originator(in flow).IsUnicast && Responder(in flow).IsUnicast)
            flow.LowIsOriginator = !flow.LowIsOriginator;
    }

    /// <summary>Takes a claim when its basis is stronger than the one that stands; the flow turns when the claim contradicts it.</summary>
    public static void Settle(ref Flow flow, bool lowIsOriginator, DirectionBasis basis)
    {
        if (basis <= flow.Basis)
            return;
        if (flow.LowIsOriginator != lowIsOriginator)
        {
            var isFirstPacket = flow.Packets == 0;
            flow.LowIsOriginator = lowIsOriginator;
            if (!isFirstPacket)
                flow.Marks ^= FlowMarks.Flipped;
        }

        flow.Basis = basis;
    }

    /// <summary>True for a port that services listen on: in the registry, or one of the system ports (RFC 6335 §6).</summary>
    public static bool IsServicePort(IpProtocol transport, ushort port) => port is > 0 and <= LastSystemPort || ProtocolRegistry.IsRegistered(transport, port);

    private static void BeginByPort(ref Flow flow)
    {
        var low = IsServicePort(flow.Key.Transport, flow.Key.LowPort);
        var high = IsServicePort(flow.Key.Transport, flow.Key.HighPort);
        if (low == high)
            return;
        flow.LowIsOriginator = high;
        flow.Basis = DirectionBasis.Port;
    }

    private static void BeginIcmp(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        var type = (byte)packet.SourcePort;
        flow.IcmpCode = (byte)packet.DestinationPort;
        flow.Basis = DirectionBasis.Payload;
        if (IcmpPairing.TryPair(packet.Protocol, type, out var request, out _) && type != request)
            flow.LowIsOriginator = !sentByLow;
    }

    private static IpAddress Originator(ref readonly Flow flow) => flow.LowIsOriginator ? flow.Key.Low : flow.Key.High;

    private static IpAddress Responder(ref readonly Flow flow) => flow.LowIsOriginator ? flow.Key.High : flow.Key.Low;
}
