using System.Runtime.CompilerServices;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Dhcp;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Links a response datagram to a request sent to another endpoint: to a group, as by a DHCP client without an
/// address (RFC 2131 §4.1), or to another port of the same host, as SIP allows (RFC 3261 §18.2.2). Examines every DHCP
/// datagram; of other protocols, flows that begin with a response.</summary>
internal sealed class AnswerTracker(FlowTable flows, FlowDetailPool details)
{
    /// <summary>DHCP servers answer from this port (RFC 2131 §4.1).</summary>
    private const ushort DhcpServer = 67;

    /// <summary>The value of <see cref="DhcpOption.MessageType"/> of an OFFER (RFC 2132 §9.6).</summary>
    private const byte Offer = 2;

    /// <summary>Longest time from a server's echo request to its OFFER, in nanoseconds: clients retry after 4 s and 8 s
    /// (RFC 2131 §4.1), so servers wait for less.</summary>
    private const long ProbeNs = 10_000_000_000;

    /// <summary>Last byte of most networks' broadcast address.</summary>
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

    /// <summary><see cref="Flow.ProtocolRow"/> of DHCP.</summary>
    private static readonly int Dhcp = ProtocolRegistry.IndexByPort(IpProtocol.Udp, DhcpServer) + 1;

    private readonly DhcpRequests _dhcp = new();

    /// <summary>Examines a datagram that was counted and passed to the recognisers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Note(ref Flow flow, in PacketWalk walk, Side sender)
    {
        if (flow.Key.Transport != IpProtocol.Udp || flow.ProtocolRow == 0)
            return;
        if (flow.ProtocolRow == Dhcp)
            NoteDhcp(ref flow, walk, sender);
        else if (flow.Packets == 1)
            NoteFirst(ref flow, sender);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteDhcp(ref Flow flow, in PacketWalk walk, Side sender)
    {
        var isWhole = walk.Packet.PayloadLength == walk.Packet.OriginalPayloadLength;
        if (!DhcpMessage.TryParse(walk.Payload, isWhole, out var message, out _))
            return;
        var (source, destination) = (flow.Key.EndpointOf(sender), flow.Key.EndpointOf(sender.Other()));
        if (!message.IsRequest && message.YourAddress != 0 && message.Option(DhcpOption.MessageType) is [Offer])
            NoteOffer(in flow, source.Address, IpAddress.FromIpv4(message.YourAddress));
        if (!message.IsRequest)
            NoteDhcpAnswer(ref flow, message, sender, destination.Port);
        else if (IsGroup(destination.Address))
            _dhcp.Add(message, source.Port, flow.Key);
    }

    /// <summary>Before offering an address a server may ping it (RFC 2131 §3.1 item 2): no answer is the good
    /// case.</summary>
    private void NoteOffer(ref readonly Flow offer, IpAddress server, IpAddress offered)
    {
        var sought = new DecodedPacket
        {
            Source = server,
            SourcePort = IcmpMessage.EchoRequest,
            Destination = offered,
            Protocol = IpProtocol.Icmp,
            Vlan = offer.Key.Vlan,
            Tunnel = offer.Key.Tunnel,
        };
        var key = FlowKey.Of(sought, offer.Key.Point, out var side);
        ref var probe = ref flows.Find(key, key.Hash(), out var slot);
        if (slot >= 0 && probe.Of(side.Other()).Packets == 0 && offer.LastNs - probe.LastNs <= ProbeNs)
            details.Of(ref probe).IsOfferProbe = true;
    }

    /// <summary>Links a response to a request sent to all hosts, or else to one sent to another port of the same
    /// host.</summary>
    private void NoteDhcpAnswer(ref Flow flow, DhcpMessage message, Side sender, ushort port)
    {
        if (flow.Of(sender.Other()).Packets > 0)
            return;
        var slot = 0;
        while (_dhcp.TryFind(message, port, ref slot, out var key))
        {
            ref var request = ref flows.Find(key, key.Hash(), out var found);
            if (found < 0)
                continue;
            request.Flags |= FlowFlags.AnsweredElsewhere;
            details.Of(ref flow).RequestedAt = key.EndpointOf(request.Responder);
        }

        if (slot == 0 && flow.Packets == 1)
            NoteFirst(ref flow, sender);
    }

    private static bool IsGroup(IpAddress address) =>
        !address.IsUnicast || (address.IsIpv4 && (address.Ipv4Value & AllOnes) == AllOnes);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteFirst(ref Flow flow, Side sender)
    {
        var (answerer, requester) = (flow.Key.EndpointOf(sender), flow.Key.EndpointOf(sender.Other()));
        if (flow.Originator == sender || flow.Basis != DirectionBasis.Payload)
            return;
        foreach (var port in ProtocolRegistry.Rows[flow.ProtocolRow - 1].UdpPorts)
        {
            if ((port != answerer.Port && TryTie(ref flow, requester, answerer with { Port = port }, isGroup: false))
                || (flow.ProtocolRow != Dhcp && TryGroups(ref flow, requester, port)))
                return;
        }
    }

    private bool TryGroups(ref Flow flow, Endpoint requester, ushort port)
    {
        foreach (var group in requester.Address.IsIpv4 ? Ipv4Groups : Ipv6Groups)
        {
            if (TryTie(ref flow, requester, new Endpoint(group, port), isGroup: true))
                return true;
        }

        return requester.Address.IsIpv4 && TryTie(ref flow, requester,
            new Endpoint(IpAddress.FromIpv4(requester.Address.Ipv4Value | AllOnes), port), isGroup: true);
    }

    /// <summary>True when there is an unanswered request from <paramref name="requester"/> to
    /// <paramref name="requested"/>; links the two flows.</summary>
    private bool TryTie(ref Flow flow, Endpoint requester, Endpoint requested, bool isGroup)
    {
        var sought = new DecodedPacket
        {
            Source = requester.Address,
            SourcePort = requester.Port,
            Destination = requested.Address,
            DestinationPort = requested.Port,
            Protocol = IpProtocol.Udp,
            Vlan = flow.Key.Vlan,
            Tunnel = flow.Key.Tunnel,
        };
        var key = FlowKey.Of(sought, flow.Key.Point, out var side);
        if (key.Equals(flow.Key))
            return false;
        ref var request = ref flows.Find(key, key.Hash(), out var slot);
        if (slot < 0 || request.Of(side).Packets == 0 || (!isGroup && request.Of(side.Other()).Packets > 0))
            return false;
        request.Flags |= FlowFlags.AnsweredElsewhere;
        details.Of(ref flow).RequestedAt = requested;
        return true;
    }
}
