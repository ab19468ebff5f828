using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Matching;

/// <summary>The conduits of a site as rules: what holds between two segments where no rule covers the
/// traffic.</summary>
internal sealed class ConduitIndex
{
    private readonly FrozenDictionary<(string From, string To), BoundRule> _bySegments;

    public ConduitIndex(SiteFile site)
    {
        Rules = [.. site.Conduits.Select((conduit, index) =>
            new BoundRule(BoundRule.FirstConduit + index, RuleOf(conduit), site.Catalogs.Length, [], null))];
        _bySegments = site.Conduits.Zip(Rules)
            .Where(entry => entry.First.Default != ConduitDefault.Unexpected)
            .ToFrozenDictionary(entry => (entry.First.From, entry.First.To), entry => entry.Second);
    }

    public ImmutableArray<BoundRule> Rules { get; }

    /// <summary>The conduit that permits or forbids traffic from one host to another; null when there is none, or
    /// another than that.</summary>
    public BoundRule? Between(HostIdentity originator, HostIdentity responder) =>
        _bySegments.Count > 0 && originator.Segment is { } from && responder.Segment is { } to
            ? _bySegments.GetValueOrDefault((from, to))
            : null;

    private static Rule RuleOf(Conduit conduit) => Rule.ForAllTraffic(
        $"conduit.{conduit.From}.{conduit.To}", RuleScope.SiteCatalog,
        $"conduit from {conduit.From} to {conduit.To}, line {conduit.Line} of the site file", conduit.From, conduit.To,
        conduit.Default == ConduitDefault.Forbidden ? RuleVerdict.Forbidden : RuleVerdict.Allowed) with
    {
        Note = $"{conduit.Reason} (owner: {conduit.Owner})",
    };
}
