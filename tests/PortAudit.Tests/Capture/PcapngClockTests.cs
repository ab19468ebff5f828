using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class PcapngClockTests
{
    private const byte PowerOfTwo = 0x80;

    [Theory]
    [InlineData(0, 1_600_000_000UL, 1_600_000_000_000_000_000)]
    [InlineData(3, 1_600_000_000_123UL, 1_600_000_000_123_000_000)]
    [InlineData(6, 1_600_000_000_123_456UL, 1_600_000_000_123_456_000)]
    [InlineData(7, 16_000_000_001_234_567UL, 1_600_000_000_123_456_700)]
    [InlineData(9, 1_600_000_000_123_456_789UL, 1_600_000_000_123_456_789)]
    [InlineData(10, 16_000_000_001_234_567_899UL, 1_600_000_000_123_456_789)]
    [InlineData(12, 1_999UL, 1)]
    [InlineData(28, ulong.MaxValue, 1)]
    [InlineData(29, ulong.MaxValue, 0)]
    [InlineData(127, ulong.MaxValue, 0)]
    [InlineData(PowerOfTwo | 0, 7UL, 7_000_000_000)]
    [InlineData(PowerOfTwo | 1, 3UL, 1_500_000_000)]
    [InlineData(PowerOfTwo | 10, 1_024UL * 1_600_000_000 + 1, 1_600_000_000_000_976_562)]
    [InlineData(PowerOfTwo | 32, (1_600_000_000UL << 32) + 0x80000000, 1_600_000_000_500_000_000)]
    [InlineData(PowerOfTwo | 63, ulong.MaxValue, 1_999_999_999)]
    [InlineData(PowerOfTwo | 127, ulong.MaxValue, 0)]
    public void Any_resolution_becomes_nanoseconds(byte resolution, ulong units, long ns) =>
        Assert.Equal(ns, new PcapngClock(resolution, 0).ToNs(units));

    [Theory]
    [InlineData(6, 1_000_000UL, 10, 11_000_000_000)]
    [InlineData(6, 1_000_000UL, -10, -9_000_000_000)]
    [InlineData(PowerOfTwo | 1, 1UL, 3, 3_500_000_000)]
    public void The_offset_is_added(byte resolution, ulong units, long offsetSeconds, long ns) =>
        Assert.Equal(ns, new PcapngClock(resolution, offsetSeconds).ToNs(units));

    [Theory]
    [InlineData(0, ulong.MaxValue, 0, long.MaxValue)]
    [InlineData(6, ulong.MaxValue, 0, long.MaxValue)]
    [InlineData(9, ulong.MaxValue, 0, long.MaxValue)]
    [InlineData(0, ulong.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(6, 0UL, long.MinValue, long.MinValue)]
    public void Times_beyond_64_bits_stay_at_the_end(byte resolution, ulong units, long offsetSeconds, long ns) =>
        Assert.Equal(ns, new PcapngClock(resolution, offsetSeconds).ToNs(units));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(6, 6)]
    [InlineData(9, 9)]
    [InlineData(12, 9)]
    [InlineData(PowerOfTwo | 0, 0)]
    [InlineData(PowerOfTwo | 3, 1)]
    [InlineData(PowerOfTwo | 4, 2)]
    [InlineData(PowerOfTwo | 10, 4)]
    [InlineData(PowerOfTwo | 20, 7)]
    [InlineData(PowerOfTwo | 30, 9)]
    [InlineData(PowerOfTwo | 127, 9)]
    public void Digits_tell_the_steps_apart(byte resolution, int digits) =>
        Assert.Equal(digits, new PcapngClock(resolution, 0).Digits);
}
