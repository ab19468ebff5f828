using PortAudit.Audit.Matching;
using PortAudit.Audit.Trends;

namespace PortAudit.Tests.Audit.Trends;

/// <summary>Counts by day have a limit of days, and no order.</summary>
public sealed class DayCountsTests
{
    private const int First = 738_000;

    [Fact]
    public void The_latest_days_are_kept_and_the_others_are_one()
    {
        var counts = Of(Enumerable.Range(0, DayCounts.MaximumDays + 50));

        Assert.Equal(DayCounts.MaximumDays, counts.All.Select(count => count.Day).Distinct().Count(day => day > 0));
        Assert.Equal(50, counts.All.Where(count => count.Day == DayCounts.Earlier).Sum(count => count.Flows));
        Assert.Equal(First + 50, counts.All.First(count => count.Day != DayCounts.Earlier).Day);
    }

    [Fact]
    public void Nothing_depends_on_the_order_or_on_who_counted()
    {
        var days = Enumerable.Range(0, 3 * DayCounts.MaximumDays).Select(i => i * 7 % 1_000).ToList();
        var random = new Random(5);
        var expected = Of(days).All;
        for (var run = 0; run < 10; run++)
        {
            var parts = days.OrderBy(_ => random.Next()).GroupBy(_ => random.Next(3)).Select(Of).ToList();
            var united = new DayCounts();
            foreach (var part in parts)
                united.UnionWith(part, null);

            Assert.Equal(expected, united.All);
        }
    }

    [Fact]
    public void A_verdict_that_is_given_takes_all_flows()
    {
        var counts = new DayCounts();
        counts.UnionWith(Of([1, 2, 2]), Verdict.Excepted);

        Assert.All(counts.All, count => Assert.Equal(Verdict.Excepted, count.Verdict));
        Assert.Equal([1L, 2L], counts.All.Select(count => count.Flows));
    }

    [Theory]
    [InlineData("2026-11-02T00:00:00Z", "2026-11-02", "2026-11-02")]
    [InlineData("2026-11-08T23:59:59.999Z", "2026-11-08", "2026-11-02")]
    [InlineData("2027-01-01T12:00:00Z", "2027-01-01", "2026-12-28")]
    [InlineData("1969-12-31T23:59:59Z", "1969-12-31", "1969-12-29")]
    public void Days_and_weeks_are_those_of_the_calendar_in_UTC(string time, string day, string monday)
    {
        var ns = (DateTime.Parse(time, null, System.Globalization.DateTimeStyles.RoundtripKind)
            - DateTime.UnixEpoch).Ticks * 100;
        var found = TrendTime.DayOf(ns);

        Assert.Equal(DateOnly.Parse(day), DateOnly.FromDayNumber(found));
        Assert.Equal(DateOnly.Parse(monday), DateOnly.FromDayNumber(TrendPeriod.Week.FirstDayOf(found)));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Every_time_has_a_day(long ns) => Assert.InRange(TrendTime.DayOf(ns), 1, DateOnly.MaxValue.DayNumber);

    private static DayCounts Of(IEnumerable<int> days)
    {
        var counts = new DayCounts();
        foreach (var day in days)
            counts.Add(new DayCount(First + day, day % 3 == 0 ? Verdict.Expected : Verdict.Unexpected,
                Disposition.Passed, 1));
        return counts;
    }
}
