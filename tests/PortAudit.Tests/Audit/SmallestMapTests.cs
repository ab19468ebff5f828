using PortAudit.Audit;

namespace PortAudit.Tests.Audit;

public sealed class SmallestMapTests
{
    [Fact]
    public void Keys_of_any_order_leave_the_smallest_with_all_that_came_for_them()
    {
        int[] keys = [.. Enumerable.Range(0, 3_000).Select(number => number * 7919 % 100)];
        var map = new SmallestMap<int, List<int>>(10, Comparer<int>.Default);
        foreach (var key in keys)
            map.GetOrAdd(key, () => [])?.Add(key);

        Assert.Equal(Enumerable.Range(0, 10).Select(key => Enumerable.Repeat(key, 30)), map.Values);
        Assert.True(map.IsOverflown);
    }

    [Fact]
    public void Nothing_is_made_for_a_key_beyond_the_limit()
    {
        var map = new SmallestMap<int, object>(2, Comparer<int>.Default);
        map.GetOrAdd(1, () => new object());
        map.GetOrAdd(2, () => new object());
        Assert.False(map.IsOverflown);

        Assert.Null(map.GetOrAdd(3, () => throw new InvalidOperationException()));
        Assert.True(map.IsOverflown);
    }

    [Fact]
    public void The_union_of_two_maps_is_one_of_all()
    {
        int[] keys = [.. Enumerable.Range(0, 3_000).Select(number => number * 7919 % 100)];
        var maps = Enumerable.Range(0, 3).Select(_ => new SmallestMap<int, List<int>>(10, Comparer<int>.Default)).ToArray();
        foreach (var (key, place) in keys.Select((key, place) => (key, place)))
        {
            maps[place % 2].GetOrAdd(key, () => [])?.Add(key);
            maps[2].GetOrAdd(key, () => [])?.Add(key);
        }

        maps[0].UnionWith(maps[1], () => [], (mine, theirs) => mine.AddRange(theirs));

        Assert.Equal(maps[2].Entries.Select(entry => (entry.Key, entry.Value.Count)), maps[0].Entries.Select(entry => (entry.Key, entry.Value.Count)));
        Assert.True(maps[0].IsOverflown);
    }
}
