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
    private bool HasHosts => !From.IsEmpty && !To.IsEmpty;

    /// <summary>The regions of all rules that apply in the site and allow something to hosts that it has.</summary>
    public static ImmutableArray<DocumentRegion> Of(IEnumerable<BoundRule> rules, PartyAddresses addresses) =>
        [.. All(rules, addresses).Where(region => region.HasHosts)];

    /// <summary>The regions of rules for roles that no host of the site has.</summary>
    public static ImmutableArray<DocumentRegion> WithoutHosts(IEnumerable<BoundRule> rules,
        PartyAddresses addresses) => [.. All(rules, addresses).Where(region => !region.HasHosts)];

    /// <summary>True for a range of ports of which an announcement tells the one in use.</summary>
    public bool IsRange => !Rule.Rule.AnnouncedBy.IsEmpty && Services.Any(service => !IsFew(service.DestinationPorts));

    /// <summary>True when it asks for something that a rule of a firewall allows. A range of announced ports asks for
    /// ranges, and for what opens announced ports; of a single port in it, it says nothing.</summary>
    public bool AsksFor(PolicyRule rule) => rule.Services.Any(Overlaps) && (!IsRange
        || rule.Services.Any(service => !IsFew(service.DestinationPorts))
        || rule.Conditions.Any(condition => condition.Kind == ConditionKind.RpcPort));

    /// <summary>True when both name a few ports, and share some.</summary>
    public bool SharesPort(ImmutableArray<ServiceMatch> services) => Services.Any(own => services.Any(other =>
        own.Protocols.Overlaps(other.Protocols) && IsFew(own.DestinationPorts) && IsFew(other.DestinationPorts)
        && own.DestinationPorts.Overlaps(other.DestinationPorts)));

    /// <summary>Ports that this rule allows under a protocol; empty without any.</summary>
    public IntervalSet<ushort> PortsOf(byte protocol) => Services.FirstOrDefault(service =>
        service.Protocols.Contains(protocol))?.DestinationPorts ?? IntervalSet.Empty<ushort>();

    /// <summary>True when traffic of the service can be traffic of this one.</summary>
    public bool Overlaps(ServiceMatch service) => Services.Any(own => own.Protocols.Overlaps(service.Protocols)
        && own.DestinationPorts.Overlaps(service.DestinationPorts));

    /// <summary>Ports that name a service; more are a range for many.</summary>
    private const int FewPorts = 16;

    private static bool IsFew(IntervalSet<ushort> ports) =>
        ports.Ranges.Sum(range => range.Last - range.First + 1) <= FewPorts;

    private static IEnumerable<DocumentRegion> All(IEnumerable<BoundRule> rules, PartyAddresses addresses) =>
        rules.Where(rule => rule is { IsOn: true, Allows: true }).Select(rule => Of(rule, addresses));

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
