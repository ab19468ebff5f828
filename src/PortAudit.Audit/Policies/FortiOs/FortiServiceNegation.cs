using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>What <c>service-negate</c> leaves: every packet that none of the services matches.</summary>
internal static class FortiServiceNegation
{
    private static readonly ImmutableArray<IpProtocol> WithDetails =
        [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp, IpProtocol.Icmp, IpProtocol.IcmpV6];

    /// <summary>The other services. Null when services ask for ports of the sender or codes of ICMP, or are open.
    /// </summary>
    public static ImmutableArray<ServiceMatch>? Of(ImmutableArray<ServiceMatch> services)
    {
        if (services.Any(service => service.IsOpen || !service.SourcePorts.IsAll || !service.IcmpCodes.IsAll))
            return null;
        var whole = IntervalSet.Of(WithDetails.Select(protocol => new Interval<byte>(protocol.Value, protocol.Value)));
        var others = ImmutableArray.CreateBuilder<ServiceMatch>();
        var taken = services.Aggregate(whole, (set, service) => set.Union(service.Protocols));
        if (!taken.IsAll)
            others.Add(ServiceMatch.OfProtocols(taken.Complement()));
        foreach (var protocol in WithDetails)
        {
            var same = services.Where(service => service.Protocols.Contains(protocol.Value)).ToList();
            var ports = IntervalSet.Of(same.SelectMany(service => service.DestinationPorts.Ranges)).Complement();
            var types = IntervalSet.Of(same.SelectMany(service => service.IcmpTypes.Ranges)).Complement();
            if (protocol.IsIcmp ? types.IsEmpty : ports.IsEmpty)
                continue;
            others.Add(protocol.IsIcmp
                ? ServiceMatch.Of(protocol) with { IcmpTypes = types }
                : ServiceMatch.Of(protocol, ports));
        }

        return others.Count == 0 ? null : others.ToImmutable();
    }
}
