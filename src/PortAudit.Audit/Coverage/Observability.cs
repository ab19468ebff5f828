using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Coverage;

/// <summary>Whether a flow between two roles could have been seen: where, or why not.</summary>
/// <param name="Points">The capture points that would have shown it, by name; empty when it could not have been
/// seen.</param>
/// <param name="WhyNot">Why it could not have been seen, one sentence; null when it could.</param>
internal sealed record Sight(ImmutableArray<ObservationPoint> Points, string? WhyNot)
{
    /// <summary>The longest time that one of the points watched, in nanoseconds; 0 without one.</summary>
    public long WindowNs => Longest.Ns;

    /// <summary>The time of the point that watched longest.</summary>
    public WatchTime Longest => Points.Select(point => point.Watched).DefaultIfEmpty()
        .MaxBy(watched => watched.Ns);
}

/// <summary>
/// What a capture could have shown (docs/decisions/002-observability.md): both roles were active, and a capture point
/// lies between them that misses little: no filter, both directions, few packets lost or cut.
/// </summary>
internal sealed class Observability
{
    private readonly ActivityLedger _activity;
    private readonly RuleIndex _index;
    private readonly ImmutableArray<Presence> _presences;
    private readonly FrozenSet<string> _hosts;
    private readonly FrozenDictionary<string, ImmutableArray<Presence>> _byHost;
    private readonly Dictionary<string, ImmutableArray<Presence>> _active = new(StringComparer.Ordinal);
    private readonly ImmutableArray<PointSummary> _recorded;
    private readonly Absences _absences;
    private readonly Dictionary<string, ImmutableArray<string>> _sees;
    private readonly Dictionary<(string From, string To), Sight> _answers = [];
    private readonly Dictionary<(string Host, string Role, bool Opens), Sight> _answersForHosts = [];

