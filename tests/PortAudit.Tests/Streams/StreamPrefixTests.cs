using PortAudit.Traffic.Streams;

namespace PortAudit.Tests.Streams;

public sealed class StreamPrefixTests
{
    private readonly BufferPool _pool = new();

    [Fact]
    public void Segments_in_any_order_make_the_stream()
    {
        var random = new Random(793);
        for (var round = 0; round < 500; round++)
        {
            var stream = new byte[random.Next(1, 3000)];
            random.NextBytes(stream);
            var start = (uint)random.NextInt64(uint.MaxValue);
            var prefix = new StreamPrefix();
            var pieces = Enumerable.Range(0, (stream.Length / 400) + 1).Select(piece => piece * 400)
                .Where(at => at < stream.Length).ToArray();
            random.Shuffle(pieces);
            foreach (var at in pieces)
                prefix.Insert(start, start + (uint)at, stream.AsSpan(at, Math.Min(400, stream.Length - at)), _pool);

            Assert.Equal(stream, prefix.Bytes.ToArray());
        }
    }

    [Fact]
    public void Bytes_that_arrive_twice_keep_their_first_value()
    {
        var prefix = new StreamPrefix();
        prefix.Insert(0, 4, "late"u8, _pool);
        prefix.Insert(0, 0, "firstXXXX"u8, _pool);
        prefix.Insert(0, 2, "YYYYYYYYYY"u8, _pool);

        Assert.Equal("firslateXYYY"u8.ToArray(), prefix.Bytes.ToArray());
    }

    [Fact]
    public void A_piece_out_of_order_that_overlaps_others_adds_what_is_new()
    {
        var prefix = new StreamPrefix();
        prefix.Insert(0, 2, "c"u8, _pool);
        prefix.Insert(0, 6, "g"u8, _pool);
        prefix.Insert(0, 1, "BCDEFGHI"u8, _pool);
        prefix.Insert(0, 0, "A"u8, _pool);

        Assert.Equal("ABcDEFgHI"u8.ToArray(), prefix.Bytes.ToArray());
    }

    [Fact]
    public void Nothing_grows_beyond_the_bound()
    {
        var prefix = new StreamPrefix();
        prefix.Insert(0, 0, new byte[StreamPrefix.MaximumLength - 1], _pool);
        Assert.True(prefix.Insert(0, StreamPrefix.MaximumLength - 1, new byte[100], _pool));

        Assert.True(prefix.IsFull);
        Assert.Equal(StreamPrefix.MaximumLength, prefix.Length);
        Assert.False(prefix.Insert(0, StreamPrefix.MaximumLength, new byte[1], _pool));
    }

    [Fact]
    public void More_gaps_than_are_remembered_lose_only_the_newest_piece()
    {
        var prefix = new StreamPrefix();
        for (var island = 1; island <= StreamPrefix.MaximumOutOfOrderSegments + 1; island++)
            prefix.Insert(0, (uint)(island * 2), [(byte)island], _pool);
        for (var gap = 0; gap <= StreamPrefix.MaximumOutOfOrderSegments + 1; gap++)
            prefix.Insert(0, (uint)((gap * 2) + (gap == 0 ? 0 : 1)), gap == 0 ? [0, 0] : [(byte)(100 + gap)], _pool);

        Assert.Equal((2 * StreamPrefix.MaximumOutOfOrderSegments) + 2, prefix.Length);
        Assert.Equal(StreamPrefix.MaximumOutOfOrderSegments, prefix.Bytes[2 * StreamPrefix.MaximumOutOfOrderSegments]);
    }

    [Fact]
    public void A_gap_stops_the_stream_until_it_is_filled()
    {
        var prefix = new StreamPrefix();
        prefix.Insert(0, 0, [1, 2], _pool);
        Assert.False(prefix.Insert(0, 4, [5, 6], _pool));
        Assert.Equal(2, prefix.Length);
        Assert.True(prefix.Insert(0, 2, [3, 4], _pool));
        Assert.Equal([1, 2, 3, 4, 5, 6], prefix.Bytes.ToArray());
    }

    [Fact]
    public void A_pool_at_its_bound_refuses_and_counts_it()
    {
        var pool = new BufferPool(maximumBytes: 256);
        var one = new StreamPrefix();
        Assert.True(one.Insert(0, 0, new byte[200], pool));
        Assert.False(new StreamPrefix().Insert(0, 0, new byte[200], pool));
        Assert.Equal(1, pool.Refusals);

        one.Clear(pool);
        Assert.True(new StreamPrefix().Insert(0, 0, new byte[200], pool));
    }

