using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Parts;

public sealed class FramedPacketTests
{
    private const string Vector = "000C 8000162E 00000A00 7D2D3E1F";

    [Fact]
    public void The_packet_ends_where_the_frame_says()
    {
        Assert.True(FramedPacket.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((14, false, 12), (view.TotalLength, view.IsCut, view.Payload.Length));
    }

    [Fact]
    public void A_packet_that_is_still_under_way_is_cut() =>
        Assert.True(FramedPacket.TryParse(Hex.Bytes(Vector).AsSpan(..13), out var view, out _) && view.IsCut);

    [Theory]
    [InlineData("0007", ParseError.BadLength)]
    [InlineData("00", ParseError.Incomplete)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, FramedPacket.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (FramedPacket.TryParse(bytes, out var view, out var error))
            _ = (view.TotalLength, view.IsCut, view.Payload.Length);
        return error;
    }
}
