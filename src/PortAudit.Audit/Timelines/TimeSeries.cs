using System.Collections.Immutable;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Timelines;

/// <summary>
/// Sums over time, by lane. Only buckets in which something is take memory, so that a gap of a month costs nothing;
/// when there are more of them than the limit, they are joined into the next wider ones (<see cref="TimeGrid"/>). The
/// width reached depends on what was added, not on the order, and two series can be united.
/// </summary>
/// <typeparam name="TLane">What the sums are distinguished by: few values, whatever the traffic.</typeparam>
internal sealed class TimeSeries<TLane>
    where TLane : notnull
{
    /// <summary>Buckets at most: as many as a plot can show columns.</summary>
    public const int MaximumBuckets = ByteTimes.MaximumBuckets;

    private Dictionary<long, Dictionary<TLane, long>> _buckets = [];
    private int _level;

    public void Add(long timestampNs, TLane lane, long amount)
    {
        AddTo(TimeGrid.BucketOf(timestampNs, _level), lane, amount);
        Settle();
    }

    /// <summary>Adds an amount to a bucket of a level. The series has no narrower buckets afterwards: in which of them
    /// the amount belongs is not known.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="level">Its level.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="amount">The amount.</param>
    public void Add(long bucket, int level, TLane lane, long amount)
    {
        if (_level < level)
            CoarsenTo(level);
        AddTo(TimeGrid.Coarser(bucket, level, _level), lane, amount);
        Settle();
    }

    /// <summary>
    /// Spreads an amount evenly over a stretch of time. The parts are whole numbers that add up to the amount, and
    /// those of narrow buckets add up to those of wide ones.
    /// </summary>
    /// <param name="fromNs">Begin.</param>
    /// <param name="toNs">End, inclusive, not before the begin.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="amount">What to spread, not negative.</param>
    public void Spread(long fromNs, long toNs, TLane lane, long amount)
    {
        while (_level < TimeGrid.CoarsestLevel
            && TimeGrid.BucketOf(toNs, _level) - TimeGrid.BucketOf(fromNs, _level) >= MaximumBuckets)
            CoarsenTo(_level + 1);
        var width = TimeGrid.WidthNs(_level);
        var (first, last) = (TimeGrid.BucketOf(fromNs, _level), TimeGrid.BucketOf(toNs, _level));
        var before = 0L;
        for (var bucket = first; bucket <= last; bucket++)
        {
            var until = bucket == last
                ? amount
                : (long)(amount * ((((Int128)bucket + 1) * width) - fromNs) / (toNs - fromNs + 1));
            AddTo(bucket, lane, until - before);
            before = until;
        }

        Settle();
    }

    /// <summary>Adds <paramref name="other"/>, which is not changed.</summary>
    /// <param name="other">Another series.</param>
    /// <param name="lane">The lane that everything of it gets; null to keep its own.</param>
    public void UnionWith(TimeSeries<TLane> other, Func<TLane, TLane>? lane = null)
    {
        if (_level < other._level)
            CoarsenTo(other._level);
        foreach (var (bucket, lanes) in other._buckets)
        {
            foreach (var (own, amount) in lanes)
                AddTo(TimeGrid.Coarser(bucket, other._level, _level), lane is null ? own : lane(own), amount);
        }

        Settle();
    }

    /// <summary>Saves the sums, or takes those that were saved.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="lane">Persists a lane.</param>
    /// <param name="order">An order of the lanes.</param>
    public void Persist(StateArchive archive, Func<StateArchive, TLane, TLane> lane, IComparer<TLane> order)
    {
        _level = archive.Index(_level, TimeGrid.CoarsestLevel);
        archive.Map(_buckets, static (archive, bucket) => archive.Number(bucket), (archive, _, lanes) =>
        {
            lanes ??= [];
            archive.Map(lanes, lane, static (archive, _, amount) => archive.Number(amount), order);
            return lanes;
        });
    }

    /// <summary>The series as a report shows it: buckets by time, lanes in the order of
    /// <paramref name="order"/>.</summary>
    public TimePlot<TLane> ToPlot(IComparer<TLane> order) => ToPlot(static lane => lane, order);

    /// <summary>The series in the lanes of a report, each of one or more lanes of its own.</summary>
    /// <param name="shown">The lane in which a lane is shown.</param>
    /// <param name="order">The order of the lanes that are shown.</param>
    public TimePlot<TShown> ToPlot<TShown>(Func<TLane, TShown> shown, IComparer<TShown> order)
        where TShown : notnull =>
        new(TimeGrid.WidthNs(_level),
        [
            .. _buckets
                .Where(bucket => bucket.Value.Values.Any(amount => amount > 0))
                .OrderBy(bucket => bucket.Key)
                .Select(bucket => new TimeColumn<TShown>(
                    bucket.Key * TimeGrid.WidthNs(_level),
                    [.. bucket.Value.Where(entry => entry.Value > 0)
                        .GroupBy(entry => shown(entry.Key), entry => entry.Value)
                        .OrderBy(lane => lane.Key, order)
                        .Select(lane => KeyValuePair.Create(lane.Key, lane.Sum()))])),
        ]);

    private void AddTo(long bucket, TLane lane, long amount)
    {
        if (!_buckets.TryGetValue(bucket, out var lanes))
            _buckets.Add(bucket, lanes = []);
        lanes[lane] = lanes.GetValueOrDefault(lane) + amount;
    }

    private void Settle()
    {
        while (_buckets.Count > MaximumBuckets && _level < TimeGrid.CoarsestLevel)
            CoarsenTo(_level + 1);
    }

    private void CoarsenTo(int level)
    {
        var (finer, finerLevel) = (_buckets, _level);
        (_buckets, _level) = ([], level);
        foreach (var (bucket, lanes) in finer)
        {
            foreach (var (lane, amount) in lanes)
                AddTo(TimeGrid.Coarser(bucket, finerLevel, level), lane, amount);
        }
    }
}

/// <summary>Sums over time.</summary>
/// <param name="WidthNs">Width of every column, in nanoseconds.</param>
/// <param name="Columns">The columns in which something is, by time.</param>
public sealed record TimePlot<TLane>(long WidthNs, ImmutableArray<TimeColumn<TLane>> Columns);

/// <summary>The sums of one stretch of time.</summary>
/// <param name="StartNs">Its begin, in nanoseconds since the Unix epoch.</param>
/// <param name="Sums">The sums above zero, by lane.</param>
public sealed record TimeColumn<TLane>(long StartNs, ImmutableArray<KeyValuePair<TLane, long>> Sums);
