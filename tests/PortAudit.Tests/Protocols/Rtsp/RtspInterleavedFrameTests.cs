using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Rtsp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Rtsp;

public sealed class RtspInterleavedFrameTests
{
    private const string Vector = "24 00 000C 8060162E 00000A00 7D2D3E1F";

    [Fact]
    public void The_length_does_not_count_the_header()
    {
        Assert.True(RtspInterleavedFrame.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal(16, view.TotalLength);
    }

    [Theory]
    [InlineData("25", ParseError.BadValue)]
    [InlineData("2440", ParseError.BadValue)]
    [InlineData("24000003", ParseError.BadLength)]
    [InlineData("2400000C40", ParseError.BadVersion)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, RtspInterleavedFrame.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (RtspInterleavedFrame.TryParse(bytes, out var view, out var error))
            _ = view.TotalLength;
        return error;
    }
}
