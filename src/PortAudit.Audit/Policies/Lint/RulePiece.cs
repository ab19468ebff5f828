using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Lint;

/// <summary>A box of packets between zones.</summary>
/// <param name="From">Zones that they come from.</param>
/// <param name="To">Zones that they leave by.</param>
/// <param name="Relation">How the zones relate.</param>
/// <param name="Box">The packets.</param>
internal sealed record RulePiece(ZoneMatch From, ZoneMatch To, ZoneRelation Relation, RuleBox Box)
{
    /// <summary>Pairs of zones that are looked at one by one; a rule of more is looked at as a whole.</summary>
    private const int MaxZonePairs = 64;

    /// <summary>A packet of the piece.</summary>
    public PolicyProbe Corner => Box.Corner with { FromZone = OnlyName(From), ToZone = OnlyName(To) };

    /// <summary>What a rule surely matches; nothing for one with conditions.</summary>
    public static ImmutableArray<RulePiece> LeastOf(PolicyRule rule) => rule.Conditions.IsEmpty
        ? [.. RuleBox.Of(rule.Source.Set, rule.Destination.Set, rule.Services, rule.States)
            .Select(box => new RulePiece(rule.From, rule.To, rule.Zones, box))]
        : [];

    /// <summary>What a rule may match at most, apart by family of addresses and pair of zones: no packet has addresses
    /// of two families.</summary>
    public static ImmutableArray<RulePiece> MostOf(PolicyRule rule)
    {
        var (sources, destinations) = (Most(rule.Source), Most(rule.Destination));
        IEnumerable<ServiceMatch> services = rule.Services.Any(service => service.IsOpen)
            ? [ServiceMatch.Any] : rule.Services;
        var boxes = new[] { AddressSet.AnyIpv4, AddressSet.AnyIpv6 }.SelectMany(family => RuleBox.Of(
            sources.Intersect(family), destinations.Intersect(family), services, rule.States)).ToList();
        return [.. Pairs(rule).SelectMany(pair => boxes.Select(box =>
            new RulePiece(pair.From, pair.To, rule.Zones, box)))];
    }

    /// <summary>True when all packets of another piece are in this one.</summary>
    public bool Contains(RulePiece other) => HasZonesOf(other) && Box.Contains(other.Box);

    /// <summary>True when all zones of another piece are among those of this one.</summary>
    public bool HasZonesOf(RulePiece other) => Holds(From, other.From) && Holds(To, other.To)
        && (Relation == ZoneRelation.Any || Relation == other.RelationOfNames);

    /// <summary>How the zones surely relate: two names tell.</summary>
    private ZoneRelation RelationOfNames => (OnlyName(From), OnlyName(To)) is ({ } from, { } to)
        ? string.Equals(from, to, StringComparison.OrdinalIgnoreCase) ? ZoneRelation.Same : ZoneRelation.Different
        : Relation;

    private static IntervalSet<UInt128> Most(AddressMatch match) => match.IsOpen ? AddressSet.Any : match.Set;

    private static IEnumerable<(ZoneMatch From, ZoneMatch To)> Pairs(PolicyRule rule)
    {
        var (from, to) = (Each(rule.From), Each(rule.To));
        return from.Length * to.Length > MaxZonePairs
            ? [(rule.From, rule.To)]
            : from.SelectMany(first => to.Select(second => (first, second)));
    }

    private static ImmutableArray<ZoneMatch> Each(ZoneMatch match) => match.IsAny || match.IsNegated
        ? [match]
        : [.. match.Names.Select(name => new ZoneMatch([name]))];

    private static bool Holds(ZoneMatch outer, ZoneMatch inner)
    {
        if (outer.IsAny)
            return true;
        if (inner.IsAny)
            return false;
        if (inner.IsNegated)
            return outer.IsNegated && outer.Names.All(name => IsAmong(inner.Names, name));
        return inner.Names.All(name => outer.IsNegated ? IsApart(outer.Names, name) : IsAmong(outer.Names, name));
    }

    /// <summary>True when a name, or all that a pattern stands for, is among others. A pattern <c>eth*</c> holds the
    /// name <c>eth1</c> and the pattern <c>eth1*</c>.</summary>
    private static bool IsAmong(ImmutableArray<string> names, string name) => names.Any(other =>
        other.EndsWith('*')
            ? name.StartsWith(other[..^1], StringComparison.OrdinalIgnoreCase)
            : string.Equals(other, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when nothing that a name stands for is among others.</summary>
    private static bool IsApart(ImmutableArray<string> names, string name) =>
        !name.EndsWith('*') && !IsAmong(names, name);

    private static string? OnlyName(ZoneMatch match) =>
        match is { IsNegated: false, IsAny: false, Names: [var name] } && !name.EndsWith('*') ? name : null;
}
