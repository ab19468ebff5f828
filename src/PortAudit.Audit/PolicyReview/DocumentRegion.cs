using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.PolicyReview;

/// <summary>The traffic that a rule of the documents or of the site allows, by addresses and services.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="From">Addresses of the originators.</param>
/// <param name="To">Addresses of the responders.</param>
/// <param name="Services">Transports with the responder ports.</param>
internal sealed record DocumentRegion(BoundRule Rule, IntervalSet<UInt128> From, IntervalSet<UInt128> To,
    ImmutableArray<ServiceMatch> Services)
{
    /// <summary>The regions of all rules that apply in the site and allow something to hosts that it has.</summary>
    public static ImmutableArray<DocumentRegion> Of(IEnumerable<BoundRule> rules, PartyAddresses addresses) =>
    [
        .. rules.Where(rule => rule is { IsOn: true, Allows: true })
            .Select(rule => Of(rule, addresses))
            .Where(region => !region.From.IsEmpty && !region.To.IsEmpty),
    ];

    /// <summary>True when traffic of the rule of a firewall can be traffic of this one.</summary>
    public bool Overlaps(PolicyRule rule) => rule.Services.Any(Overlaps) && From.Overlaps(rule.Source.Set)
        && To.Overlaps(rule.Destination.Set);

    /// <summary>Ports that this rule allows under a protocol; empty without any.</summary>
    public IntervalSet<ushort> PortsOf(byte protocol) => Services.FirstOrDefault(service =>
        service.Protocols.Contains(protocol))?.DestinationPorts ?? IntervalSet.Empty<ushort>();

    /// <summary>True when traffic of the service can be traffic of this one.</summary>
    public bool Overlaps(ServiceMatch service) => Services.Any(own => own.Protocols.Overlaps(service.Protocols)
        && own.DestinationPorts.Overlaps(service.DestinationPorts));

    private static DocumentRegion Of(BoundRule rule, PartyAddresses addresses)
    {
        var ports = rule.Ports.IsEmpty
            ? IntervalSet.All<ushort>()
            : IntervalSet.Of(rule.Ports.Select(range => new Interval<ushort>(range.First, range.Last)));
        ImmutableArray<ServiceMatch> services = rule.Rule.Transports.IsEmpty
            ? [ServiceMatch.Any]
            : [.. rule.Rule.Transports.Select(transport => transport.HasPorts
                ? ServiceMatch.Of(transport, ports)
                : ServiceMatch.Of(transport))];
        return new DocumentRegion(rule, addresses.Of(rule.Rule.From), addresses.Of(rule.Rule.To), services);
    }
}
