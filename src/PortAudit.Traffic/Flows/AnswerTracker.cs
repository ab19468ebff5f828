using System.Runtime.CompilerServices;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Ties a datagram that answers to the request that went to another endpoint: to a group, as that of a DHCP client
/// without an address (RFC 2131 §4.1), or to another port of the same host, as SIP allows (RFC 3261 §18.2.2). Only
/// flows whose first datagram is an answer by its bytes are looked at.
/// </summary>
/// <param name="flows">The flows under way.</param>
/// <param name="details">Keeps where the request went.</param>
internal sealed class AnswerTracker(FlowTable flows, FlowDetailPool details)
{
    /// <summary>A server of DHCP answers from here (RFC 2131 §4.1).</summary>
    private const ushort DhcpServer = 67;

    /// <summary>A client of DHCP listens here.</summary>
    private const ushort DhcpClient = 68;

    /// <summary>The last byte of the broadcast address of most networks.</summary>
    private const uint AllOnes = 0xFF;

    /// <summary>Limited broadcast (RFC 919 §7), and the groups of mDNS (RFC 6762 §3), LLMNR (RFC 4795 §2), SLP (RFC
    /// 2608 §4) and SSDP (UPnP Device Architecture §1.3).</summary>
    private static readonly IpAddress[] Ipv4Groups =
    [
        IpAddress.FromIpv4(0xFFFF_FFFF), IpAddress.FromIpv4(0xE000_00FB), IpAddress.FromIpv4(0xE000_00FC),
        IpAddress.FromIpv4(0xEFFF_FFFD), IpAddress.FromIpv4(0xEFFF_FFFA),
    ];

    /// <summary>The groups of mDNS, LLMNR, SSDP, and of servers and relays of DHCPv6 (RFC 8415 §7.1).</summary>
    private static readonly IpAddress[] Ipv6Groups =
    [
        new(0xFF02_0000_0000_0000, 0xFB), new(0xFF02_0000_0000_0000, 0x1_0003), new(0xFF02_0000_0000_0000, 0xC),
        new(0xFF02_0000_0000_0000, 0x1_0002),
    ];

    private static readonly IpAddress NoAddress = IpAddress.FromIpv4(0);

    /// <summary>Notes a datagram whose protocol was looked for and that is counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Note(ref Flow flow, Side sender)
    {
        if (flow.Packets == 1 && flow.ProtocolRow != 0 && flow.Key.Transport == IpProtocol.Udp)
            NoteFirst(ref flow, sender);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteFirst(ref Flow flow, Side sender)
    {
        var (answerer, asker) = (flow.Key.EndpointOf(sender), flow.Key.EndpointOf(sender.Other()));
        var isToAll = !asker.Address.IsUnicast && (answerer.Port, asker.Port) == (DhcpServer, DhcpClient);
        var isAnswer = flow.Originator != sender && flow.Basis == DirectionBasis.Payload;
        if (!isAnswer && !isToAll)
            return;
        foreach (var port in ProtocolRegistry.Rows[flow.ProtocolRow - 1].UdpPorts)
        {
            if ((port != answerer.Port && TryTie(ref flow, asker, answerer with { Port = port }, isGroup: false))
                || TryGroups(ref flow, asker, port))
                return;
        }
    }

    private bool TryGroups(ref Flow flow, Endpoint asker, ushort port)
    {
        foreach (var group in asker.Address.IsIpv4 ? Ipv4Groups : Ipv6Groups)
        {
            if (TryTie(ref flow, asker, new Endpoint(group, port), isGroup: true))
                return true;
        }

        if (!asker.Address.IsIpv4)
            return false;
        var broadcast = new Endpoint(IpAddress.FromIpv4(asker.Address.Ipv4Value | AllOnes), port);
        if (TryTie(ref flow, asker, broadcast, isGroup: true))
            return true;
        var toAll = new Endpoint(Ipv4Groups[0], port);
        return asker.Port == DhcpClient && TryTie(ref flow, asker with { Address = NoAddress }, toAll, isGroup: true);
    }

    /// <summary>True when there is a request from <paramref name="asker"/> to <paramref name="asked"/>, which nothing
    /// has answered from there: then both flows belong together.</summary>
    private bool TryTie(ref Flow flow, Endpoint asker, Endpoint asked, bool isGroup)
    {
        var sought = new DecodedPacket
        {
            Source = asker.Address,
            SourcePort = asker.Port,
            Destination = asked.Address,
            DestinationPort = asked.Port,
            Protocol = IpProtocol.Udp,
            Vlan = flow.Key.Vlan,
            Tunnel = flow.Key.Tunnel,
        };
        var key = FlowKey.Of(sought, flow.Key.Point, out var side);
        if (key.Equals(flow.Key))
            return false;
        ref var request = ref flows.Find(key, key.Hash(), out var place);
        if (place < 0 || request.Of(side).Packets == 0 || (!isGroup && request.Of(side.Other()).Packets > 0))
            return false;
        request.Flags |= FlowFlags.AnsweredElsewhere;
        details.Of(ref flow).RequestedAt = asked;
        return true;
    }
}
