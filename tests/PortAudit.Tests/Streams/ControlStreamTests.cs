using System.Text;
using PortAudit.Traffic.Streams;

namespace PortAudit.Tests.Streams;

public sealed class ControlStreamTests
{
    private readonly BufferPool _pool = new();
    private readonly ControlStream _stream = new();

    [Fact]
    public void It_moves_on_with_what_is_consumed()
    {
        Insert(0, "one two");
        _stream.Consume(4);
        Insert(7, " three");

        Assert.Equal("two three", Text());
    }

    [Fact]
    public void More_than_is_there_may_be_consumed()
    {
        Insert(0, "abc");
        _stream.Consume(5);

        Assert.False(Insert(3, "d"));
        Assert.True(Insert(4, "ef"));
        Assert.Equal("f", Text());
    }

    [Fact]
    public void It_goes_on_with_what_is_known_of_a_stream_pieces_behind_a_gap_included()
    {
        var start = new StreamPrefix();
        start.Insert(100, 100, "hello "u8, _pool);
        start.Insert(100, 109, "ld"u8, _pool);

        Assert.True(_stream.TryBegin(start, 2, _pool));
        Assert.Equal("llo ", Text());
        Assert.True(_stream.Insert(100, 106, "wor"u8, _pool));
        Assert.Equal("llo world", Text());
    }

    [Fact]
    public void What_never_comes_is_waited_for_only_so_long()
    {
        Insert(0, "abc");
        for (var segment = 0; segment < ControlStream.MaximumWaits - 1; segment++)
            Assert.False(Insert((uint)(10 + segment), "x"));

        Assert.Equal(("abc", false), (Text(), _stream.IsAfterGap));
        Assert.True(Insert(10 + ControlStream.MaximumWaits - 1, "x"));
        Assert.Equal((new string('x', ControlStream.MaximumWaits), true), (Text(), _stream.IsAfterGap));
    }

    [Fact]
    public void A_gap_that_is_filled_late_is_none()
    {
        Insert(0, "ab");
        for (var segment = 0; segment < ControlStream.MaximumWaits - 1; segment++)
            Insert((uint)(3 + segment), "x");

        Assert.True(Insert(2, "c"));
        Assert.Equal(("abc" + new string('x', ControlStream.MaximumWaits - 1), false), (Text(), _stream.IsAfterGap));
        Assert.False(Insert(90, "y"));
        Assert.False(Insert(92, "y"));
    }

    [Fact]
    public void It_is_after_a_gap_until_something_is_consumed()
    {
        Insert(0, "ab");
        Insert(5, "fgh");
        Assert.True(_stream.TrySkipGap());
        Assert.Equal(("fgh", true), (Text(), _stream.IsAfterGap));

        _stream.Consume(0);
        Assert.True(_stream.IsAfterGap);
        _stream.Consume(1);
        Assert.Equal(("gh", false), (Text(), _stream.IsAfterGap));
        Assert.False(_stream.TrySkipGap());
    }

    [Fact]
    public void What_nobody_can_make_anything_of_is_given_up()
    {
        Insert(0, new string('a', StreamPrefix.MaximumLength));
        Assert.True(_stream.IsFull);

        _stream.GiveUp();
        Assert.True(Insert(StreamPrefix.MaximumLength, "next"));
        Assert.Equal(("next", true), (Text(), _stream.IsAfterGap));
    }

    [Fact]
    public void A_stream_of_any_length_passes_through_the_window()
    {
        var read = new StringBuilder();
        var expected = new StringBuilder();
        for (var line = 0u; line < 10_000; line++)
        {
            var text = $"{line:D8}\r\n";
            expected.Append(text);
            Assert.True(Insert(uint.MaxValue - 50_000 + (line * 10), text, start: uint.MaxValue - 50_000));
            if (line % 7 != 0)
                continue;
            read.Append(Text());
            _stream.Consume(_stream.Bytes.Length);
        }

        Assert.Equal(expected.ToString(), read.Append(Text()).ToString());
    }

    [Fact]
    public void It_is_as_new_once_it_was_cleared()
    {
        Insert(0, "ab");
        Insert(9, "z");
        _stream.TrySkipGap();
        _stream.Clear(_pool);

        Assert.Equal(("", false), (Text(), _stream.IsAfterGap));
        Assert.True(Insert(70_000, "new", start: 70_000));
        Assert.Equal("new", Text());
    }

    private bool Insert(uint sequence, string text, uint start = 0) =>
        _stream.Insert(start, sequence, Encoding.ASCII.GetBytes(text), _pool);

    private string Text() => Encoding.ASCII.GetString(_stream.Bytes);
}
