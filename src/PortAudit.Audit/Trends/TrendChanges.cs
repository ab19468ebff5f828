using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Segments;

namespace PortAudit.Audit.Trends;

/// <summary>Finds what is new, gone, grown or shrunk. Where it was not watched, silence proves nothing.</summary>
/// <param name="watch">When capture points watched.</param>
internal sealed class TrendChanges(TrendWatch watch)
{
    private readonly List<TrendChange> _changes = [];

    /// <summary>True when a period could be compared with an earlier one.</summary>
    public bool Compared { get; private set; }

    /// <summary><see cref="WatchedPeriods.Alike"/> of the service that has most.</summary>
    public ImmutableArray<int> Alike { get; private set; } = [];

    /// <summary>Words of services that came later than the first period, and of which no earlier period would have
    /// shown them.</summary>
    public int NotKnown { get; private set; }

    /// <summary>By word, kind and number of flows.</summary>
    public ImmutableArray<TrendChange> Sorted =>
    [
        .. _changes.OrderBy(change => TrafficTrend.Words.IndexOf(change.Word)).ThenBy(change => change.Kind)
            .ThenByDescending(change => change.Flows),
    ];

    /// <summary>Adds the changes of a pair of segments.</summary>
    public void Add(SegmentPair pair, ImmutableArray<(TrendService Trend, TrendServiceTally Tally)> services)
    {
        var sockets = services.Select(service => service.Trend).ToLookup(SocketOf);
        foreach (var (trend, tally) in services)
        {
            var periods = watch.Of(tally.Points.Kept, isKnown: !tally.Points.IsOverflown);
            Compared |= periods.AreComparable;
            Alike = periods.Alike.Length > Alike.Length ? periods.Alike : Alike;
            ImmutableArray<TrendService> same =
                [.. sockets[SocketOf(trend)].Where(other => MayBeOne(trend.Service.Name, other.Service.Name))];
            foreach (var word in TrafficTrend.Words)
            {
                if (!trend.Counts.Any(count => count.Word == word))
                    continue;
                var row = new Row(trend, same, word);
                if (row.Begin > 0 && periods.Before(row.Begin).IsEmpty)
                    NotKnown++;
                if (ChangeOf(row, periods) is { } change)
                    _changes.Add(change with { From = pair.From, To = pair.To });
            }
        }
    }

    private static TrendChange? ChangeOf(Row row, WatchedPeriods watched) =>
        NewOf(row, watched) ?? GoneOf(row, watched) ?? GrownOf(row, watched);

    private static TrendChange? NewOf(Row row, WatchedPeriods watched) =>
        row.Begin >= 0 && watched.Before(row.Begin) is { IsEmpty: false } before
            ? row.Change(TrendChangeKind.New, row.Begin, row.Total, before, watched)
            : null;

    private static TrendChange? GoneOf(Row row, WatchedPeriods watched)
    {
        var alike = watched.Alike;
        ImmutableArray<int> since = [.. alike.Where(period => period > row.Last)];
        ImmutableArray<int> until = [.. alike.Where(period => period <= row.Last)];
        if (!TrendRule.IsGone([.. until.Select(row.Of)], since.Length))
            return null;
        return row.Change(TrendChangeKind.Gone, row.Last, row.Total, since, watched) with
        {
            Seen = until.Count(period => row.Of(period) > 0),
            SeenOf = until.Length,
            Median = TrendRule.Median([.. until.Select(row.Of)]),
        };
    }

    /// <summary>What bytes name in one flow and not in another has to have changed in sum, too.</summary>
    private static TrendChange? GrownOf(Row row, WatchedPeriods watched)
    {
        var alike = watched.Alike;
        ImmutableArray<long> own = [.. alike.Select(row.OwnOf)];
        foreach (var kind in new[] { TrendChangeKind.Grown, TrendChangeKind.Shrunk })
        {
            var isGrown = kind == TrendChangeKind.Grown;
            if (TrendRule.Since(own, isGrown) is { } first
                && TrendRule.Holds([.. alike.Select(row.Of)], first, isGrown))
                return row.Change(kind, alike[first], isGrown ? own.Skip(first).Min() : own.Skip(first).Max(),
                    alike[..first], watched) with
                {
                    Median = TrendRule.Median(own[..first]),
                };
        }

        return null;
    }

    private static (string Transport, string Ports, bool IsAttempts) SocketOf(TrendService service) =>
        (service.Service.Transport.ToString(), service.Service.Ports, service.Service.IsAttempts);

    /// <summary>True when two names on one port may be of one service: one is not known, or says less.</summary>
    private static bool MayBeOne(string? one, string? other)
    {
        var (left, right) = (Plain(one), Plain(other));
        return left.Length == 0 || right.Length == 0 || left == right
            || left.StartsWith($"{right}/", StringComparison.Ordinal)
            || right.StartsWith($"{left}/", StringComparison.Ordinal);
    }

    /// <summary>A name without the mark that it rests on a port.</summary>
    private static string Plain(string? name) => name?.Replace("?", "", StringComparison.Ordinal) ?? "";

    /// <summary>Flows of one word and service, with those of services that may be the same.</summary>
    private sealed class Row
    {
        private readonly TrendService _service;
        private readonly Dictionary<int, long> _own;
        private readonly Dictionary<int, long> _all;
        private readonly ImmutableArray<TrendService> _same;

        public Row(TrendService service, ImmutableArray<TrendService> same, FlowWord word)
        {
            (_service, _same, Word) = (service, same, word);
            _own = Sum([service]);
            _all = Sum(same);
            Last = _all.Keys.Max();
        }

        public FlowWord Word { get; }

        public long Total => _own.Values.Sum();

        /// <summary>The first period with it; negative for the time before the periods. That nothing proves what became
        /// of a flow is no news of a service that is known.</summary>
        public int Begin => Word != FlowWord.Unanswered
            ? _all.Keys.Min()
            : _same.SelectMany(service => service.Counts).Where(count => count.Word is not null)
                .Min(count => count.Period);

        public int Last { get; }

        public long OwnOf(int period) => _own.GetValueOrDefault(period);

        public long Of(int period) => _all.GetValueOrDefault(period);

        public TrendChange Change(TrendChangeKind kind, int period, long flows, ImmutableArray<int> compared,
            WatchedPeriods watched) => new(kind, "", "", _service.Service, Word, period, flows, compared.Length,
            compared.Sum(other => (long)watched.MinutesOf(other)), 0, 0, 0);

        private Dictionary<int, long> Sum(IEnumerable<TrendService> services) => services
            .SelectMany(service => service.Counts).Where(count => count.Word == Word)
            .GroupBy(count => count.Period).ToDictionary(group => group.Key, group => group.Sum(count => count.Flows));
    }
}
