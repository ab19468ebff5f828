using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.EtherNetIp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.EtherNetIp;

public sealed class EncapsulationPacketTests
{
    private const string Register = "6500 0400 00000000 00000000 0000000000000000 00000000 0100 0000";
    private const string Data =
        "6F00 1200 01000211 00000000 0000000000000000 00000000 00000000 0A00 0200 0000 0000 B200 0200 0102";

    [Theory]
    [InlineData(Register, 28, SideMatch.Request, false)]
    [InlineData(Data, 42, SideMatch.Request, false)]
    [InlineData("6600 0000 01000211 00000000 0000000000000000 00000000", 24, SideMatch.EitherSide, true)]
    [InlineData("6300 0000 00000000 00000000 0000000000000000 00000000", 24, SideMatch.Request, true)]
    public void A_packet_shows_its_sender(string bytes, int length, object side, bool isFaint)
    {
        Assert.True(EncapsulationPacket.TryParse(Hex.Bytes(bytes), out var packet, out _));

        Assert.Equal((length, (SideMatch)side, isFaint), (packet.TotalLength, packet.Side, packet.IsFaint));
    }

    [Theory]
    [InlineData("71", ParseError.BadValue)]
    [InlineData("6501", ParseError.BadValue)]
    [InlineData("6500 0500 00000000 00000000 0000000000000000 00000000 0100 0000 00", ParseError.BadValue)]
    [InlineData("6600 0000 01000211 6B000000 0000000000000000 00000000", ParseError.BadValue)]
    [InlineData("6600 0000 01000211 00000000 0000000000000000 01000000", ParseError.BadValue)]
    public void Other_bytes_are_refused(string bytes, object expected) =>
        ViewContract.Refuses(bytes, (ParseError)expected, Read);

    [Fact]
    public void It_is_a_sound_view()
    {
        ViewContract.Holds(Register, 28, Read);
        ViewContract.Holds(Data, 36, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (EncapsulationPacket.TryParse(bytes, out var view, out var error))
            _ = (view.TotalLength, view.IsFaint, view.AsksAll, view.Side);
        return error;
    }
}
