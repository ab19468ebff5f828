using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class BlockBufferTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(5000)]
    public void Every_byte_is_shown_once_and_in_order_whatever_the_reads_give(int chunk)
    {
        using var buffer = new BlockBuffer(new ScriptedStream(Bytes, chunk));
        var seen = new List<byte>();
        for (var length = 1; buffer.TryPeek(length, out var bytes); length = length % 90 + 1)
        {
            Assert.Equal(seen.Count, buffer.Offset);
            seen.AddRange(bytes);
            buffer.Consume(length);
        }

        buffer.TryPeek(buffer.Available, out var rest);
        seen.AddRange(rest);
        Assert.Equal(Bytes, seen);
        Assert.Null(buffer.Failure);
    }

    [Fact]
    public void A_large_record_is_room_for_a_while_only()
    {
        const int Large = 4 * 1024 * 1024;
        // Less than a block in Debug, too.
        const int Small = 50;
        var stream = new CountingStream();
        using var buffer = new BlockBuffer(stream);
        Take(buffer, Large);
        var offset = 0L;
        for (; offset < BlockBuffer.MaximumLength / 2; offset += Small)
            Take(buffer, Small);
        Assert.InRange(stream.LastAsked, Large / 2, 2 * Large);

        // Others before the time is over: the room is kept.
        Take(buffer, Large);
        for (offset = 0; offset < BlockBuffer.MaximumLength - Large; offset += Small)
            Take(buffer, Small);
        Assert.InRange(stream.LastAsked, Large / 2, 2 * Large);
        for (offset = 0; offset < 2 * Large; offset += Small)
            Take(buffer, Small);
        Assert.InRange(stream.LastAsked, 1, 256 * 1024);
        Take(buffer, Large);
    }

    [Fact]
    public void Looking_again_shows_the_same_bytes()
    {
        using var buffer = new BlockBuffer(new ScriptedStream(Bytes, 10));
        Assert.True(buffer.TryPeek(4, out _));
        Assert.True(buffer.TryPeek(700, out var many));
        Assert.True(many.SequenceEqual(Bytes.AsSpan(0, 700)));
        Assert.Equal(0, buffer.Offset);
    }

    [Fact]
    public void What_is_complete_is_shown_without_reading_on()
    {
        var pipe = new ScriptedStream(Bytes, 8);
        using var buffer = new BlockBuffer(pipe);
        Assert.True(buffer.TryPeek(8, out _));
        Assert.Equal(8, pipe.Given);
    }

    [Fact]
    public void A_failure_keeps_what_came_before_and_is_not_tried_again()
    {
        var failure = new IOException("device gone");
        using var buffer = new BlockBuffer(new ScriptedStream(Bytes, 100, failure));
        Assert.False(buffer.TryPeek(1001, out _));
        Assert.Same(failure, buffer.Failure);
        Assert.Equal(1000, buffer.Available);
        Assert.True(buffer.TryPeek(1000, out _));
        Assert.False(buffer.TryPeek(1001, out _));
    }

    [Fact]
    public void A_large_request_on_a_short_stream_costs_little_memory()
    {
        using var buffer = new BlockBuffer(new ScriptedStream(Bytes, 100));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(buffer.TryPeek(BlockBuffer.MaximumLength, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public void More_than_the_limit_is_the_callers_fault() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new BlockBuffer(Stream.Null).TryPeek(BlockBuffer.MaximumLength + 1, out _));

    [Fact]
    public void The_stream_is_disposed_with_the_buffer()
    {
        var stream = new ScriptedStream([], 1);
        new BlockBuffer(stream).Dispose();
        Assert.True(stream.IsDisposed);
    }

    private static void Take(BlockBuffer buffer, int length)
    {
        var first = (byte)(buffer.Offset % CountingStream.Period);
        Assert.True(buffer.TryPeek(length, out var bytes));
        Assert.True(bytes[0] == first && bytes[^1] == (byte)((buffer.Offset + length - 1) % CountingStream.Period));
        buffer.Consume(length);
    }

    /// <summary>A stream without end, each byte of which is its offset, that knows how much it was asked for.</summary>
    private sealed class CountingStream : ForwardStream
    {
        public const int Period = 251;

        private long _offset;

        /// <summary>Bytes that the last read asked for.</summary>
        public int LastAsked { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            LastAsked = buffer.Length;
            foreach (ref var value in buffer)
                value = (byte)(_offset++ % Period);
            return buffer.Length;
        }
    }
}
