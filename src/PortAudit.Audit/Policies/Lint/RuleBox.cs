using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Lint;

/// <summary>A set of packets that is a product of sets: each field may have any value of its own. Fields that a
/// protocol does not have hold all values, so that two boxes can be compared field by field. Never empty.</summary>
internal sealed record RuleBox
{
    /// <summary>Addresses of the sender.</summary>
    public required IntervalSet<UInt128> Sources { get; init; }

    /// <summary>Addresses of the receiver.</summary>
    public required IntervalSet<UInt128> Destinations { get; init; }

    /// <summary>Protocols, ports and ICMP messages.</summary>
    public required ServiceMatch Service { get; init; }

    /// <summary>States of the connection.</summary>
    public required ConnectionStates States { get; init; }

    /// <summary>A packet of the box.</summary>
    public PolicyProbe Corner => new(AddressSet.Address(Sources.Ranges[0].First),
        AddressSet.Address(Destinations.Ranges[0].First), new IpProtocol(Service.Protocols.Ranges[0].First),
        Service.SourcePorts.Ranges[0].First, Service.DestinationPorts.Ranges[0].First)
    {
        IcmpType = Service.IcmpTypes.Ranges[0].First,
        IcmpCode = Service.IcmpCodes.Ranges[0].First,
        State = (ConnectionStates)((int)States & -(int)States),
    };

    private bool IsEmpty => Sources.IsEmpty || Destinations.IsEmpty || Service.Protocols.IsEmpty
        || Service.SourcePorts.IsEmpty || Service.DestinationPorts.IsEmpty || Service.IcmpTypes.IsEmpty
        || Service.IcmpCodes.IsEmpty || States == ConnectionStates.None;

    /// <summary>The boxes of addresses, services and states.</summary>
    public static IEnumerable<RuleBox> Of(IntervalSet<UInt128> sources, IntervalSet<UInt128> destinations,
        IEnumerable<ServiceMatch> services, ConnectionStates states) => services.SelectMany(ByProtocol)
        .Select(service => new RuleBox
        {
            Sources = sources,
            Destinations = destinations,
            Service = service,
            States = states,
        })
        .Where(box => !box.IsEmpty);

    /// <summary>True when a packet is in the box.</summary>
    public bool Contains(in PolicyProbe probe) => (States & probe.State) != 0
        && Sources.Contains(AddressSet.Number(probe.Source))
        && Destinations.Contains(AddressSet.Number(probe.Destination))
        && Service.Protocols.Contains(probe.Protocol.Value)
        && Service.SourcePorts.Contains(probe.SourcePort ?? 0)
        && Service.DestinationPorts.Contains(probe.DestinationPort ?? 0)
        && Service.IcmpTypes.Contains(probe.IcmpType ?? 0)
        && Service.IcmpCodes.Contains(probe.IcmpCode ?? 0);

    /// <summary>True when all packets of another box are in this one.</summary>
    public bool Contains(RuleBox other) => (other.States & ~States) == 0
        && other.Sources.IsSubsetOf(Sources)
        && other.Destinations.IsSubsetOf(Destinations)
        && other.Service.Protocols.IsSubsetOf(Service.Protocols)
        && other.Service.SourcePorts.IsSubsetOf(Service.SourcePorts)
        && other.Service.DestinationPorts.IsSubsetOf(Service.DestinationPorts)
        && other.Service.IcmpTypes.IsSubsetOf(Service.IcmpTypes)
        && other.Service.IcmpCodes.IsSubsetOf(Service.IcmpCodes);

    /// <summary>The packets of this box that <paramref name="other"/> lacks, as at most eight boxes without a packet in
    /// common.</summary>
    public IEnumerable<RuleBox> Except(RuleBox other) => Slices(other).Where(box => !box.IsEmpty);

    /// <summary>Field by field what lies outside the other box, and then on with what lies inside.</summary>
    private IEnumerable<RuleBox> Slices(RuleBox other)
    {
        var (rest, service) = (this, other.Service);
        yield return rest with { Sources = rest.Sources.Except(other.Sources) };
        rest = rest with { Sources = rest.Sources.Intersect(other.Sources) };
        yield return rest with { Destinations = rest.Destinations.Except(other.Destinations) };
        rest = rest with { Destinations = rest.Destinations.Intersect(other.Destinations) };
        yield return rest with { States = rest.States & ~other.States };
        rest = rest with { States = rest.States & other.States };
        yield return rest.With(own => own with { Protocols = own.Protocols.Except(service.Protocols) });
        rest = rest.With(own => own with { Protocols = own.Protocols.Intersect(service.Protocols) });
        yield return rest.With(own => own with { SourcePorts = own.SourcePorts.Except(service.SourcePorts) });
        rest = rest.With(own => own with { SourcePorts = own.SourcePorts.Intersect(service.SourcePorts) });
        yield return rest.With(own =>
            own with { DestinationPorts = own.DestinationPorts.Except(service.DestinationPorts) });
        rest = rest.With(own =>
            own with { DestinationPorts = own.DestinationPorts.Intersect(service.DestinationPorts) });
        yield return rest.With(own => own with { IcmpTypes = own.IcmpTypes.Except(service.IcmpTypes) });
        rest = rest.With(own => own with { IcmpTypes = own.IcmpTypes.Intersect(service.IcmpTypes) });
        yield return rest.With(own => own with { IcmpCodes = own.IcmpCodes.Except(service.IcmpCodes) });
    }

    private RuleBox With(Func<ServiceMatch, ServiceMatch> change) => this with { Service = change(Service) };

    /// <summary>A service apart by what its protocols have: ports, ICMP messages, or neither. One that names ports
    /// matches no protocol without them.</summary>
    private static IEnumerable<ServiceMatch> ByProtocol(ServiceMatch service)
    {
        yield return service with
        {
            Protocols = service.Protocols.Intersect(ProtocolSets.WithPorts),
            IcmpTypes = IntervalSet.All<byte>(),
            IcmpCodes = IntervalSet.All<byte>(),
        };
        if (service.HasPorts)
            yield break;
        yield return service with { Protocols = service.Protocols.Intersect(ProtocolSets.Icmp) };
        yield return ServiceMatch.OfProtocols(service.Protocols.Except(ProtocolSets.WithPorts)
            .Except(ProtocolSets.Icmp));
    }
}
