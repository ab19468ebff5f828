using PortAudit.Audit.Trends;

namespace PortAudit.Tests.Audit.Trends;

/// <summary>When counts of periods differ by more than chance.</summary>
public sealed class TrendRuleTests
{
    [Theory]
    [InlineData(120, "40,45,38,41", true)]
    [InlineData(120, "40", false)]
    [InlineData(120, "40,150,38,41", false)]
    [InlineData(79, "40,45,38,41", false)]
    [InlineData(9, "0,0,0,0", false)]
    [InlineData(10, "0,0,0,0", true)]
    [InlineData(12, "4,3,4,5", false)]
    [InlineData(120, "10,100,50,5,115", false)]
    [InlineData(1_000, "400,410,390", true)]
    public void A_count_is_grown_when_it_is_above_all_and_far_from_their_median(long now, string earlier, bool grown) =>
        Assert.Equal(grown, TrendRule.IsGrown(now, Numbers(earlier)));

    [Theory]
    [InlineData(10, "40,45,38,41", true)]
    [InlineData(10, "40,45,9,41", false)]
    [InlineData(25, "40,45,38,41", false)]
    [InlineData(0, "3,4,5", false)]
    [InlineData(0, "40", false)]
    [InlineData(10, "20,21,19", false)]
    public void A_count_is_shrunk_when_it_is_below_all_and_far_from_their_median(long now, string earlier,
        bool shrunk) => Assert.Equal(shrunk, TrendRule.IsShrunk(now, Numbers(earlier)));

    [Theory]
    [InlineData("40,45", 1, true)]
    [InlineData("40,45", 0, false)]
    [InlineData("40", 3, false)]
    [InlineData("1,1,1,1,1", 1, false)]
    [InlineData("1,1,1,1,1,1,1", 3, true)]
    [InlineData("1,1,1,1,1,1", 3, false)]
    [InlineData("1,0,0,1,0,0,1", 3, false)]
    public void What_came_regularly_or_in_numbers_is_gone(string before, int absent, bool gone) =>
        Assert.Equal(gone, TrendRule.IsGone(Numbers(before), absent));

    [Theory]
    [InlineData("40,41,120", true, 2)]
    [InlineData("40,41,120,130,125", true, 2)]
    [InlineData("40,41,120,45,115", true, null)]
    [InlineData("140,141,20,30", false, 2)]
    [InlineData("40,120,130", true, null)]
    [InlineData("", true, null)]
    public void A_change_lasts_to_the_end(string counts, bool grown, int? since) =>
        Assert.Equal(since, TrendRule.Since(Numbers(counts), grown));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 2)]
    [InlineData(30, 2)]
    [InlineData(30, 6)]
    [InlineData(500, 4)]
    public void Noise_is_no_change(double mean, int earlier)
    {
        const int Runs = 20_000;
        var random = new Random(41);
        var told = 0;
        for (var run = 0; run < Runs; run++)
        {
            List<long> counts = [.. Enumerable.Range(0, earlier + 1).Select(_ => Poisson(random, mean))];
            if (TrendRule.Since(counts, isGrown: true) is not null
                || TrendRule.Since(counts, isGrown: false) is not null)
                told++;
        }

        Assert.InRange(told, 0, Runs / 1_000);
    }

    private static long Poisson(Random random, double mean)
    {
        var (count, time) = (-1L, 0.0);
        for (; time < mean; count++)
            time -= Math.Log(1 - random.NextDouble());
        return count;
    }

    private static List<long> Numbers(string text) => text.Length == 0 ? [] : [.. text.Split(',').Select(long.Parse)];
}
