using PortAudit.Cli.Input;

namespace PortAudit.Tests.Cli.Input;

public sealed class PointInTimeTests
{
    private static readonly TimeZoneInfo TwoHoursEast =
        TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), "east", "east");

    [Theory]
    [InlineData("1970-01-01T00:00:01Z", 1_000_000_000)]
    [InlineData("1970-01-01 00:00:01Z", 1_000_000_000)]
    [InlineData("1970-01-01T00:00:00.000000001Z", 1)]
    [InlineData("1970-01-01T00:00:00.5Z", 500_000_000)]
    [InlineData("1970-01-01T01:00:00+01:00", 0)]
    [InlineData("1970-01-01T00:00:00.25-00:30", 1_800_250_000_000)]
    [InlineData("1970-01-01T00:01Z", 60_000_000_000)]
    [InlineData("1969-12-31T23:59:59Z", -1_000_000_000)]
    [InlineData("1970-01-01T02:00:00", 0)]
    [InlineData("1970-01-01 02:00:00.1", 100_000_000)]
    [InlineData("1970-01-01 02:00", 0)]
    [InlineData("1970-01-02", 79_200_000_000_000)]
    public void A_time_without_an_offset_is_local(string text, long expected)
    {
        var timestampNs = PointInTime.Parse(text, TwoHoursEast, out var problem);

        Assert.Null(problem);
        Assert.Equal(expected, timestampNs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("08:00")]
    [InlineData("2013-13-01")]
    [InlineData("2013-05-14T08:00:00.Z")]
    [InlineData("2013-05-14T08:00:00.1234567890Z")]
    [InlineData("2013-05-14T08:00.5Z")]
    [InlineData("2013-05-14.5")]
    [InlineData("9999-01-01")]
    [InlineData("1600-01-01")]
    public void Anything_else_is_refused_with_the_reason(string text)
    {
        PointInTime.Parse(text, TwoHoursEast, out var problem);

        Assert.NotNull(problem);
    }

    [Fact]
    public void A_local_time_that_the_clocks_pass_twice_or_never_needs_an_offset()
    {
        var start = TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 31);
        var end = TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 31);
        var zone = TimeZoneInfo.CreateCustomTimeZone("summer", TimeSpan.FromHours(1), "summer", "winter", "summer",
            [TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date,
                TimeSpan.FromHours(1), start, end)]);

        foreach (var text in new[] { "2013-03-31 02:30", "2013-10-31 02:30" })
        {
            PointInTime.Parse(text, zone, out var problem);
            Assert.Contains("offset", problem, StringComparison.Ordinal);
            PointInTime.Parse($"{text}Z".Replace(' ', 'T'), zone, out problem);
            Assert.Null(problem);
        }
    }
}
