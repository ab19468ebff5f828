using PortAudit.Audit.Passages;

namespace PortAudit.Tests.Audit.Passages;

/// <summary>How packets that two points recorded set their clocks against each other.</summary>
public sealed class ClockBoundsTests
{
    private const long Minute = 60_000_000_000;
    private const long Delay = 2_000_000;

    [Fact]
    public void Without_packets_nothing_is_known()
    {
        Assert.Equal(ClockFit.None, new ClockBounds().ToClock().Fit);
        Assert.Null(new ClockBounds().ToClock().At(0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_direction_is_one_bound_and_no_clock(bool isThere)
    {
        var bounds = new ClockBounds();
        bounds.Note(new TimeDifference(0, 5), isThere);
        var clock = bounds.ToClock();

        Assert.Equal(ClockFit.OneBound, clock.Fit);
        Assert.Null(clock.At(0));
    }

    [Fact]
    public void The_quickest_packets_of_both_directions_bound_a_constant()
    {
        var clock = Of(static _ => 700);

        Assert.Equal(ClockFit.Constant, clock.Fit);
        Assert.Equal((700, Delay), clock.At(0));
    }

    [Fact]
    public void An_even_drift_is_a_line()
    {
        var clock = Of(static ns => ns / 1000);

        Assert.Equal(ClockFit.Drift, clock.Fit);
        Assert.Equal(1_000_000, clock.DriftPerSecond, 20_000d);
        var (offset, halfWidth) = clock.At(30 * Minute)!.Value;
        Assert.InRange(30 * Minute / 1000, offset - halfWidth - 1000, offset + halfWidth + 1000);
    }

    [Fact]
    public void A_clock_that_is_set_now_and_then_has_a_difference_for_each_five_minutes()
    {
        var clock = Of(static ns => ns / (10 * Minute) % 2 == 0 ? 0 : 50_000_000);

        Assert.Equal(ClockFit.Windows, clock.Fit);
        Assert.Equal((0, Delay), clock.At(2 * Minute));
        Assert.Equal((50_000_000, Delay), clock.At(12 * Minute));
    }

    [Fact]
    public void Where_a_clock_was_set_within_five_minutes_nothing_is_known_of_them()
    {
        var clock = Of(static ns => ns < 2 * Minute ? 0 : ns < 20 * Minute ? 80_000_000 : -80_000_000);

        Assert.Equal(ClockFit.Windows, clock.Fit);
        Assert.Null(clock.At(2 * Minute));
        Assert.NotNull(clock.At(7 * Minute));
    }

    /// <summary>The clock of an hour in which a packet goes each way every half minute.</summary>
    private static PointClock Of(Func<long, long> aheadAt)
    {
        var bounds = new ClockBounds();
        for (var ns = 0L; ns < 60 * Minute; ns += Minute / 2)
        {
            bounds.Note(new TimeDifference(ns, aheadAt(ns) + Delay), isThere: true);
            bounds.Note(new TimeDifference(ns, aheadAt(ns) - Delay), isThere: false);
        }

        return bounds.ToClock();
    }
}
