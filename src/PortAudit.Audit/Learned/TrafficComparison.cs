using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Learned;

/// <summary>Compares what an audit learned with a baseline. What the baseline has and the audit has not is never
/// told: silence is no alarm.</summary>
internal sealed class TrafficComparison
{
    /// <summary>Two periods are one when they differ by no more than this part of the longer.</summary>
    private const double PeriodTolerance = 0.2;

    /// <summary>Pairs of hosts that a finding describes.</summary>
    private const int MaximumPairs = 3;

    private const string Remedy =
        "If it belongs there, accept it with 'portaudit accept'. If nobody can explain it, look at its packets.";

    private readonly LearnedTraffic _baseline;
    private readonly LearnedTraffic _now;
    private readonly TrafficLedger _ledger;
    private readonly ILookup<(string From, string To), LearnedEntry> _byRoles;
    private readonly ILookup<TrafficKey, LearnedEntry> _onPorts;
    private readonly FrozenSet<TrafficKey> _keys;
    private readonly FrozenSet<string> _roles;
    private readonly List<FindingDraft> _drafts = [];
    private readonly List<NewsRow> _rows = [];

    /// <summary>New services that rules allow.</summary>
    private readonly List<LearnedEntry> _allowed = [];

    private TrafficComparison(LearnedTraffic baseline, LearnedTraffic now, TrafficLedger ledger)
    {
        (_baseline, _now, _ledger) = (baseline, now, ledger);
        _byRoles = baseline.Entries.ToLookup(entry => (entry.FromRole, entry.ToRole));
        _onPorts = baseline.Entries.ToLookup(entry => entry.Key.OnPorts);
        _keys = baseline.Entries.Select(entry => entry.Key).ToFrozenSet();
        _roles = baseline.Entries.SelectMany(entry => new[] { entry.FromRole, entry.ToRole })
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Compares.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="now">What was learned.</param>
    /// <param name="ledger">What it was learned from, with the flows.</param>
    /// <param name="periodic">The pairs of hosts with regular connections.</param>
    /// <param name="drafts">Receives the findings.</param>
    public static TrafficNews Of(LearnedTraffic baseline, LearnedTraffic now, TrafficLedger ledger,
        ImmutableArray<PeriodicPair> periodic, out ImmutableArray<FindingDraft> drafts)
    {
        var comparison = new TrafficComparison(baseline, now, ledger);
        comparison.AddServices();
        comparison.AddPeriods(periodic);
        var listed = comparison._drafts.GroupBy(draft => draft.Finding.Kind)
            .SelectMany(kind => kind.Take(TrafficNews.MaximumFindings)).ToList();
        drafts = [.. listed];
        var ids = listed.Select(draft => draft.Finding.Id).ToHashSet(StringComparer.Ordinal);
        return new TrafficNews(baseline, comparison.Caveats(),
            [.. comparison._rows.Where(row => ids.Contains(row.Finding))],
            comparison._drafts.Count - listed.Count);
    }

    private ImmutableArray<string> Caveats()
    {
        var caveats = new List<string>();
        if (_baseline.SiteSha256 != _now.SiteSha256)
            caveats.Add("The baseline was learned with another version of the site file: other roles and segments make "
                + "known traffic look new.");
        if (!_baseline.Catalogs.SequenceEqual(_now.Catalogs, StringComparer.Ordinal))
            caveats.Add($"The baseline was learned with the catalogs {string.Join(", ", _baseline.Catalogs)}, this "
                + $"audit uses {string.Join(", ", _now.Catalogs)}: other rules name roles and ports in another way.");
        if (_baseline.HasMoreEntries)
            caveats.Add("The baseline does not hold all services of its captures: some of those below may be known.");
        if (_now.HasMoreEntries)
            caveats.Add($"Only the first {TrafficLedger.MaximumServices} services of these captures were compared.");
        if (_now.HasMorePairs)
            caveats.Add($"Regular intervals were looked for in the first {TrafficLedger.MaximumPairs} pairs of hosts "
                + "alone.");
        var overlap = _baseline.OverlapNs(_now);
        if (overlap > 0)
            caveats.Add($"Baseline and audit watched {Duration.InSentence(overlap)} at the same time: what both "
                + "recorded is not new.");
        return [.. caveats];
    }

    private void AddServices()
    {
        var tallies = _ledger.Services.ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach (var service in _now.Entries.GroupBy(entry =>
            (entry.FromRole, entry.ToRole, entry.Transport, entry.Name)))
        {
            var unknown = new List<LearnedEntry>();
            foreach (var entry in service)
            {
                var known = Known(entry.Key);
                if (known.IsEmpty)
                    (IsAllowed(tallies[entry.Key].Flows!) ? _allowed : unknown).Add(entry);
                else if (ChangesOf(entry, known) is { Count: > 0 } changes)
                    AddChange(entry, tallies[entry.Key], changes, known);
            }

            if (unknown.Count > 0)
                AddNew(unknown, FlowGroup.Union(unknown.Select(entry => tallies[entry.Key].Flows!)));
        }

        foreach (var pair in _allowed.GroupBy(entry => (entry.FromRole, entry.ToRole)))
            AddAllowed([.. pair], FlowGroup.Union(pair.Select(entry => tallies[entry.Key].Flows!)));
    }

    /// <summary>What the baseline has of a service between its roles, in whatever segments.</summary>
    private ImmutableArray<LearnedEntry> Known(TrafficKey key) =>
        [.. _onPorts[key.OnPorts].Where(entry => key.MayBe(entry.Key))];

    private List<string> ChangesOf(LearnedEntry entry, ImmutableArray<LearnedEntry> known)
    {
        ImmutableArray<LearnedEntry> here = [.. known.Where(before =>
            (before.FromSegment, before.ToSegment) == (entry.FromSegment, entry.ToSegment))];
        if (here.IsEmpty)
            return [$"between the segments {Shown(entry.FromSegment)} and {Shown(entry.ToSegment)} the baseline does "
                + "not have it"];
        var before = here.Skip(1).Aggregate(here[0], (one, two) => one.UnionWith(two));
        return [.. EntryChanges.Of(entry, before, _baseline)];
    }

    private static string Shown(string segment) => segment.Length == 0 ? HostIdentity.NoSegment : segment;

    private void AddNew(List<LearnedEntry> entries, FlowGroup flows)
    {
        var key = entries[0].Key;
        var draft = FindingDrafting.OfFlows(
            new FindingKey(FindingKind.NewTraffic, key.FromRole, key.ToRole, null, $"{key.Transport} {key.Name}"),
            flows,
            $"{Uses(flows, ServiceOf(entries))}. The baseline watched {_baseline.WatchText} and does not have it. "
                + Otherwise(key),
            Remedy);
        Add(draft, entries, isNew: true);
    }

    /// <summary>What documents ask for is new as soon as a baseline watched too short. It is one finding for each pair
    /// of roles.</summary>
    private void AddAllowed(ImmutableArray<LearnedEntry> entries, FlowGroup flows)
    {
        var key = entries[0].Key;
        var services = entries.Select(entry => entry.Key.Service).Distinct(StringComparer.Ordinal).ToList();
        var draft = FindingDrafting.OfFlows(
            new FindingKey(FindingKind.NewTraffic, key.FromRole, key.ToRole, null, "allowed"),
            flows,
            Severity.Info,
            $"{Uses(flows, HostList.Of(services))}. Rules allow {Quantity.Word(services.Count, "it", "them")}. The "
                + $"baseline watched {_baseline.WatchText} and has none of that. {Otherwise(key)}",
            Remedy);
        Add(draft, entries, isNew: true);
    }

    private static bool IsAllowed(FlowGroup flows) => flows.Verdicts.All(entry => entry.Verdict.IsAllowed());

    private void AddChange(LearnedEntry entry, TrafficTally tally, List<string> changes,
        ImmutableArray<LearnedEntry> known)
    {
        var key = entry.Key;
        var draft = FindingDrafting.OfFlows(
            new FindingKey(FindingKind.UnlikeBaseline, key.FromRole, key.ToRole, null, key.Id),
            tally.Flows!,
            $"{Uses(tally.Flows!, key.Service)}. Unlike before: {string.Join("; ", changes)}. The baseline watched "
                + $"{_baseline.WatchText} and has {Quantity.Of(known.Sum(before => before.Connections), "connection")} "
                + "of this service between these roles.",
            Remedy);
        Add(draft, [entry], isNew: !_keys.Contains(key));
    }

    private void Add(FindingDraft draft, IEnumerable<LearnedEntry> entries, bool isNew,
        ImmutableArray<long> intervalsNs = default)
    {
        _drafts.Add(draft);
        _rows.AddRange(entries.Select(entry => new NewsRow(draft.Finding.Id, draft.Finding.Kind, entry, isNew)
        {
            HoursBefore = HoursOf(Known(entry.Key)),
            FirstIntervalsNs = intervalsNs.IsDefault ? [] : intervalsNs,
        }));
    }

    private static ImmutableArray<long> HoursOf(ImmutableArray<LearnedEntry> entries) =>
        [.. Enumerable.Range(0, LearnedEntry.HoursPerDay).Select(hour => entries.Sum(entry => entry.Hours[hour]))];

    private static string Uses(FlowGroup flows, string service) =>
        $"{HostList.Of(flows.Originators)} to {HostList.Of(flows.Responders)} on {service}: "
            + $"{Quantity.Of(flows.Flows, "connection")} since {SentenceTime.ToText(flows.FirstNs)}";

    private static string ServiceOf(List<LearnedEntry> entries) => entries.DistinctBy(entry => entry.Ports).Count() == 1
        ? entries[0].Key.Service
        : $"{entries[0].Transport} {entries[0].Name}".TrimEnd();

    /// <summary>What else the baseline knows of the roles, for a reader to weigh its silence.</summary>
    private string Otherwise(TrafficKey key)
    {
        var pair = _byRoles[(key.FromRole, key.ToRole)].ToList();
        if (pair.Count > 0)
            return $"Between these roles it has {Quantity.Of(pair.Sum(entry => entry.Connections), "connection")} of "
                + $"{Quantity.Of(pair.DistinctBy(entry => entry.Key.BetweenRoles).Count(), "other service")}.";
        ImmutableArray<string> unseen = [.. new[] { key.FromRole, key.ToRole }.Distinct(StringComparer.Ordinal)
            .Where(role => !_roles.Contains(role))];
        return unseen.IsEmpty
            ? "It has both roles, and nothing between them."
            : $"It never saw the {Quantity.Word(unseen.Length, "role", "roles")} {string.Join(" and ", unseen)}, so it "
                + "cannot tell how usual this is.";
    }

    private void AddPeriods(ImmutableArray<PeriodicPair> periodic)
    {
        foreach (var service in periodic.Where(IsNews).GroupBy(pair => pair.Key.Service))
        {
            ImmutableArray<PeriodicPair> pairs = [.. service];
            var flows = new FlowGroup();
            foreach (var pair in pairs)
                pair.Starts.ShowIn(flows);
            var described = pairs.Take(MaximumPairs).Select(Sentence).ToList();
            var rest = pairs.Length > described.Count
                ? $"; and {Quantity.Of(pairs.Length - described.Count, "other pair")} of hosts"
                : "";
            var draft = FindingDrafting.OfFlows(
                new FindingKey(FindingKind.PeriodicConnections, service.Key.FromRole, service.Key.ToRole, null,
                    service.Key.Id),
                flows,
                $"On {service.Key.Service}: {string.Join("; ", described)}{rest}. Programs connect like this that ask "
                    + "for news, such as updates and monitoring, and so do implants that wait for commands. The "
                    + $"baseline watched {_baseline.WatchText} and has no such period. Counts and frames are those of "
                    + "the first connections of each pair.",
                "Find the program that connects. If it belongs there, accept it with 'portaudit accept'.");
            Add(draft, _now.Entries.Where(entry => entry.Key == service.Key),
                isNew: !_keys.Contains(service.Key),
                pairs.MaxBy(pair => pair.Period.Events)!.Starts.FirstIntervalsNs);
        }
    }

    private bool IsNews(PeriodicPair pair) => !Known(pair.Key.Service).Any(entry => entry.Periods.HasMore
        || entry.Periods.Kept.Any(period => IsSame(period, pair.Period.PeriodNs)));

    private static bool IsSame(long one, long other) =>
        Math.Abs((double)one - other) <= PeriodTolerance * Math.Max(one, other);

    private static string Sentence(PeriodicPair pair)
    {
        var pauses = pair.Period.Pauses == 0 ? "" : $", {Quantity.Of(pair.Period.Pauses, "pause")} left out";
        return $"{pair.Key.Client} connects to {pair.Key.Server} every {Duration.InSentence(pair.Period.PeriodNs)}, "
            + $"half of the times within {Duration.InSentence(pair.Period.JitterNs)} of that ({pair.Period.Events} "
            + $"times{pauses})";
    }
}
