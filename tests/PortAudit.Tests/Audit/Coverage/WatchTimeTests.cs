using PortAudit.Audit.Coverage;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Coverage;

public sealed class WatchTimeTests
{
    private const long Millisecond = 1_000_000;

    [Theory]
    [InlineData(2_241, 1_610, "0.63 s, not counting a silence of 1.61 s")]
    [InlineData(2_241, 1_000, "2.24 s")] // a pause
    [InlineData(86_400_000, 80_000_000, "106 minutes, not counting a silence of 22 hours")]
    public void A_silence_longer_than_the_rest_is_not_watched_and_is_told(long spanMs, long silenceMs, string words)
    {
        var point = new PointSummary("", 9, 900, 0, Start, Start + (spanMs * Millisecond), []) with
        {
            Clock = new CaptureClock(0, 0, silenceMs * Millisecond),
        };

        Assert.Equal(words, WatchTime.Of(point, [], []).ToText());
    }

    [Theory]
    [InlineData(7_200_000, "2 hours")]
    [InlineData(119_999, "119 seconds")]
    [InlineData(10_999, "10 seconds")]
    [InlineData(9_999, "10 s")]
    [InlineData(631, "0.63 s")]
    [InlineData(99, "99 ms")]
    [InlineData(0, "0 ms")]
    public void Few_seconds_have_two_decimals(long milliseconds, string words) =>
        Assert.Equal(words, Duration.InSentence(milliseconds * Millisecond));
}
