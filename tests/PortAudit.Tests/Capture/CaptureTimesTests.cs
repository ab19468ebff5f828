using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class CaptureTimesTests
{
    /// <summary>Times that a capture may claim: near each other, far away, and the ends of what 64 bits hold.</summary>
    private static readonly long[] Wild =
        [long.MinValue, long.MinValue + 1, -1, 0, 1, 4_294_967_295_000_000_000, long.MaxValue - 1, long.MaxValue];

    [Fact]
    public void It_says_what_looking_at_all_times_says()
    {
        var random = new Random(4);
        for (var round = 0; round < 5_000; round++)
        {
            var (times, now) = (new List<long>(), random.NextInt64(2_000_000_000_000_000_000));
            for (var count = random.Next(1, 12); count > 0; count--)
            {
                now += random.Next(4) == 0 ? -random.Next(1_000) : random.Next(1_000);
                times.Add(random.Next(6) == 0 ? Wild[random.Next(Wild.Length)] : now);
            }

            var noted = default(CaptureTimes);
            var clock = default(CaptureClock);
            for (var at = 0; at < times.Count; at++)
            {
                noted.Note(times[at]);
                clock = at == 0 ? clock : clock.Step(times[at - 1], times[at]);
            }

            Assert.Equal((times.Min(), times.Max(), clock), (noted.FirstNs, noted.LastNs, noted.Clock));
        }
    }
}
