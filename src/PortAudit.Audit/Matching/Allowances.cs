using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Matching;

/// <summary>Finds the rules that allow all that an exception covers.</summary>
/// <param name="rules">All rules of the audit.</param>
/// <param name="scopes">Compares scopes of traffic.</param>
internal sealed class Allowances(ImmutableArray<BoundRule> rules, ScopeComparison scopes)
{
    /// <summary>The rules, in their order, whose ports together hold all of the exception's; empty when some of it is
    /// left. A rule whose ports have to be announced allows none by itself.</summary>
    public ImmutableArray<Rule> Of(SiteException exception)
    {
        var scope = TrafficScope.Of(exception);
        ImmutableArray<BoundRule> between =
        [
            .. rules.Where(rule => rule is { IsOn: true, Allows: true, IsDynamic: false }
                && scopes.CoversParties(TrafficScope.Of(rule.Rule, rule.Ports), scope)),
        ];
        if (between.FirstOrDefault(rule => scopes.Covers(TrafficScope.Of(rule.Rule, rule.Ports), scope)) is { } only)
            return [only.Rule];
        var together = scope with { Ports = [.. between.SelectMany(rule => rule.Ports)] };
        return !together.Ports.IsEmpty && scopes.Covers(together, scope)
            ? [.. between.Where(rule => rule.Ports.Any(range => exception.Ports.Any(range.Overlaps)))
                .Select(rule => rule.Rule)]
            : [];
    }
}
