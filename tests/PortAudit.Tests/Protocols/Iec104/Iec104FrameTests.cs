using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Iec104;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Iec104;

public sealed class Iec104FrameTests
{
    private const string Interrogation = "680E 0000 0000 64 01 0600 0100 000000 14";
    private const string Start = "6804 07000000";
    private const string Acknowledgement = "6804 0100 0200";

    [Theory]
    [InlineData(Interrogation, true, SideMatch.Request)]
    [InlineData("680E 0000 0200 64 01 0700 0100 000000 14", true, SideMatch.Reply)]
    [InlineData("680E 0000 0200 01 01 0300 0100 010000 00", true, SideMatch.Reply)]
    [InlineData(Start, true, SideMatch.Request)]
    [InlineData("6804 83000000", true, SideMatch.EitherSide)]
    [InlineData(Acknowledgement, false, SideMatch.EitherSide)]
    public void A_frame_shows_its_sender(string bytes, bool isDistinct, object side)
    {
        Assert.True(Iec104Frame.TryParse(Hex.Bytes(bytes), out var frame, out _));

        Assert.Equal((isDistinct, (SideMatch)side), (frame.IsDistinct, frame.Side));
    }

    [Theory]
    [InlineData("67", ParseError.BadValue)]
    [InlineData("6803", ParseError.BadLength)]
    [InlineData("68FE", ParseError.BadLength)]
    [InlineData("680D 0000 0000 64 01 0600 0100 000000", ParseError.BadValue)]
    [InlineData("6804 03000000", ParseError.BadValue)]
    [InlineData("6804 0100 0300", ParseError.BadValue)]
    [InlineData("680E 0000 0100 64 01 0600 0100 000000 14", ParseError.BadValue)]
    public void Other_bytes_are_refused(string bytes, object expected) =>
        ViewContract.Refuses(bytes, (ParseError)expected, Read);

    [Fact]
    public void It_is_a_sound_view()
    {
        ViewContract.Holds(Interrogation, Hex.Bytes(Interrogation).Length, Read);
        ViewContract.Holds(Start, Iec104Frame.HeaderLength, Read);
        ViewContract.Holds(Acknowledgement, Iec104Frame.HeaderLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (Iec104Frame.TryParse(bytes, out var view, out var error))
            _ = (view.TotalLength, view.IsDistinct, view.Side);
        return error;
    }
}
