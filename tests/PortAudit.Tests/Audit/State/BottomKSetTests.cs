using PortAudit.Audit.State;

namespace PortAudit.Tests.Audit.State;

public sealed class SmallestSetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void It_holds_the_smallest_in_order_whatever_the_order_in_which_they_came(int limit)
    {
        var random = new Random(limit);
        for (var round = 0; round < 200; round++)
        {
            var members = Enumerable.Range(0, random.Next(2 * limit)).Select(_ => random.Next(3 * limit)).ToList();
            var set = Of(limit, members);

            Assert.Equal(members.Distinct().Order().Take(limit), set.Kept);
            Assert.Equal(members.Distinct().Count() > limit, set.IsOverflown);
        }
    }

    [Fact]
    public void There_is_room_for_a_member_that_is_there_and_for_any_other_below_the_limit()
    {
        var set = Of(2, [5]);
        Assert.True(set.HasRoomFor(9));

        set.Add(9);
        Assert.True(set.HasRoomFor(5));
        Assert.True(set.HasRoomFor(9));
        Assert.False(set.HasRoomFor(1));
        Assert.False(set.HasRoomFor(10));
        Assert.False(set.IsOverflown);
    }

    [Fact]
    public void United_it_holds_the_smallest_of_both()
    {
        var (one, other) = (Of(3, [4, 8, 6]), Of(3, [7, 1]));
        one.UnionWith(other);

        Assert.Equal([1, 4, 6], one.Kept);
        Assert.True(one.IsOverflown);
        Assert.Equal([1, 7], other.Kept);
    }

    private static BottomKSet<int> Of(int limit, IEnumerable<int> members)
    {
        var set = new BottomKSet<int>(limit);
        foreach (var member in members)
            set.Add(member);
        return set;
    }
}
