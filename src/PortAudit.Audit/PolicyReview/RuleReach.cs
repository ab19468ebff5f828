using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.PolicyReview;

/// <summary>The addresses that a rule is about where its list is applied: "any" behind an interface are the networks
/// there, and "any" as the destination of a host's own inbound rule are the addresses of that host.</summary>
/// <param name="path">Where the firewall stands.</param>
/// <param name="parties">The addresses of the site.</param>
internal sealed class RuleReach(PolicyPath path, PartyAddresses parties)
{
    private readonly IntervalSet<UInt128> _own = IntervalSet.Of(path.Own.SelectMany(address =>
        AddressSet.Of(address).Ranges));

    /// <summary>Originators and responders of a rule. A side that is not known to be narrower is the one of the
    /// rule.</summary>
    public (IntervalSet<UInt128> From, IntervalSet<UInt128> To) Of(PolicyList list, PolicyRule rule) =>
        (Narrowed(rule.Source.Set, Side(list, rule.From, PolicyHook.Output, binding => binding.From)),
            Narrowed(rule.Destination.Set, Side(list, rule.To, PolicyHook.Input, binding => binding.To)));

    /// <summary>The addresses of one side where the list is applied; null when nothing narrows them.</summary>
    /// <param name="list">The list.</param>
    /// <param name="ofRule">Zones that the rule names for the side.</param>
    /// <param name="ofHost">The hook at which the side is the host itself.</param>
    /// <param name="ofBinding">Zones of the side that a binding names.</param>
    private IntervalSet<UInt128>? Side(PolicyList list, ZoneMatch ofRule, PolicyHook ofHost,
        Func<PolicyBinding, ZoneMatch> ofBinding)
    {
        if (path.IsHost)
            return !list.Bindings.IsEmpty && list.Bindings.All(binding => binding.Hook == ofHost) ? _own : null;
        var bound = list.Bindings.Select(binding => Behind(ofBinding(binding))).ToList();
        return Behind(ofRule) ?? (bound.Count > 0 && bound.All(set => set is not null)
            ? IntervalSet.Of(bound.SelectMany(set => set!.Ranges))
            : null);
    }

    /// <summary>The networks behind zones; null when they are not known, or all.</summary>
    private IntervalSet<UInt128>? Behind(ZoneMatch zones)
    {
        if (zones.IsAny || zones.IsNegated)
            return null;
        var sets = zones.Names.Select(Behind).ToImmutableArray();
        return sets.All(set => set is not null) ? IntervalSet.Of(sets.SelectMany(set => set!.Ranges)) : null;
    }

    private IntervalSet<UInt128>? Behind(string zone)
    {
        var named = path.Zones.Where(entry => string.Equals(entry.Key, zone, StringComparison.OrdinalIgnoreCase));
        return path.Zones.Count > 0
            ? named.Select(entry => parties.Of(entry.Value)).FirstOrDefault()
            : path.Networks.Where(known => string.Equals(known.Name, zone, StringComparison.OrdinalIgnoreCase)
                && !known.Networks.IsEmpty).Select(known => known.Networks).FirstOrDefault();
    }

    private static IntervalSet<UInt128> Narrowed(IntervalSet<UInt128> set, IntervalSet<UInt128>? side) =>
        side is not null && set.Intersect(side) is { IsEmpty: false } narrowed ? narrowed : set;
}
