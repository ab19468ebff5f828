using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Segments;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Trends;

/// <summary>Makes the trend of what was counted by day.</summary>
/// <param name="by">The length of the periods.</param>
/// <param name="ledger">What was counted.</param>
internal sealed class TrendReading(TrendPeriod by, TrendLedger ledger)
{
    private static readonly ImmutableArray<FlowWord?> Words = [.. Enum.GetValues<FlowWord>(), null];

    private readonly ImmutableArray<int> _firstDays = FirstDaysOf(by, ledger.Total);

    /// <summary>The trend; null when none was asked for.</summary>
    /// <param name="by">The length of the periods.</param>
    /// <param name="ledger">What was counted; null when nothing was.</param>
    /// <param name="pairs">The pairs of the report.</param>
    /// <param name="site">The site.</param>
    /// <param name="observation">What was read.</param>
    public static TrafficTrend? Of(TrendPeriod? by, TrendLedger? ledger, ImmutableArray<SegmentPair> pairs,
        SiteFile site, ObservationSummary observation) =>
        by is { } given && ledger is not null ? new TrendReading(given, ledger).Read(pairs, site, observation) : null;

    private TrafficTrend Read(ImmutableArray<SegmentPair> pairs, SiteFile site, ObservationSummary observation)
    {
        var watch = new TrendWatch(by, _firstDays, site, observation, ledger);
        var tallies = ledger.Pairs.ToDictionary(entry => entry.Key, entry => entry.Value);
        var changes = new TrendChanges(watch);
        var trends = ImmutableArray.CreateBuilder<TrendPair>();
        foreach (var pair in pairs)
        {
            if (!tallies.TryGetValue((pair.From, pair.To), out var tally))
                continue;
            var services = ServicesOf(pair, tally);
            trends.Add(new TrendPair(pair, CountsOf(tally.Counts), [.. services.Select(service => service.Trend)]));
            changes.Add(pair, services);
        }

        var total = CountsOf(ledger.Total);
        var periods = total.Where(count => count.Period >= 0).ToLookup(count => count.Period);
        var sorted = changes.Sorted;
        return new TrafficTrend(by,
            [
                .. _firstDays.Select((day, index) => new TrendSpan(DateOnly.FromDayNumber(day),
                    DateOnly.FromDayNumber(day + by.Days() - 1), watch.LongestIn(index), [.. periods[index]])),
            ],
            trends.ToImmutable(), ledger.IsOverflown,
            total.Where(count => count.Period == TrendCount.Earlier).Sum(count => count.Flows),
            [.. sorted.Take(TrafficTrend.MaximumChanges)], Math.Max(0, sorted.Length - TrafficTrend.MaximumChanges),
            changes.Compared, changes.Alike, changes.NotKnown);
    }

    /// <summary>The services of a pair that the report has, in its order.</summary>
    private ImmutableArray<(TrendService Trend, TrendServiceTally Tally)> ServicesOf(SegmentPair pair,
        TrendPairTally tally)
    {
        var tallies = tally.Services.Entries.ToDictionary(entry =>
            (entry.Key.Transport, entry.Key.Ports, entry.Key.Name, entry.Key.IsAttempts), entry => entry.Value);
        var services = ImmutableArray.CreateBuilder<(TrendService Trend, TrendServiceTally Tally)>();
        foreach (var service in pair.Services)
        {
            if (tallies.TryGetValue((service.Transport, service.Ports, service.Name ?? "", service.IsAttempts),
                out var own))
                services.Add((new TrendService(service, CountsOf(own.Counts)), own));
        }

        return services.ToImmutable();
    }

    private ImmutableArray<TrendCount> CountsOf(DayCounts days)
    {
        var counts = ImmutableArray.CreateBuilder<TrendCount>();
        var flows = new long[Words.Length];
        for (var i = 0; i < days.All.Count; i++)
        {
            var period = PeriodOf(days.All[i].Day);
            flows[Words.IndexOf(days.All[i].Word)] += days.All[i].Flows;
            if (i + 1 < days.All.Count && PeriodOf(days.All[i + 1].Day) == period)
                continue;
            for (var word = 0; word < flows.Length; word++)
            {
                if (flows[word] > 0)
                    counts.Add(new TrendCount(period, Words[word], flows[word]));
            }

            Array.Clear(flows);
        }

        return counts.ToImmutable();
    }

    private int PeriodOf(int day) => day == DayCounts.Earlier
        ? TrendCount.Earlier
        : Math.Max(TrendCount.Earlier, _firstDays.BinarySearch(by.FirstDayOf(day)));

    /// <summary>The first days of the periods, ascending. Of a week whose first days are not kept apart, no day
    /// counts.</summary>
    private static ImmutableArray<int> FirstDaysOf(TrendPeriod by, DayCounts total)
    {
        var days = total.All.Where(count => count.Day != DayCounts.Earlier).Select(count => count.Day).Distinct()
            .ToList();
        var isCut = days.Count > 0 && total.All[0].Day == DayCounts.Earlier;
        return [.. days.Select(day => by.FirstDayOf(day)).Distinct().Where(first => !isCut || first >= days[0])];
    }
}
