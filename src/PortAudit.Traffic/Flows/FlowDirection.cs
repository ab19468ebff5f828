using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Settles who opened a flow, by the ladder of <see cref="DirectionBasis"/>: a stronger basis found later
/// turns the flow.</summary>
internal static class FlowDirection
{
    /// <summary>The last of the ports that are assigned to services (RFC 6335 §6).</summary>
    private const ushort LastSystemPort = 1023;

    /// <summary>From here an FTP server opens the data connections of active transfers (RFC 959 §3.2).</summary>
    private const ushort FtpData = 20;

    /// <summary>The same within TLS (IANA <c>ftps-data</c>).</summary>
    private const ushort FtpsData = 989;

    /// <summary>Clients of DHCP listen here and send from here (RFC 2131 §4.1).</summary>
    private const ushort DhcpClient = 68;

    /// <summary>Clients of DHCPv6 listen here (RFC 8415 §7.2).</summary>
    private const ushort Dhcpv6Client = 546;

    /// <summary>Which end of a flow a port belongs to, as far as its number tells.</summary>
    private enum PortSide
    {
        Originator,
        Either,
        Responder,
    }

    /// <summary>The first claim about a new flow, from its first packet. TCP control bits are noted afterwards and may
    /// be stronger.</summary>
    public static void Begin(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        var (originator, basis) = (sender, DirectionBasis.FirstPacket);
        if (packet.Protocol.IsIcmp)
        {
            flow.IcmpCode = (byte)packet.DestinationPort;
            (originator, basis) = (IsReply(packet) ? sender.Other() : sender, DirectionBasis.Payload);
        }
        else if (packet.Protocol.HasPorts && PortOrderOf(flow.Key) is not 0 and var order)
        {
            (originator, basis) = (Sides.LowIf(order < 0), DirectionBasis.Port);
        }

        if (IsGroup(in flow, originator))
            (originator, basis) = (originator.Other(), DirectionBasis.FirstPacket);
        flow.Originator = originator;
        flow.Basis = basis;
    }

    /// <summary>Takes a claim when its basis is stronger than the one that stands; the flow turns when the claim
    /// contradicts it.</summary>
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

    /// <summary>Negative when the low port is the originator's by its registration, positive when the high one is, 0
    /// when that does not tell.</summary>
    private static int PortOrderOf(in FlowKey key) =>
        PortSideOf(key.Transport, key.LowPort) - PortSideOf(key.Transport, key.HighPort);

    /// <summary>On which side of a flow a port stands by its registration; the lesser of two is the
    /// originator's.</summary>
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

    /// <summary>True when a claim would make a broadcast or multicast address the originator, which it never
    /// is.</summary>
    private static bool IsGroup(ref readonly Flow flow, Side originator) =>
        !flow.Key.AddressOf(originator).IsUnicast && flow.Key.AddressOf(originator.Other()).IsUnicast;
}
