using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>
/// The topologies that the catalogs forbid, compared with what crossed a border. A capture point that sees several
/// segments stands where a firewall does (docs/decisions/002-observability.md); traffic that passes there between two
/// roles between which no firewall may stand violates the caution, whatever its ports. A point that says nothing of
/// what it sees proves nothing.
/// </summary>
internal sealed class CautionIndex
{
    private readonly ImmutableArray<BoundRule> _cautions;
    private readonly FrozenSet<string> _borders;
    private readonly RuleIndex _index;

    public CautionIndex(CatalogSet catalogs, SiteFile site, RuleIndex index)
    {
        var switches = new Switches(catalogs, site);
        Applicable = [.. catalogs.Files.SelectMany(file => file.Cautions)
            .Where(caution => caution.Unless is not { } lifting || !switches.IsOn(lifting))];
        _index = index;
        _borders = site.CapturePoints.Where(point => point.Sees.Length > 1).Select(point => point.Name)
            .ToFrozenSet(StringComparer.Ordinal);
        _cautions =
        [
            .. catalogs.Files
                .SelectMany((file, order) =>
                    file.Cautions.Select(caution => (Caution: caution, File: file, Order: order)))
                .Where(entry => Applicable.Contains(entry.Caution))
                .SelectMany(entry => BothWays(entry.Caution, entry.File.Id, entry.Order))
                .Select((bound, number) => bound with { Index = BoundRule.FirstCaution + number }),
        ];
    }

    public ImmutableArray<BoundRule> Rules => _cautions;

    /// <summary>The cautions that no condition lifts, in the order of the catalogs.</summary>
    public ImmutableArray<Caution> Applicable { get; }

    /// <summary>The caution that a flow violates, as a rule that forbids it; null when it violates none.</summary>
    public BoundRule? Violated(FlowRecord flow, HostIdentity originator, HostIdentity responder)
    {
        if (_cautions.IsEmpty || !_borders.Contains(flow.CapturePoint) || originator.Segment is null
            || responder.Segment is null || originator.Segment == responder.Segment)
            return null;
        foreach (var caution in _cautions)
        {
            if (_index.IsOneOf(originator, caution.Rule.From) && _index.IsOneOf(responder, caution.Rule.To))
                return caution;
        }

        return null;
    }

    private static IEnumerable<BoundRule> BothWays(Caution caution, string catalog, int order)
    {
        var (one, other) = (caution.Between[0], caution.Between[1]);
        yield return Bind(caution, catalog, order, one, other);
        if (one != other)
            yield return Bind(caution, catalog, order, other, one);
    }

    private static BoundRule Bind(Caution caution, string catalog, int order, string from, string to)
    {
        var rule = Rule.ForAllTraffic(caution.Id, catalog, caution.Text, from, to, RuleVerdict.Forbidden) with
        {
            Source = caution.Source,
            Note = caution.Note,
        };
        return new BoundRule(BoundRule.FirstCaution, rule, order, [], null);
    }
}
