using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Rtp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Rtp;

public sealed class RtcpPacketTests
{
    private const string Vector = "81C90007 01932DB4 3796CB71 00000000 00000CD8 0000002D 00000000 00000000";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(RtcpPacket.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((false, 1, RtcpPacket.ReceiverReport, 32, 0x01932DB4u, true),
            (view.HasPadding, view.Count, view.Kind, view.TotalLength, view.Source, view.IsExactReport));
    }

    [Theory]
    [InlineData("41C9", ParseError.BadVersion)]
    [InlineData("81C7", ParseError.BadValue)]
    [InlineData("81D0", ParseError.BadValue)]
    [InlineData("81C9000601932DB4", ParseError.BadLength)]
    [InlineData("80C8000501932DB4", ParseError.BadLength)]
    [InlineData("81CE000101932DB4", ParseError.BadLength)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, RtcpPacket.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (RtcpPacket.TryParse(bytes, out var view, out var error))
            _ = (view.HasPadding, view.Count, view.Kind, view.TotalLength, view.Source, view.IsExactReport);
        return error;
    }
}
