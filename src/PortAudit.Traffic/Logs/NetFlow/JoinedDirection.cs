using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Who opened a flow, by its records.</summary>
internal static class JoinedDirection
{
    private const TcpFlags Handshake = TcpFlags.Syn | TcpFlags.Ack;

    /// <summary>The side that opened a flow, and what that rests on: flags, then registered ports, then who began
    /// earlier. Where both began at the same time, as in what is exported by programs that keep one start of both
    /// directions, the side with the higher port, as services are below the ports of clients.</summary>
    public static Side Of(JoinedFlow flow, out DirectionBasis basis)
    {
        var originator = Decide(flow, out basis);
        if (flow.Key.AddressOf(originator).IsUnicast || !flow.Key.AddressOf(originator.Other()).IsUnicast)
            return originator;
        basis = DirectionBasis.FirstPacket;
        return originator.Other();
    }

    private static Side Decide(JoinedFlow flow, out DirectionBasis basis)
    {
        var transport = flow.Key.Transport;
        var begun = flow.Begun;
        if (transport.IsIcmp)
        {
            basis = begun.HidesAnswers ? DirectionBasis.FirstPacket : DirectionBasis.Payload;
            var isAnswer = !begun.HidesAnswers
                && IcmpPairing.TryPair(transport, (byte)begun.From.Port, out var request, out _)
                && request != begun.From.Port;
            var sender = Sides.LowIf(begun.From.Address == flow.Key.Low);
            return isAnswer ? sender.Other() : sender;
        }

        var order = transport.HasPorts
            ? FlowDirection.PortOrderOf(transport, flow.Key.LowPort, flow.Key.HighPort)
            : 0;
        if (transport == IpProtocol.Tcp && OfFlags(flow, order) is { } opener)
        {
            basis = DirectionBasis.Syn;
            return opener;
        }

        basis = order != 0 ? DirectionBasis.Port : DirectionBasis.FirstPacket;
        if (order != 0)
            return Sides.LowIf(order < 0);
        return flow.Initiator ?? Earlier(flow) ?? Sides.LowIf(flow.Key.LowPort > flow.Key.HighPort);
    }

    /// <summary>The sender of the SYN, where flags tell it. Flags of all packets of a record stand together, so one
    /// with SYN and ACK may be of either side: SYN without ACK is the originator's, and of two sides with both flags
    /// the one that began earlier, unless ports say otherwise.</summary>
    private static Side? OfFlags(JoinedFlow flow, int order)
    {
        var (low, high) = (flow.Of(Side.Low), flow.Of(Side.High));
        if (IsOpening(low.First) != IsOpening(high.First))
            return Sides.LowIf(IsOpening(low.First));
        if (IsOpening(low.Flags) != IsOpening(high.Flags))
            return Sides.LowIf(IsOpening(low.Flags));
        if ((low.Flags & high.Flags & TcpFlags.Syn) == 0 || Earlier(flow) is not { } earlier)
            return null;
        return order == 0 || (order < 0) == (earlier == Side.Low) ? earlier : null;
    }

    private static bool IsOpening(TcpFlags flags) => (flags & Handshake) == TcpFlags.Syn;

    private static Side? Earlier(JoinedFlow flow)
    {
        var (low, high) = (flow.Of(Side.Low), flow.Of(Side.High));
        if (!low.Sent || !high.Sent)
            return Sides.LowIf(low.Sent);
        return low.StartNs == high.StartNs ? null : Sides.LowIf(low.StartNs < high.StartNs);
    }
}
