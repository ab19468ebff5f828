using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;

namespace PortAudit.Tests.Streams;

public sealed class StreamStartTests
{
    private readonly BufferPool _pool = new();

    [Fact]
    public void After_going_over_only_what_follows_is_shown()
    {
        var streams = new StreamStart();
        streams.Low.Insert(1, 1, "STARTTLS\r\nhello"u8, _pool);
        streams.High.Insert(1, 1, "220 go\r\n"u8, _pool);

        streams.SwitchTo(new ProtocolSwitch(10, 8, ContinuesInside: true), Side.Low);

        Assert.Equal("hello"u8, streams.PresentLow);
        Assert.True(streams.PresentHigh.IsEmpty);
        Assert.Equal((1, true, RecogniserSet.OverTcp.All),
            (streams.Switches, streams.ContinuesInside, streams.Candidates));
    }

    [Fact]
    public void Going_over_beyond_what_was_seen_shows_nothing()
    {
        var streams = new StreamStart();
        streams.Low.Insert(1, 1, "abc"u8, _pool);

        streams.SwitchTo(new ProtocolSwitch(10, 10, ContinuesInside: false), Side.Low);

        Assert.True(streams.PresentLow.IsEmpty);
        Assert.True(streams.PresentHigh.IsEmpty);
    }

    [Fact]
    public void Cleared_it_is_as_new()
    {
        var streams = new StreamStart { Matched = 3, Awaits = Side.Low };
        streams.SwitchTo(new ProtocolSwitch(1, 1, ContinuesInside: true), Side.Low);
        Assert.Null(streams.Awaits);
        streams.Awaits = Side.High;
        streams.Clear(_pool);
        streams.Low.Insert(1, 1, "abc"u8, _pool);

        Assert.Equal("abc"u8, streams.PresentLow);
        Assert.Equal((0, false, -1, null),
            (streams.Switches, streams.ContinuesInside, streams.Matched, streams.Awaits));
    }
}
