using System.Collections.Immutable;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Which capture points could have shown the connections of each rule: those that see both segments of every
/// pair that the rule joins. Where the site does not say what they see, all are taken to see all.</summary>
internal sealed class RuleSights
{
    private readonly RuleReach _reach;
    private readonly PolicyPath _path;
    private readonly Observability _observability;
    private readonly WatchedDays _days;
    private readonly Dictionary<string, long> _watched;
    private readonly List<(string Name, IntervalSet<UInt128> Addresses)> _segments = [];
    private readonly Dictionary<(string From, string To), Sight> _pairs = [];
    private readonly Dictionary<(string From, string To), RuleSight> _joined = [];

    /// <summary>Parts the addresses of the site by segment.</summary>
    public RuleSights(SiteFile site, PolicyPath path, RuleReach reach, Observability observability, WatchedDays days)
    {
        (_path, _reach, _observability, _days) = (path, reach, observability, days);
        _watched = days.Points.ToDictionary(point => point.Name, point => point.WatchedNs, StringComparer.Ordinal);
        var taken = IntervalSet.Empty<UInt128>();
        foreach (var (name, prefix) in site.Segments
            .SelectMany(segment => segment.Prefixes, (segment, prefix) => (segment.Name, prefix))
            .OrderByDescending(entry => entry.prefix.Length))
        {
            var own = AddressSet.Of(prefix);
            _segments.Add((name, own.Except(taken)));
            taken = taken.Union(own);
        }

        foreach (var rest in site.Segments.Where(segment => segment.Prefixes.IsEmpty))
            _segments.Add((rest.Name, taken.Complement()));
    }

    /// <summary>The sight of one rule.</summary>
    public RuleSight Of(PolicyList list, PolicyRule rule)
    {
        if (!_observability.KnowsWhatPointsSee)
            return Everywhere;
        var (from, to) = _reach.Of(list, rule);
        var (sources, targets) = (SegmentsOf(from), SegmentsOf(to));
        var key = (string.Join('\n', sources), string.Join('\n', targets));
        if (!_joined.TryGetValue(key, out var sight))
            _joined.Add(key, sight = Join(sources, targets));
        return sight;
    }

    private RuleSight Everywhere => new([.. _days.Points.Select(point => point.Name)], _days.LongestNs, null);

    private RuleSight Join(List<string> sources, List<string> targets)
    {
        var points = new SortedSet<string>(StringComparer.Ordinal);
        var (shortest, whyNot, isAny) = (long.MaxValue, (string?)null, false);
        foreach (var pair in sources.SelectMany(from => targets, (from, to) => (from, to)).Where(_path.Joins))
        {
            isAny = true;
            if (!_pairs.TryGetValue(pair, out var sight))
                _pairs.Add(pair, sight = _observability.BetweenSegments(pair.from, pair.to));
            whyNot ??= sight.WhyNot;
            points.UnionWith(sight.Points.Select(point => point.Name));
            shortest = Math.Min(shortest, sight.Points.Select(point => _watched.GetValueOrDefault(point.Name))
                .DefaultIfEmpty().Max());
        }

        return isAny ? new RuleSight([.. points], shortest, whyNot) : Everywhere;
    }

    private List<string> SegmentsOf(IntervalSet<UInt128> addresses) =>
    [
        .. _segments.Where(segment => segment.Addresses.Overlaps(addresses)).Select(segment => segment.Name)
            .Distinct(StringComparer.Ordinal),
    ];
}
