using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>Packets that a rule matches: one combination of everything it asks for. Immutable; matches are narrowed by
/// <see cref="And"/>.</summary>
internal sealed record PacketMatch
{
    /// <summary>Matches every packet.</summary>
    public static PacketMatch Any { get; } = new();

    /// <summary>All IPv4 packets.</summary>
    public static PacketMatch Ipv4 { get; } = new()
    {
        Source = AddressSet.AnyIpv4,
        Destination = AddressSet.AnyIpv4,
    };

    /// <summary>All IPv6 packets.</summary>
    public static PacketMatch Ipv6 { get; } = new()
    {
        Source = AddressSet.AnyIpv6,
        Destination = AddressSet.AnyIpv6,
    };

    public ZoneMatch From { get; init; } = ZoneMatch.Any;

    public ZoneMatch To { get; init; } = ZoneMatch.Any;

    public IntervalSet<UInt128> Source { get; init; } = AddressSet.Any;

    public IntervalSet<UInt128> Destination { get; init; } = AddressSet.Any;

    public ServiceMatch Service { get; init; } = ServiceMatch.Any;

    public ConnectionStates States { get; init; } = ConnectionStates.All;

    public ImmutableArray<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>True when no packet can match.</summary>
    public bool IsEmpty => Source.IsEmpty || Destination.IsEmpty || States == ConnectionStates.None
        || Service.Protocols.IsEmpty || Service.SourcePorts.IsEmpty || Service.DestinationPorts.IsEmpty
        || Service.IcmpTypes.IsEmpty || Service.IcmpCodes.IsEmpty;

    /// <summary>Packets of some protocols.</summary>
    public static PacketMatch OfProtocols(IntervalSet<byte> protocols) =>
        new() { Service = ServiceMatch.OfProtocols(protocols) };

    /// <summary>Packets that meet a condition which cannot be evaluated.</summary>
    public static PacketMatch OfCondition(ConditionKind kind, string text) =>
        new() { Conditions = [new PolicyCondition(kind, Import.ConfigurationText.Shown(text))] };

    /// <summary>Packets that both match. A second match on the same interface becomes a condition, which leaves it
    /// open, where the two cannot be put into one.</summary>
    public PacketMatch And(PacketMatch other)
    {
        var (from, fromRest) = Both(From, other.From);
        var (to, toRest) = Both(To, other.To);
        return new PacketMatch
        {
            From = from,
            To = to,
            Source = Source.Intersect(other.Source),
            Destination = Destination.Intersect(other.Destination),
            Service = new ServiceMatch(
                Service.Protocols.Intersect(other.Service.Protocols),
                Service.SourcePorts.Intersect(other.Service.SourcePorts),
                Service.DestinationPorts.Intersect(other.Service.DestinationPorts),
                Service.IcmpTypes.Intersect(other.Service.IcmpTypes),
                Service.IcmpCodes.Intersect(other.Service.IcmpCodes)),
            States = States & other.States,
            Conditions = other.Conditions.IsEmpty && fromRest is null && toRest is null
                ? Conditions
                : [.. Conditions, .. other.Conditions, .. Rest(fromRest), .. Rest(toRest)],
        };
    }

    /// <summary>True when the two differ in their services only.</summary>
    public bool EqualsButService(PacketMatch other) => From == other.From && To == other.To
        && Source.Equals(other.Source) && Destination.Equals(other.Destination) && States == other.States
        && Conditions.SequenceEqual(other.Conditions);

    private static (ZoneMatch Kept, ZoneMatch? Left) Both(ZoneMatch first, ZoneMatch second)
    {
        if (first.IsAny || first == second)
            return (second, null);
        if (second.IsAny)
            return (first, null);
        if (first.IsNegated && second.IsNegated)
            return (new ZoneMatch([.. first.Names, .. second.Names], IsNegated: true), null);
        return (first, second);
    }

    private static ImmutableArray<PolicyCondition> Rest(ZoneMatch? rest) => rest is { } match
        ? [new PolicyCondition(ConditionKind.Other,
            $"interface {(match.IsNegated ? "not " : "")}{string.Join(", ", match.Names.Take(4))}")]
        : [];
}
