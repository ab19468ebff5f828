using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Decides who opened a flow, by the order of <see cref="DirectionBasis"/>: a stronger basis found later flips
/// the flow.</summary>
internal static class FlowDirection
{
    /// <summary>Last of the System Ports (RFC 6335 §6).</summary>
    private const ushort LastSystemPort = 1023;

    /// <summary>FTP servers open active data connections from this port (RFC 959 §3.2).</summary>
    private const ushort FtpData = 20;

    /// <summary>The same over TLS (IANA <c>ftps-data</c>).</summary>
    private const ushort FtpsData = 989;

    /// <summary>DHCP clients listen on and send from this port (RFC 2131 §4.1).</summary>
    private const ushort DhcpClient = 68;

    /// <summary>DHCPv6 clients listen on this port (RFC 8415 §7.2).</summary>
    private const ushort Dhcpv6Client = 546;

    /// <summary>The side of a flow to which a port number points.</summary>
    private enum PortSide
    {
        Originator,
        Either,
        Responder,
    }

    /// <summary>The first decision for a new flow, from its first packet. TCP control bits come later and may be
    /// stronger.</summary>
    public static void Begin(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        var (originator, basis) = (sender, DirectionBasis.FirstPacket);
        if (packet.Protocol.IsIcmp)
        {
            flow.IcmpCode = (byte)packet.DestinationPort;
            (originator, basis) = (IsReply(packet) ? sender.Other() : sender, DirectionBasis.Payload);
        }
        else if (packet.Protocol.HasPorts
            && PortOrderOf(flow.Key.Transport, flow.Key.LowPort, flow.Key.HighPort) is not 0 and var order)
        {
            (originator, basis) = (Sides.LowIf(order < 0), DirectionBasis.Port);
        }

        if (IsGroup(in flow, originator))
            (originator, basis) = (originator.Other(), DirectionBasis.FirstPacket);
        flow.Originator = originator;
        flow.Basis = basis;
    }

    /// <summary>Applies a decision if its basis is stronger than the current one; flips the flow if it
    /// contradicts.</summary>
    public static void Settle(ref Flow flow, Side originator, DirectionBasis basis)
    {
        if (basis <= flow.Basis || IsGroup(in flow, originator))
            return;
        if (flow.Originator != originator)
        {
            var isFirstPacket = flow.Packets == 0;
            flow.Originator = originator;
            if (!isFirstPacket)
                flow.Flags ^= FlowFlags.Flipped;
        }

        flow.Basis = basis;
    }

    /// <summary>Negative when the first port is the originator's by its registration, positive when the second one is,
    /// 0 when undecided.</summary>
    public static int PortOrderOf(IpProtocol transport, ushort first, ushort second) =>
        PortSideOf(transport, first) - PortSideOf(transport, second);

    /// <summary>The side of a port by its registration; the lesser of two is the originator's.</summary>
    private static PortSide PortSideOf(IpProtocol transport, ushort port)
    {
        if (transport == IpProtocol.Udp ? port is DhcpClient or Dhcpv6Client : port is FtpData or FtpsData)
            return PortSide.Originator;
        return port is > 0 and <= LastSystemPort || ProtocolRegistry.IsRegistered(transport, port)
            ? PortSide.Responder
            : PortSide.Either;
    }

    private static bool IsReply(in DecodedPacket packet) => (byte)packet.SourcePort is var type
        && IcmpPairing.TryPair(packet.Protocol, type, out var request, out _) && type != request;

    /// <summary>True when a decision would make a broadcast or multicast address the originator, which it never
    /// is.</summary>
    private static bool IsGroup(ref readonly Flow flow, Side originator) =>
        !flow.Key.AddressOf(originator).IsUnicast && flow.Key.AddressOf(originator.Other()).IsUnicast;
}
