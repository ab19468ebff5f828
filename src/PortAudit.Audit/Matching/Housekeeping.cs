using System.Collections.Frozen;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>Distinguishes link housekeeping from traffic that a policy is about.</summary>
internal sealed class Housekeeping
{
    /// <summary>The longest IPv4 prefix with a broadcast address; a /31 has none (RFC 3021 §2.1).</summary>
    private const int LongestBroadcastPrefix = 30;

    /// <summary>The last part of the broadcast address of every IPv4 network of at least 256 addresses, and of some
    /// smaller ones.</summary>
    private const byte AllOnes = 255;

    private static readonly IpProtocol Igmp = new(2); // RFC 3376 §4

    private readonly FrozenSet<IpAddress> _broadcasts;

    /// <summary>Works out the broadcast addresses of the networks and segments of <paramref name="site"/>.</summary>
    public Housekeeping(SiteFile site)
    {
        var prefixes = site.Networks.Select(network => network.Prefix)
            .Concat(site.Segments.SelectMany(segment => segment.Prefixes));
        _broadcasts = prefixes
            .Where(prefix => prefix.Address.IsIpv4 && prefix.Length is > 0 and <= LongestBroadcastPrefix)
            .Select(prefix => IpAddress.FromIpv4(prefix.Address.Ipv4Value | (uint.MaxValue >> prefix.Length)))
            .Except(site.Hosts.SelectMany(host => host.Addresses))
            .ToFrozenSet();
    }

    /// <summary>True for an address that several hosts listen to: multicast, limited broadcast (RFC 919 §7), or
    /// broadcast of a prefix of the site.</summary>
    private bool IsGroup(IpAddress address) => !address.IsUnicast || _broadcasts.Contains(address);

    /// <summary>True for a flow to a group: <see cref="IsGroup"/>, or an unanswered broadcast of a protocol that
    /// broadcasts, to what looks like the broadcast address of an unlisted network.</summary>
    public bool IsToGroup(FlowRecord flow) => IsGroup(flow.Responder.Address) || IsBroadcast(flow);

    /// <summary>True for a question for names or services, or the answer to one that went to a group. Neighbours ask
    /// each other whether or not they answer; a rejection means that a device lies between.</summary>
    public static bool IsDiscovery(FlowRecord flow) =>
        flow is { ProtocolBasis: IdentificationBasis.Payload, Outcome: not Outcome.Rejected }
        && (flow.In.Packets > 0 || flow.Transport == IpProtocol.Udp)
        && ProtocolRegistry.Find(flow.Protocol) is { AsksNeighbours: true };

    /// <summary>True for a question of this kind to one host that did not answer. One is nothing; many may be a
    /// sweep.</summary>
    public static bool IsUnansweredQuestion(FlowRecord flow) =>
        flow is { In.Packets: 0, Responder.Address.IsUnicast: true } && IsDiscovery(flow) && !IsBroadcast(flow);

    private static bool IsBroadcast(FlowRecord flow) =>
        flow is { ProtocolBasis: IdentificationBasis.Payload, In.Packets: 0, Responder.Address.IsIpv4: true }
        && (byte)flow.Responder.Address.Ipv4Value == AllOnes
        && ProtocolRegistry.Find(flow.Protocol) is { IsBroadcast: true };

    /// <summary>
    /// True for link upkeep by any sender: ICMP errors about a flow that was seen, IGMP, IPv6 neighbour discovery (RFC
    /// 4861 §4) and multicast listener discovery (RFC 2710 §3, RFC 3810 §5.2). Also for SYN-ACKs and resets that answer
    /// nothing, answers from another port (part of their request's flow), and a DHCP server's probe of an address that
    /// it then offers (RFC 2131 §3.1).
    /// </summary>
    public static bool IsLinkUpkeep(FlowRecord flow)
    {
        if (flow.Transport == Igmp || (flow.Transport.IsIcmp && flow.QuotesSeenFlow))
            return true;
        if (flow.IsStray() || flow.IsOfferProbe || flow.RequestedAt is { Address.IsUnicast: true })
            return true;
        return flow.Transport == IpProtocol.IcmpV6 && flow.Originator.Port is (>= 130 and <= 137) or 143;
    }
}
