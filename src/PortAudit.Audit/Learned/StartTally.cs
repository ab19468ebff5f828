using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Learned;

/// <summary>Two hosts and the port of the service that one uses of the other.</summary>
/// <param name="Service">The service.</param>
/// <param name="Client">The originator.</param>
/// <param name="Server">The responder with its port.</param>
internal readonly record struct StartKey(TrafficKey Service, IpAddress Client, Endpoint Server)
{
    /// <summary>By service, client and server.</summary>
    public static Comparer<StartKey> Order { get; } = Comparer<StartKey>.Create((a, b) =>
    {
        var order = TrafficKey.Order.Compare(a.Service, b.Service);
        order = order != 0 ? order : a.Client.CompareTo(b.Client);
        return order != 0 ? order : a.Server.CompareTo(b.Server);
    });

    public static StartKey Persisted(StateArchive archive, StartKey key) => new(
        TrafficKey.Persisted(archive, key.Service), archive.Address(key.Client), archive.Endpoint(key.Server));
}

/// <summary>When a host opened connections to a service of another.</summary>
internal sealed class StartTally : IArchived
{
    /// <summary>Starts that are kept, the first: more than enough to show a period.</summary>
    public const int MaximumStarts = 500;

    /// <summary>Connections whose frames are shown.</summary>
    private const int MaximumShown = 10;

    private static readonly Comparer<Judgement> ByStart = Comparer<Judgement>.Create((a, b) =>
        FlowOrder.ByStart.Compare(a.Observed, b.Observed));

    private readonly BottomKSet<(long Ns, ulong Flow)> _starts = new(MaximumStarts);
    private readonly BottomKSet<Judgement> _shown = new(MaximumShown, ByStart);

    public Period? Period => _starts.Kept.Count > Periodicity.MinimumIntervals
        ? Periodicity.Of(_starts.Kept.Select(start => start.Ns))
        : null;

    /// <summary>The first intervals between connections, in nanoseconds.</summary>
    public ImmutableArray<long> FirstIntervalsNs =>
        [.. _starts.Kept.Zip(_starts.Kept.Skip(1), (one, next) => next.Ns - one.Ns).Take(NewsRow.MaximumIntervals)];

    public void Add(Judgement judgement)
    {
        _starts.Add((judgement.Flow.StartNs, judgement.Flow.Id));
        _shown.Add(judgement);
    }

    public void UnionWith(StartTally other)
    {
        _starts.UnionWith(other._starts);
        _shown.UnionWith(other._shown);
    }

    public void Persist(StateArchive archive)
    {
        _starts.Persist(archive, static (archive, start) => (archive.Number(start.Ns), archive.Unsigned(start.Flow)));
        _shown.Persist(archive, StateValues.Judgement);
    }

    /// <summary>Adds the first connections to those whose frames are shown.</summary>
    public void ShowIn(FlowGroup flows)
    {
        foreach (var judgement in _shown.Kept)
            flows.Add(judgement);
    }
}