    [Fact]
    public void Sequence_numbers_wrap()
    {
        var prefix = new StreamPrefix();
        prefix.Insert(uint.MaxValue - 1, uint.MaxValue - 1, [1, 2], _pool);
        Assert.True(prefix.Insert(0, 0, [3], _pool));
        Assert.Equal([1, 2, 3], prefix.Bytes.ToArray());
    }

    [Fact]
    public void One_loss_is_one_gap_however_many_segments_come_after_it()
    {
        var prefix = new StreamPrefix();
        prefix.Insert(0, 0, [0], _pool);
        for (var at = 2; at < 100; at++)
            prefix.Insert(0, (uint)at, [(byte)at], _pool);
        prefix.Insert(0, 1, [1], _pool);

        Assert.Equal(Enumerable.Range(0, 100).Select(at => (byte)at), prefix.Bytes.ToArray());
    }

    [Fact]
    public void What_is_dropped_makes_room_and_pieces_out_of_order_keep_their_places()
    {
        var prefix = new StreamPrefix();
        prefix.Insert(0, 0, [1, 2, 3], _pool);
        prefix.Insert(0, 5, [6, 7], _pool);
        prefix.Drop(2);

        Assert.Equal([3], prefix.Bytes.ToArray());
        Assert.True(prefix.Insert(0, 3, [4, 5], _pool));
        Assert.Equal([3, 4, 5, 6, 7], prefix.Bytes.ToArray());
    }

    [Theory]
    [InlineData(4, new byte[0], new byte[] { 98, 6, 7 })] // into the gap
    [InlineData(6, new byte[] { 7 }, new byte[] { 7, 98 })] // into the piece behind it
    [InlineData(9, new byte[0], new byte[] { 98 })] // beyond everything
    public void More_than_is_there_may_be_dropped(int count, byte[] left, byte[] withNext)
    {
        var prefix = new StreamPrefix();
        prefix.Insert(0, 0, [1, 2, 3], _pool);
        prefix.Insert(0, 5, [6, 7], _pool);
        prefix.Drop(count);

        Assert.Equal(left, prefix.Bytes.ToArray());
        Assert.False(prefix.Insert(0, (uint)count - 1, [99], _pool));
        Assert.True(prefix.Insert(0, (uint)(count + left.Length), [98], _pool));
        Assert.Equal(withNext, prefix.Bytes.ToArray());
    }

    [Fact]
    public void A_leap_goes_to_the_next_piece_whatever_their_order()
    {
        var prefix = new StreamPrefix();
        prefix.Insert(0, 0, [1], _pool);
        prefix.Insert(0, 8, [9], _pool);
        prefix.Insert(0, 4, [5], _pool);

        Assert.True(prefix.TrySkipGap());
        Assert.Equal([5], prefix.Bytes.ToArray());
        Assert.True(prefix.TrySkipGap());
        Assert.Equal([9], prefix.Bytes.ToArray());
        Assert.False(prefix.TrySkipGap());
        Assert.Equal([9], prefix.Bytes.ToArray());
    }

    [Theory]
    [InlineData(0, new byte[] { 1, 2, 3 })]
    [InlineData(2, new byte[] { 3 })]
    [InlineData(3, new byte[0])]
    public void A_copy_from_a_place_on_goes_on_as_the_original_would(int from, byte[] expected)
    {
        var original = new StreamPrefix();
        original.Insert(50, 50, [1, 2, 3], _pool);
        original.Insert(50, 55, [6], _pool);
        var copy = new StreamPrefix();

        Assert.True(copy.TryCopy(original, from, _pool));
        Assert.Equal(expected, copy.Bytes.ToArray());
        Assert.True(copy.Insert(50, 53, [4, 5], _pool));
        Assert.Equal([.. expected, 4, 5, 6], copy.Bytes.ToArray());
        Assert.Equal(3, original.Length);
    }

    [Fact]
    public void A_copy_of_nothing_begins_where_the_original_begins()
    {
        var copy = new StreamPrefix();
        Assert.True(copy.TryCopy(new StreamPrefix(), 0, _pool));
        Assert.True(copy.Insert(70, 70, [1], _pool));
        Assert.Equal([1], copy.Bytes.ToArray());
    }

    [Fact]
    public void A_copy_is_refused_at_the_bound_of_the_pool()
    {
        var pool = new BufferPool(maximumBytes: 256);
        var original = new StreamPrefix();
        original.Insert(0, 0, new byte[200], pool);

        Assert.False(new StreamPrefix().TryCopy(original, 0, pool));
    }
}
