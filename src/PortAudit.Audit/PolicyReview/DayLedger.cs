using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.PolicyReview;

/// <summary>On which days connections met firewalls, and on which day each service between two roles was seen
/// first.</summary>
internal sealed class DayLedger : IArchived
{
    /// <summary>Services between two roles of which the first day is kept, the first in their order.</summary>
    public const int MaxServices = 10_000;

    private readonly BottomKMap<int, Connections> _days = new(WatchedDays.MaxDays, Comparer<int>.Default);
    private readonly BottomKMap<RoleService, FirstDay> _services = new(MaxServices, RoleService.Order);

    /// <summary>True when there were more services than are kept.</summary>
    public bool HasMoreServices => _services.IsOverflown;

    /// <summary>The days that had a connection, with their number.</summary>
    public IEnumerable<(DateOnly Day, long Connections)> Days =>
        _days.Entries.Select(entry => (DateOnly.FromDayNumber(entry.Key), entry.Value.Count));

    /// <summary>The services with the day on which each was seen first, in their order.</summary>
    public IEnumerable<(RoleService Service, DateOnly First)> Services =>
        _services.Entries.Select(entry => (entry.Key, DateOnly.FromDayNumber(entry.Value.Number)));

    /// <summary>Adds a connection that met a firewall.</summary>
    public void Add(Judgement judgement)
    {
        var day = WatchedDays.DayOf(judgement.Flow.StartNs).DayNumber;
        if (_days.GetOrAdd(day, static () => new Connections()) is { } connections)
            connections.Count += judgement.Flow.Count;
        if (RoleService.Of(judgement) is { } service
            && _services.GetOrAdd(service, static () => new FirstDay()) is { } first)
            first.Number = Math.Min(first.Number, day);
    }

    /// <summary>Adds what <paramref name="other"/> holds, which stays as it is.</summary>
    public void UnionWith(DayLedger other)
    {
        _days.UnionWith(other._days, static _ => new Connections(), static (own, added) => own.Count += added.Count);
        _services.UnionWith(other._services, static _ => new FirstDay(),
            static (own, added) => own.Number = Math.Min(own.Number, added.Number));
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        _days.Persist(archive, Day, static (archive, _, connections) =>
            new Connections { Count = archive.Number(connections?.Count ?? 0) });
        _services.Persist(archive, RoleService.Persisted, static (archive, _, first) =>
            new FirstDay { Number = Day(archive, first?.Number ?? 0) });
    }

    private static int Day(StateArchive archive, int day) => archive.Index(day, DateOnly.MaxValue.DayNumber);

    private sealed class Connections
    {
        public long Count { get; set; }
    }

    private sealed class FirstDay
    {
        public int Number { get; set; } = DateOnly.MaxValue.DayNumber;
    }
}
