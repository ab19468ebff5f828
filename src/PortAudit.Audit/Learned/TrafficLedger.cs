using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Learned;

/// <summary>What an audit learns of the traffic that it judges.</summary>
/// <param name="keepsFlows">True to keep what proves each service, to compare it with a baseline.</param>
internal sealed class TrafficLedger(bool keepsFlows) : IArchived
{
    /// <summary>Services that are kept, the first in their order.</summary>
    public const int MaximumServices = 10_000;

    /// <summary>Pairs of hosts and services of which it is kept when connections began.</summary>
    public const int MaximumPairs = 20_000;

    private readonly BottomKMap<TrafficKey, TrafficTally> _services = new(MaximumServices, TrafficKey.Order);
    private readonly BottomKMap<StartKey, StartTally> _starts = new(MaximumPairs, StartKey.Order);

    /// <summary>True when it keeps what proves each service.</summary>
    public bool KeepsFlows => keepsFlows;

    /// <summary>True when there were more services than are kept.</summary>
    public bool HasMoreServices => _services.IsOverflown;

    /// <summary>True when there were more pairs than are kept.</summary>
    public bool HasMorePairs => _starts.IsOverflown;

    public IEnumerable<KeyValuePair<TrafficKey, TrafficTally>> Services => _services.Entries;

    public void Add(Judgement judgement)
    {
        if (TrafficKey.Of(judgement) is not { } key)
            return;
        _services.GetOrAdd(key, () => new TrafficTally(keepsFlows))?.Add(judgement);
        var flow = judgement.Flow;
        _starts.GetOrAdd(new StartKey(key, flow.Originator.Address, flow.Responder), static () => new StartTally())
            ?.Add(judgement);
    }

    public void UnionWith(TrafficLedger other)
    {
        _services.UnionWith(other._services, _ => new TrafficTally(keepsFlows),
            static (own, added) => own.UnionWith(added));
        _starts.UnionWith(other._starts, static _ => new StartTally(), static (own, added) => own.UnionWith(added));
    }

    public void Persist(StateArchive archive)
    {
        _services.Persist(archive, TrafficKey.Persisted,
            StateArchive.Making<TrafficKey, TrafficTally>(_ => new TrafficTally(keepsFlows)));
        _starts.Persist(archive, StartKey.Persisted,
            StateArchive.Making<StartKey, StartTally>(static _ => new StartTally()));
    }

    /// <summary>Pairs of hosts of which one connects to the other at regular intervals, by service.</summary>
    public ImmutableArray<PeriodicPair> PeriodicPairs =>
    [
        .. _starts.Entries.Select(entry => (entry.Key, entry.Value, entry.Value.Period))
            .Where(entry => entry.Period is not null)
            .Select(entry => new PeriodicPair(entry.Key, entry.Value, entry.Period!)),
    ];

    /// <summary>What was learned, by service.</summary>
    /// <param name="periodic"><see cref="PeriodicPairs"/>.</param>
    public ImmutableArray<LearnedEntry> Entries(ImmutableArray<PeriodicPair> periodic)
    {
        var periods = periodic.ToLookup(pair => pair.Key.Service, pair => pair.Period.PeriodNs);
        return [.. _services.Entries.Select(entry => entry.Value.ToEntry(entry.Key, SetOf(periods[entry.Key])))];
    }

    private static LearnedSet<long> SetOf(IEnumerable<long> periods)
    {
        var all = periods.Distinct().Order().ToList();
        return new LearnedSet<long>([.. all.Take(LearnedEntry.MaximumNames)],
            all.Count > LearnedEntry.MaximumNames);
    }
}

/// <summary>Two hosts of which one connects to the other at regular intervals.</summary>
/// <param name="Key">The hosts and the service.</param>
/// <param name="Starts">The connections.</param>
/// <param name="Period">The period.</param>
internal sealed record PeriodicPair(StartKey Key, StartTally Starts, Period Period);
