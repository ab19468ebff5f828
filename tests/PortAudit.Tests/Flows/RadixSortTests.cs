using PortAudit.Traffic.Flows;

namespace PortAudit.Tests.Flows;

public sealed class RadixSortTests
{
    public static TheoryData<int, long, long> Ranges => new()
    {
        { 0, 0, 1 },
        { 1, 5, 6 },
        { 2, long.MinValue, long.MaxValue },
        { 1000, 7, 8 },
        { 1000, -1000, 1000 },
        { 5000, 1_367_366_400_000_000_000, 1_367_366_700_000_000_000 },
        { 5000, long.MinValue, long.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Items_come_in_the_order_of_their_keys_and_equal_ones_in_their_own(int count, long least, long above)
    {
        var random = new Random(count);
        var keys = Enumerable.Range(0, count).Select(_ => random.NextInt64(least, above)).ToArray();
        var items = Enumerable.Range(0, count).ToArray();

        Assert.Equal(items.OrderBy(item => keys[item]), RadixSort.Sort([.. keys], [.. items]));
    }

    [Fact]
    public void The_ends_of_what_a_key_can_be_are_far_apart() =>
        Assert.Equal([2, 1, 0], RadixSort.Sort([long.MaxValue, 0, long.MinValue], [0, 1, 2]));
}
