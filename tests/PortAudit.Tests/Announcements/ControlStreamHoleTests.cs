using PortAudit.Traffic.Streams;

namespace PortAudit.Tests.Announcements;

public sealed class ControlStreamHoleTests
{
    private const int SegmentLength = 1000;

    private readonly BufferPool _pool = new();
    private readonly ControlStream _stream = new();

    [Fact]
    public void It_goes_on_behind_a_hole_that_is_longer_than_the_window()
    {
        Insert(0);
        var first = SegmentLength + (uint)StreamPrefix.MaximumLength;
        for (var segment = 0u; segment < ControlStream.MaximumWaits - 1; segment++)
            Assert.False(Insert(first + (segment * SegmentLength)));
        Assert.Equal((SegmentLength, false), (_stream.Bytes.Length, _stream.IsAfterGap));

        Assert.True(Insert(first + ((ControlStream.MaximumWaits - 1) * SegmentLength)));
        Assert.Equal((SegmentLength, true), (_stream.Bytes.Length, _stream.IsAfterGap));
        Assert.True(Insert(first + (ControlStream.MaximumWaits * SegmentLength)));
        Assert.Equal(2 * SegmentLength, _stream.Bytes.Length);
    }

    [Fact]
    public void Segments_before_the_window_are_no_hole()
    {
        Insert(0);
        _stream.Consume(100_000);
        for (var segment = 1u; segment < 100; segment++)
            Assert.False(Insert(segment * SegmentLength));

        Assert.True(Insert(100_000));
        Assert.False(_stream.IsAfterGap);
    }

    [Fact]
    public void The_rest_of_a_segment_that_is_longer_than_the_window_is_taken_once_there_is_room()
    {
        var segment = new byte[StreamPrefix.MaximumLength + SegmentLength];

        Assert.True(_stream.Insert(0, 0, segment, _pool));
        Assert.False(_stream.Insert(0, 0, segment, _pool));
        _stream.Consume(StreamPrefix.MaximumLength);
        Assert.True(_stream.Insert(0, 0, segment, _pool));
        Assert.Equal(SegmentLength, _stream.Bytes.Length);
    }

    [Fact]
    public void A_stream_in_which_nothing_waits_holds_no_buffer()
    {
        var pool = new BufferPool(1024);
        var other = new ControlStream();
        _stream.Insert(0, 0, new byte[SegmentLength], pool);
        _stream.Trim(pool);
        Assert.False(other.Insert(0, 0, new byte[SegmentLength], pool));

        _stream.Consume(SegmentLength);
        _stream.Trim(pool);
        Assert.True(other.Insert(0, 0, new byte[SegmentLength], pool));
    }

    private bool Insert(uint sequence) => _stream.Insert(0, sequence, new byte[SegmentLength], _pool);
}
