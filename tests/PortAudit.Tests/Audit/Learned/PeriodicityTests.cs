using PortAudit.Audit.Learned;

namespace PortAudit.Tests.Audit.Learned;

/// <summary>Which series of events is regular.</summary>
public sealed class PeriodicityTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Events_at_equal_intervals_have_that_period_and_no_jitter()
    {
        var period = Periodicity.Of(Series(30, _ => 60.0));

        Assert.NotNull(period);
        Assert.Equal((60 * Second, 0L, 30, 0), (period.PeriodNs, period.JitterNs, period.Events, period.Pauses));
    }

    /// <summary>Implants vary their sleep by up to a half.</summary>
    [Fact]
    public void Intervals_between_a_half_and_the_whole_of_a_sleep_are_regular()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var period = Periodicity.Of(Series(40, _ => 60 - (30 * random.NextDouble())));
            Assert.True(period is not null, $"seed {seed}");
            Assert.InRange(period.PeriodNs, 35 * Second, 55 * Second);
        }
    }

    /// <summary>Intervals of events that come at random are exponentially distributed.</summary>
    [Fact]
    public void Events_at_random_have_no_period()
    {
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var count = 12 + (seed % 200);
            Assert.True(Periodicity.Of(Series(count, _ => 1 - (60 * Math.Log(1 - random.NextDouble())))) is null,
                $"seed {seed}");
        }
    }

    /// <summary>A person at work: bursts of requests, then reading.</summary>
    [Fact]
    public void Bursts_with_long_pauses_have_no_period()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            Assert.True(Periodicity.Of(Series(100, i => i % 8 == 0
                ? 30 + (200 * random.NextDouble())
                : 1 + (4 * random.NextDouble()))) is null, $"seed {seed}");
        }
    }

    [Fact]
    public void Connections_opened_together_are_one_event()
    {
        var single = Series(20, _ => 60.0).ToList();
        var doubled = single.SelectMany(start => new[] { start, start + (Second / 5), start + (Second / 2) });

        Assert.Equal(Periodicity.Of(single), Periodicity.Of(doubled));
    }

    [Fact]
    public void A_machine_that_sleeps_for_a_while_keeps_its_period()
    {
        var period = Periodicity.Of(Series(40, i => i is 13 or 29 ? 36_000 : 60.0));

        Assert.NotNull(period);
        Assert.Equal((60 * Second, 2), (period.PeriodNs, period.Pauses));
    }

    [Fact]
    public void Too_few_events_prove_nothing()
    {
        Assert.Null(Periodicity.Of(Series(Periodicity.MinimumIntervals, _ => 60.0)));
        Assert.NotNull(Periodicity.Of(Series(Periodicity.MinimumIntervals + 1, _ => 60.0)));
        Assert.Null(Periodicity.Of([]));
    }

    private static IEnumerable<long> Series(int events, Func<int, double> seconds)
    {
        var at = 1_700_000_000 * Second;
        for (var i = 0; i < events; i++)
        {
            yield return at;
            at += (long)(seconds(i) * Second);
        }
    }
}
