using System.Collections.Immutable;
using PortAudit.Audit.Catalog;

namespace PortAudit.Audit.Matching;

/// <summary>Which rules one flow may match together.</summary>
public static class RuleOverlap
{
    /// <summary>
    /// The other rules with a transport in common, a port in common (parameters at their defaults), and originators and
    /// responders that one host may be, because one role is the other or a kind of it. In the order of preference.
    /// </summary>
    public static ImmutableArray<Rule> Of(Rule rule, CatalogSet catalogs)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(catalogs);
        var roles = new RoleTree(catalogs);
        var bound = RuleBook.Bind(catalogs, site: null);
        var own = bound.Single(candidate => candidate.Rule.Id == rule.Id);
        return
        [
            .. bound.Where(other => other.Index != own.Index && SharePort(own, other))
                .Where(other =>
                    MayCoincide(rule.From, other.Rule.From, roles) && MayCoincide(rule.To, other.Rule.To, roles))
                .OrderBy(other => new RuleMatch(other,
                    other.Ports.IsEmpty ? RuleMatch.EveryPort : other.Ports.Min(range => range.Size)))
                .Select(other => other.Rule),
        ];
    }

    private static bool SharePort(BoundRule one, BoundRule other) =>
        one.Rule.Transports.Intersect(other.Rule.Transports)
            .Any(transport => !transport.HasPorts || IntersectPorts(one, other));

    private static bool IntersectPorts(BoundRule one, BoundRule other) =>
        CoversEveryPort(one) || CoversEveryPort(other)
        || one.Ports.Any(range => other.Ports.Any(second => range.First <= second.Last && second.First <= range.Last));

    // A parameter without a value covers nothing.
    private static bool CoversEveryPort(BoundRule rule) => rule.Ports.IsEmpty && rule.Rule.PortParameter is null;

    private static bool MayCoincide(ImmutableArray<string> one, ImmutableArray<string> other, RoleTree roles) =>
        one.Any(first => other.Any(second => roles.IsA(first, second) || roles.IsA(second, first)));
}
