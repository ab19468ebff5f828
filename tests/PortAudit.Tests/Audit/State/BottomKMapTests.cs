using PortAudit.Audit.State;

namespace PortAudit.Tests.Audit.State;

public sealed class SmallestMapTests
{
    [Fact]
    public void Keys_of_any_order_leave_the_smallest_with_all_that_came_for_them()
    {
        int[] keys = [.. Enumerable.Range(0, 3_000).Select(number => number * 7919 % 100)];
        var map = new BottomKMap<int, List<int>>(10, Comparer<int>.Default);
        foreach (var key in keys)
            map.GetOrAdd(key, () => [])?.Add(key);

        Assert.Equal(Enumerable.Range(0, 10).Select(key => Enumerable.Repeat(key, 30)), map.Values);
        Assert.True(map.IsOverflown);
    }

    [Fact]
    public void Nothing_is_made_for_a_key_beyond_the_limit()
    {
        var map = new BottomKMap<int, object>(2, Comparer<int>.Default);
        map.GetOrAdd(1, () => new object());
        map.GetOrAdd(2, () => new object());
        Assert.False(map.IsOverflown);

        Assert.Null(map.GetOrAdd(3, () => throw new InvalidOperationException()));
        Assert.True(map.IsOverflown);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void The_union_of_parts_is_the_map_of_all(int parts)
    {
        int[] keys = [.. Enumerable.Range(0, 3_000).Select(number => number * 7919 % 100)];
        var whole = new BottomKMap<int, List<int>>(10, Comparer<int>.Default);
        var some = Enumerable.Range(0, parts).Select(_ => new BottomKMap<int, List<int>>(10, Comparer<int>.Default))
            .ToArray();
        for (var i = 0; i < keys.Length; i++)
        {
            whole.GetOrAdd(keys[i], () => [])?.Add(keys[i]);
            some[i * 13 % parts].GetOrAdd(keys[i], () => [])?.Add(keys[i]);
        }

        foreach (var part in some[1..])
            some[0].UnionWith(part, _ => [], (own, theirs) => own.AddRange(theirs));

        Assert.Equal(whole.Values, some[0].Values);
        Assert.Equal(whole.IsOverflown, some[0].IsOverflown);
    }

    [Fact]
    public void A_union_knows_that_its_part_had_more()
    {
        var small = new BottomKMap<int, object>(2, Comparer<int>.Default);
        var full = new BottomKMap<int, object>(2, Comparer<int>.Default);
        foreach (var key in new[] { 1, 2, 3 })
            full.GetOrAdd(key, () => new object());
        small.UnionWith(full, _ => new object(), (_, _) => { });

        Assert.Equal(2, small.Values.Count());
        Assert.True(small.IsOverflown);
    }
}
