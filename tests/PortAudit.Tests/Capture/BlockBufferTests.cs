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
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockBuffer(Stream.Null).TryPeek(BlockBuffer.MaximumLength + 1, out _));

    [Fact]
    public void The_stream_is_disposed_with_the_buffer()
    {
        var stream = new ScriptedStream([], 1);
        new BlockBuffer(stream).Dispose();
        Assert.True(stream.IsDisposed);
    }
}
