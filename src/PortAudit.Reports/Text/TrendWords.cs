using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Trends;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Text;

/// <summary>A trend in sentences and tables, for text and page.</summary>
internal static class TrendWords
{
    private const long NanosecondsPerMinute = 60_000_000_000;

    /// <summary>The title of the section: <c>Trend by day</c>.</summary>
    public static string Title(TrafficTrend trend) => $"Trend by {trend.By.ToText()}";

    /// <summary>The sentence for flows that all began in one period; null where there is a trend.</summary>
    public static string? WhyNone(TrafficTrend trend) => trend.Periods.Length switch
    {
        0 => "No flow was judged: there is no trend.",
        1 when trend.Earlier == 0 => $"All flows began {On(trend, 0)}: there is no trend.",
        _ => null,
    };

    /// <summary>What was counted how, and what it cannot tell.</summary>
    public static IEnumerable<string> Sentences(TrafficTrend trend)
    {
        var by = trend.By.ToText();
        var weeks = trend.By == TrendPeriod.Week ? ", from Monday to Sunday" : "";
        yield return $"Flows began on {Quantity.Of(trend.Periods.Length, by)} (UTC{weeks}), "
            + $"{Day(trend.Periods[0].First)} to {Day(trend.Periods[^1].Last)}. Each counts for the {by} of its "
            + "start, with the verdict of the whole report.";
        if (trend.Earlier > 0)
            yield return $"{Quantity.Of(trend.Earlier, "flow")} began before: only the latest "
                + $"{Quantity.Of(trend.Periods.Length, by)} are kept apart.";
        if (trend.HasMorePairs)
            yield return $"Only the first {TrafficTrend.MaximumPairs} pairs of segments by name are counted by {by}.";
        foreach (var sentence in Limits(trend, by))
            yield return sentence;
    }

    /// <summary>The changes; null when there are none.</summary>
    /// <param name="trend">The trend.</param>
    /// <param name="maximum">Rows at most.</param>
    public static SectionTable? Changes(TrafficTrend trend, int maximum)
    {
        if (trend.Changes.IsEmpty)
            return null;
        var left = trend.Changes.Length - Math.Min(maximum, trend.Changes.Length);
        var more = new[]
        {
            left == 0 ? null : $"and {Quantity.Of(left, "more change")}: {Shortened.InJson}",
            trend.ChangesNotListed == 0
                ? null
                : $"{Quantity.Of(trend.ChangesNotListed, "change")} beyond {TrafficTrend.MaximumChanges} not listed",
        }.OfType<string>().ToList();
        return new SectionTable("Changes", ["Change", "Word", "Segments", "Service", "#Flows", "Why"],
            [.. trend.Changes.Take(maximum).Select(change => Row(trend, change))],
            more.Count == 0 ? null : string.Join("; ", more));
    }

    /// <summary>The sentence for a trend without changes; null where there are some or none could be found.</summary>
    public static string? WhyNoChanges(TrafficTrend trend) =>
        !trend.Changes.IsEmpty || !trend.Compared
            ? null
            : $"Nothing is new{(trend.Alike.IsEmpty ? "" : ", and nothing grown, gone or shrunk beyond chance")}.";

    /// <summary>The pairs in the order of <see cref="SegmentTables.InOrder"/>.</summary>
    public static ImmutableArray<TrendPair> InOrder(TrafficTrend trend)
    {
        var own = trend.Pairs.ToDictionary(pair => (pair.Pair.From, pair.Pair.To));
        return [.. SegmentTables.InOrder(trend.Pairs.Select(pair => pair.Pair)).Select(pair =>
            own[(pair.From, pair.To)])];
    }

    /// <summary>A period in a column: <c>11-02</c>.</summary>
    public static string Short(TrendSpan span) => span.First.ToString("MM-dd", CultureInfo.InvariantCulture);

    /// <summary>How long a period was watched.</summary>
    public static string Watched(long minutes) => minutes switch
    {
        0 => "none",
        < 60 => $"{minutes} min",
        _ => $"{minutes / 60} h",
    };

    /// <summary>What cannot be called new, grown, gone or shrunk.</summary>
    private static IEnumerable<string> Limits(TrafficTrend trend, string by)
    {
        if (!trend.Compared)
        {
            yield return $"No {by} was watched at the times of an earlier one, so nothing is called new, grown, gone "
                + "or shrunk.";
            yield break;
        }

        if (trend.NotKnown > 0)
            yield return $"{Quantity.Of(trend.NotKnown, "word of a service", "words of services")} came at times at "
                + $"which no {by} before was watched: whether they are new is not known.";
        if (trend.Alike is [.., var latest])
            yield return $"Grown, gone and shrunk compare {trend.Alike.Length} {by}s that were watched at the same "
                + $"times, the last of them {Day(trend.Periods[latest].First)}.";
        else
            yield return $"What is grown, gone or shrunk needs {TrafficTrend.FewestAlike} {by}s watched at the same "
                + $"times{(trend.By == TrendPeriod.Day ? ", all of them working days or none" : "")}.";
    }

    private static ImmutableArray<ImmutableArray<string>> Row(TrafficTrend trend, TrendChange change) =>
    [
        [change.Kind.ToText()],
        [change.Word.ToText()],
        [$"{change.From} -> {change.To}"],
        [SegmentTables.Title(change.Service)],
        [Quantity.Count(change.Flows)],
        [Why(trend, change)],
    ];

    private static string Why(TrafficTrend trend, TrendChange change)
    {
        var on = On(trend, change.Period);
        var compared = $"{Quantity.Of(change.Compared, trend.By.ToText())} ({Watched(change.ComparedMinutes)} watched)";
        return change.Kind switch
        {
            TrendChangeKind.New => $"first {on}; not in {compared} before",
            TrendChangeKind.Gone => $"last {on}; in {change.Seen} of {Quantity.Of(change.SeenOf, trend.By.ToText())} "
                + $"until then; not in {compared} since",
            TrendChangeKind.Grown => $"that many or more since {Begin(trend, change)}; {Before(change, compared)}",
            TrendChangeKind.Shrunk => $"that many or fewer since {Begin(trend, change)}; {Before(change, compared)}",
        };
    }

    private static string Before(TrendChange change, string compared) =>
        $"median {Number(change.Median)} of {compared} before";

    private static string Begin(TrafficTrend trend, TrendChange change) => trend.By switch
    {
        TrendPeriod.Day => Day(trend.Periods[change.Period].First),
        TrendPeriod.Week => $"the week from {Day(trend.Periods[change.Period].First)}",
    };

    private static string On(TrafficTrend trend, int period) => trend.By switch
    {
        TrendPeriod.Day => $"on {Day(trend.Periods[period].First)}",
        TrendPeriod.Week => $"in the week from {Day(trend.Periods[period].First)}",
    };

    private static string Number(double number) => number.ToString("#,0.#", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
