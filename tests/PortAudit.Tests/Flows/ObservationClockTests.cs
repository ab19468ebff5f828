using PortAudit.Traffic.Flows;

namespace PortAudit.Tests.Flows;

public sealed class ObservationClockTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_700_000_000 * Second;
    private const long Year = 31_557_600 * Second;

    [Fact]
    public void It_follows_packets_and_is_not_set_back_by_a_few_that_are_late()
    {
        Assert.Equal(Start + (2 * Second), After(0, Second, 2 * Second, Second, -30 * Second).NowNs);
        Assert.Equal(long.MinValue, new ObservationClock().NowNs);
    }

    [Fact]
    public void A_single_packet_from_far_ahead_is_not_believed()
    {
        var clock = After(0, 80 * Year);
        Assert.Equal((Start, Start + (80 * Year)), (clock.NowNs, clock.LatestNs));
        clock.Note(Start + Second);
        Assert.Equal((Start + Second, Start + Second), (clock.NowNs, clock.LatestNs));
    }

    [Fact]
    public void A_time_is_in_doubt_until_the_next_packet_confirms_it_or_not()
    {
        var clock = After(0);
        Assert.False(clock.IsInDoubt);
        foreach (var far in new[] { 80 * Year, -80 * Year })
        {
            Assert.True(clock.Note(Start + far));
            Assert.True(clock.IsInDoubt);
            var confirmed = clock;
            Assert.True(confirmed.Note(Start + far + Second));
            Assert.Equal((false, true), (confirmed.IsInDoubt, confirmed.Confirms(Start + far, Start)));
            Assert.True(clock.Note(Start));
            Assert.Equal((false, false), (clock.IsInDoubt, clock.Confirms(Start + far, Start)));
            Assert.False(clock.Note(Start));
        }
    }

    [Fact]
    public void A_pause_is_believed_with_the_second_packet_behind_it()
    {
        Assert.Equal(Start + (3_600 * Second), After(0, 3_600 * Second, 3_600 * Second).NowNs);
        Assert.Equal(Start + (3_600 * Second), After(0, 3_600 * Second, 7_200 * Second).NowNs);
        Assert.Equal(Start + (7_200 * Second), After(0, 3_600 * Second, 7_200 * Second).LatestNs);
    }

    [Fact]
    public void A_clock_that_is_set_back_is_followed_after_some_packets()
    {
        var clock = After(0);
        for (var packet = 0; packet < ObservationClock.PacketsBack; packet++)
        {
            Assert.Equal(Start, clock.NowNs);
            clock.Note(Start - Year + packet);
        }

        Assert.Equal(Start - Year + ObservationClock.PacketsBack - 1, clock.NowNs);
    }

    [Fact]
    public void Two_sources_of_which_one_is_far_behind_do_not_set_it_back()
    {
        var clock = After(0);
        for (var packet = 0; packet < 100; packet++)
            clock.Note(packet % 2 == 0 ? Start - Year : Start + packet);
        Assert.Equal(Start + 99, clock.NowNs);
    }

    [Fact]
    public void Any_times_can_be_compared()
    {
        var random = new Random(3);
        var clock = new ObservationClock();
        for (var packet = 0; packet < 10_000; packet++)
            clock.Note(random.NextInt64(long.MinValue, long.MaxValue));
        clock.Note(long.MaxValue);
        clock.Note(long.MaxValue);
        Assert.Equal(long.MaxValue, clock.LatestNs);
    }

    private static ObservationClock After(params long[] offsets)
    {
        var clock = new ObservationClock();
        foreach (var offset in offsets)
            clock.Note(Start + offset);
        return clock;
    }
}