    /// <summary>Weighs what was active against what the capture points see.</summary>
    public Observability(SiteFile site, ObservationSummary observation, ActivityLedger activity, RuleIndex index)
    {
        _activity = activity;
        _index = index;
        _presences = [.. activity.Presences];
        _byHost = _presences.Where(presence => presence.Host is not null)
            .GroupBy(presence => presence.Host!, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        _hosts = site.Hosts.Select(host => host.Name).ToFrozenSet(StringComparer.Ordinal);
        _recorded = [.. observation.Points.Where(point => point.Packets > 0)
            .OrderBy(point => point.Name, StringComparer.Ordinal)];
        _absences = new Absences(site, observation);
        _sees = site.CapturePoints.GroupBy(point => point.Name)
            .ToDictionary(group => group.Key, group => group.First().Sees, StringComparer.Ordinal);
    }

    /// <summary>Whether a flow from one role to another could have been seen.</summary>
    public Sight Between(string from, string to)
    {
        if (!_answers.TryGetValue((from, to), out var sight))
            _answers.Add((from, to), sight = Look(from, Active(from), to, Active(to)));
        return sight;
    }

    /// <summary>True when the site says of each capture point that recorded packets what passes there.</summary>
    public bool KnowsWhatPointsSee => _recorded.All(point => !_sees.GetValueOrDefault(point.Name, []).IsEmpty);

    /// <summary>Whether a flow between two segments could have been seen, where the site says what passes at the
    /// points.</summary>
    public Sight BetweenSegments(string from, string to)
    {
        ImmutableArray<PointSummary> between =
            [.. _recorded.Where(point => Passes(_sees.GetValueOrDefault(point.Name, []), from, to))];
        return between.IsEmpty
            ? Unseen($"No capture point that recorded packets lies between {from} and {to}.")
            : OfGood(between);
    }

    /// <summary>Whether a flow that one host opens to a role, or that a role opens to it, could have been
    /// seen.</summary>
    /// <param name="host">Name of the host.</param>
    /// <param name="role">The role at the other end.</param>
    /// <param name="opens">True when the host is the originator.</param>
    public Sight OfHost(string host, string role, bool opens)
    {
        if (_answersForHosts.TryGetValue((host, role, opens), out var sight))
            return sight;
        var own = _byHost.GetValueOrDefault(host, []);
        sight = opens ? Look(host, own, role, Active(role)) : Look(role, Active(role), host, own);
        _answersForHosts.Add((host, role, opens), sight);
        return sight;
    }

    /// <summary>
    /// The names of capture points that, by the site, lie between the endpoints of all these flows, watched from the
    /// first to the last, lost little, and recorded none. Empty also if there are too many endpoints.
    /// </summary>
    public ImmutableArray<string> PointsWithout(FlowGroup flows)
    {
        if (flows.Originators.IsOverflown || flows.Responders.IsOverflown)
            return [];
        return
        [
            .. _recorded.Where(point => !flows.Points.Contains(point.Name)
                && _sees.GetValueOrDefault(point.Name, []) is { IsEmpty: false } sees
                && flows.Originators.Kept.All(a => flows.Responders.Kept.All(b => Passes(sees, a.Segment, b.Segment)))
                && HasWatched(point, flows.FirstNs, flows.LastNs)
                && VisibilityLimits.Why(point, _activity) is null).Select(point => point.Name),
        ];
    }

    /// <summary>The same for one flow.</summary>
    /// <param name="flow">The flow, which one point recorded.</param>
    /// <param name="originator">Who opened it.</param>
    /// <param name="responder">Who was asked.</param>
    public ImmutableArray<string> PointsWithout(FlowRecord flow, HostIdentity originator, HostIdentity responder) =>
    [
        .. _recorded.Where(point => point.Name != flow.CapturePoint
            && _sees.GetValueOrDefault(point.Name, []) is { IsEmpty: false } sees
            && Passes(sees, originator.Segment, responder.Segment)
            && HasWatched(point, flow.StartNs, flow.EndNs)
            && VisibilityLimits.Why(point, _activity) is null).Select(point => point.Name),
    ];

    /// <summary>True when a host of the site sent a packet.</summary>
    public bool IsActive(string host) => _byHost.ContainsKey(host);

    private Sight Look(string from, ImmutableArray<Presence> originators, string to,
        ImmutableArray<Presence> responders)
    {
        if (_recorded.IsEmpty)
            return Unseen("The capture contains no packets.");
        if ((WhySilent(from, originators) ?? WhySilent(to, responders)) is { } silent)
            return Unseen(silent);
        if (!originators.Any(a => responders.Any(a.CanTalkTo)))
            return Unseen("The only active host in "
                + $"{(from == to ? $"the role {to}" : $"the roles {from} and {to}")} is {originators[0].Host}, and "
                + "what a host sends to itself no capture shows.");

        ImmutableArray<PointSummary> between =
            [.. _recorded.Where(point => LiesBetween(point.Name, from, originators, to, responders))];
        if (between.IsEmpty)
            return Unseen($"No capture point that recorded packets lies between {RoleIn(from, originators)} and "
                + $"{RoleIn(to, responders)}.");
        return OfGood(between);
    }

    /// <summary>Those of the points between two ends that miss little.</summary>
    private Sight OfGood(ImmutableArray<PointSummary> between)
    {
        ImmutableArray<PointSummary> good = [.. between.Where(point => VisibilityLimits.Why(point, _activity) is null)];
        return good.IsEmpty
            ? Unseen(VisibilityLimits.Why(between[0], _activity)!)
            : new Sight([.. good.Select(point => new ObservationPoint(
                point.Name, _sees.GetValueOrDefault(point.Name, []),
                WatchTime.Of(point, _absences.Of(point.Name), _absences.Holes)))], null);
    }

    private static Sight Unseen(string why) => new([], why);

    private ImmutableArray<Presence> Active(string name)
    {
        if (!_active.TryGetValue(name, out var active))
            _active.Add(name, active = [.. _presences.Where(presence => _index.IsA(presence.Identity, name))]);
        return active;
    }

    private string? WhySilent(string name, ImmutableArray<Presence> active)
    {
        if (!active.IsEmpty || name == BuiltInRoles.Any)
            return null;
        return _hosts.Contains(name)
            ? $"The host {name} sent no packet in this capture."
            : $"No host in the role {name} sent a packet in this capture.";
    }

    private bool LiesBetween(string point, string from, ImmutableArray<Presence> originators, string to,
        ImmutableArray<Presence> responders)
    {
        var sees = _sees.GetValueOrDefault(point, []);
        if (sees.IsEmpty)
        {
            // The site does not say what passes here, so only recorded traffic shows it.
            return (from == BuiltInRoles.Any || originators.Any(a => a.Point == point))
                && (to == BuiltInRoles.Any || responders.Any(b => b.Point == point));
        }

        if (from == BuiltInRoles.Any || to == BuiltInRoles.Any)
        {
            var named = from == BuiltInRoles.Any ? responders : originators;
            return (from == BuiltInRoles.Any && to == BuiltInRoles.Any) || named.Any(end => IsSeen(sees, end.Segment));
        }

        return originators.Any(a => responders.Any(b => a.CanTalkTo(b) && Passes(sees, a.Segment, b.Segment)));
    }

    // A point that sees one segment is inside it; one that sees several is on their border, where traffic within a
    // segment does not pass.
    private static bool Passes(ImmutableArray<string> sees, string? a, string? b) =>
        IsSeen(sees, a) && IsSeen(sees, b) && (a != b || sees.Length == 1);

    private static bool IsSeen(ImmutableArray<string> sees, string? segment) =>
        segment is not null && sees.Contains(segment);

    private bool HasWatched(PointSummary point, long fromNs, long toNs) =>
        point.FirstNs <= fromNs && point.LastNs >= toNs
        && !_absences.Of(point.Name).Any(absence => absence.FromNs < toNs && absence.ToNs > fromNs);

    private static string RoleIn(string role, ImmutableArray<Presence> active)
    {
        var segments = active.Select(presence => presence.Segment).OfType<string>().Distinct()
            .Order(StringComparer.Ordinal).ToList();
        return segments.Count == 0 ? $"{role} (in no segment)" : $"{role} ({string.Join(", ", segments)})";
    }
}
