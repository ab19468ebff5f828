using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class CaptureClockTests
{
    [Fact]
    public void Steps_back_are_counted_and_the_longest_of_each_kind_kept()
    {
        Assert.Equal(new CaptureClock(2, 50, 100), Of(0, 100, 90, 90, 40, 41));
        Assert.Equal(default, Of(5));
    }

    [Fact]
    public void A_step_that_does_not_fit_is_the_longest_there_is() =>
        Assert.Equal(new CaptureClock(1, long.MaxValue, long.MaxValue),
            Of(long.MinValue, long.MaxValue, long.MinValue));

    [Theory]
    [InlineData(100, 100)]
    [InlineData(100, 107)]
    [InlineData(long.MinValue, long.MinValue)]
    [InlineData(100, 108)]
    [InlineData(100, 99)]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MaxValue, long.MinValue)]
    public void A_steady_step_is_one_that_changes_nothing(long previousNs, long timestampNs)
    {
        var clock = new CaptureClock(3, 0, 7);

        Assert.Equal(clock == clock.Step(previousNs, timestampNs), clock.IsSteady(previousNs, timestampNs));
    }

    private static CaptureClock Of(params long[] times)
    {
        var clock = default(CaptureClock);
        for (var i = 1; i < times.Length; i++)
            clock = clock.Step(times[i - 1], times[i]);
        return clock;
    }
}
