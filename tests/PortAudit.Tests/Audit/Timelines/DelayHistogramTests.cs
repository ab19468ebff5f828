using PortAudit.Audit.Timelines;

namespace PortAudit.Tests.Audit.Timelines;

public sealed class DelayHistogramTests
{
    [Fact]
    public void Steps_follow_each_other_without_gap_and_grow_by_some_twelve_percent()
    {
        for (var step = 1; step < DelayScale.Count; step++)
        {
            Assert.Equal(DelayScale.EndOf(step - 1), DelayScale.BeginOf(step));
            Assert.InRange((double)DelayScale.EndOf(step) / DelayScale.BeginOf(step), 1.11, 1.15);
        }
    }

    [Theory]
    [InlineData(0, 0, 1_000)]
    [InlineData(999, 0, 1_000)]
    [InlineData(1_000, 1_000, 1_120)]
    [InlineData(1_119, 1_000, 1_120)]
    [InlineData(1_120, 1_120, 1_250)]
    [InlineData(950_000, 900_000, 1_000_000)]
    [InlineData(655_040_000_000, 630_000_000_000, 710_000_000_000)]
    [InlineData(long.MaxValue, 900_000_000_000, 1_000_000_000_000)]
    public void A_delay_is_in_the_step_that_holds_it(long delayNs, long beginNs, long endNs)
    {
        var step = DelayScale.StepOf(delayNs);

        Assert.Equal((beginNs, endNs), (DelayScale.BeginOf(step), DelayScale.EndOf(step)));
    }

    [Fact]
    public void Half_and_nearly_all_are_told_by_the_end_of_the_step_that_holds_them()
    {
        var lane = Assert.Single(Of(Enumerable.Range(1, 100).Select(i => ("dns", i * 1_000_000L))).ToPlot());

        Assert.Equal(100, lane.Flows);
        Assert.Equal((56_000_000, 100_000_000, 112_000_000), (lane.Within(0.5), lane.Within(0.95), lane.Within(1)));
    }

    [Fact]
    public void The_parts_add_up_to_the_whole_in_any_order()
    {
        List<(string, long)> delays = [.. Enumerable.Range(0, 999).Select(i => ($"p{i % 3}", i * i * 977L))];
        var parts = delays.Chunk(100).Select(Of).Reverse().ToList();
        foreach (var part in parts.Skip(1))
            parts[0].UnionWith(part);

        Assert.Equal(TextOf(Of(delays)), TextOf(parts[0]));
    }

    private static DelayHistogram Of(IEnumerable<(string Lane, long DelayNs)> delays)
    {
        var histogram = new DelayHistogram();
        foreach (var (lane, delayNs) in delays)
            histogram.Add(lane, delayNs);
        return histogram;
    }

    private static string TextOf(DelayHistogram histogram) =>
        string.Join('\n', histogram.ToPlot().Select(lane => $"{lane.Protocol} {string.Join(' ', lane.Steps)}"));
}
