using FsCheck;
using FsCheck.Fluent;
using PortAudit.Audit.Timelines;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit.Timelines;

public sealed class TimeSeriesTests
{
    private const long Second = 1_000_000_000;
    private const long Day = 86_400 * Second;

    [Fact]
    public void Every_width_is_a_whole_multiple_of_the_one_before()
    {
        for (var level = 1; level <= TimeGrid.CoarsestLevel; level++)
            Assert.Equal(0, TimeGrid.WidthNs(level) % TimeGrid.WidthNs(level - 1));
    }

    [Fact]
    public void A_gap_of_a_month_takes_no_buckets()
    {
        var plot = SeriesOf((0, 1), (30 * Day, 2)).ToPlot(StringComparer.Ordinal);

        Assert.Equal(1_000_000, plot.WidthNs);
        Assert.Equal([0, 30 * Day], plot.Columns.Select(column => column.StartNs));
    }

    [Fact]
    public void Too_many_buckets_are_joined_into_wider_ones()
    {
        var plot = SeriesOf([.. Enumerable.Range(0, 1_000).Select(i => (i * Second, 1L))])
            .ToPlot(StringComparer.Ordinal);

        Assert.Equal(10 * Second, plot.WidthNs);
        Assert.Equal(100, plot.Columns.Length);
        Assert.All(plot.Columns, column => Assert.Equal(KeyValuePair.Create("a", 10L), Assert.Single(column.Sums)));
    }

    [Fact]
    public void What_is_spread_adds_up_in_narrow_buckets_and_in_wide_ones()
    {
        var series = new TimeSeries<string>();
        series.Spread(250_000_000, 12 * Second, "a", 1_000_003);
        var narrow = series.ToPlot(StringComparer.Ordinal);
        series.Add(Day, "b", 0);
        for (var i = 0; i < TimeSeries<string>.MaximumBuckets; i++)
            series.Add(i * 10 * Second, "b", 1);
        var wide = series.ToPlot(StringComparer.Ordinal);

        Assert.True(narrow.WidthNs < wide.WidthNs);
        Assert.Equal(1_000_003, SumOf(narrow));
        Assert.Equal(1_000_003, SumOf(wide, "a"));
        foreach (var column in wide.Columns)
        {
            var inside = narrow.Columns
                .Where(part => part.StartNs >= column.StartNs && part.StartNs < column.StartNs + wide.WidthNs)
                .Sum(part => part.Sums.Sum(entry => entry.Value));
            Assert.Equal(inside, column.Sums.Where(entry => entry.Key == "a").Sum(entry => entry.Value));
        }
    }

    [Fact]
    public void A_stretch_of_years_is_spread_in_bounded_time() // an overflow would show as a sum that is wrong
    {
        var series = new TimeSeries<string>();
        series.Spread(0, long.MaxValue - 1, "a", long.MaxValue);
        var plot = series.ToPlot(StringComparer.Ordinal);

        Assert.InRange(plot.Columns.Length, 1, TimeSeries<string>.MaximumBuckets);
        Assert.Equal(long.MaxValue, SumOf(plot));
    }

    [Fact]
    public void Order_and_partition_change_nothing() => Prop
        .ForAll(
            Gen.Choose(0, 5_000_000)
                .Select(milliseconds => (From: milliseconds * 1_000_000L, Amount: (milliseconds % 977) + 1L))
                .ArrayOf(400).ToArbitrary(),
            Gen.Choose(1, 399).ToArbitrary(),
            (entries, cut) =>
            {
                var forward = Spread(entries);
                var united = Spread([.. entries.Skip(cut).Reverse()]);
                united.UnionWith(Spread([.. entries.Take(cut)]));
                return TextOf(forward) == TextOf(united);
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private static TimeSeries<string> Spread((long From, long Amount)[] entries)
    {
        var series = new TimeSeries<string>();
        foreach (var (from, amount) in entries)
            series.Spread(from, from + (amount * 1_000_000), amount % 2 == 0 ? "a" : "b", amount);
        return series;
    }

    private static TimeSeries<string> SeriesOf(params (long Time, long Amount)[] entries)
    {
        var series = new TimeSeries<string>();
        foreach (var (time, amount) in entries)
            series.Add(time, "a", amount);
        return series;
    }

    private static long SumOf(TimePlot<string> plot, string lane = "a") =>
        plot.Columns.Sum(column => column.Sums.Where(entry => entry.Key == lane).Sum(entry => entry.Value));

    private static string TextOf(TimeSeries<string> series)
    {
        var plot = series.ToPlot(StringComparer.Ordinal);
        return $"{plot.WidthNs}: "
            + $"{string.Join(' ', plot.Columns.Select(column => $"{column.StartNs}={string.Join(',', column.Sums)}"))}";
    }
}
