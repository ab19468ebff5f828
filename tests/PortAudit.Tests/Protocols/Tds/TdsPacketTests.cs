using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Tds;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Tds;

public sealed class TdsPacketTests
{
    private const string Vector = "12 01 000C 0000 01 00 AABBCCDD 99";

    [Fact]
    public void The_fields_are_read()
    {
        Assert.True(TdsPacket.TryParse(Hex.Bytes(Vector), out var packet, out _));
        Assert.Equal((TdsPacketType.PreLogin, true, 12, 4, "AABBCCDD", false), (packet.Type, packet.EndsMessage,
            packet.TotalLength, packet.PayloadLength, Convert.ToHexString(packet.Payload), packet.IsCut));
    }

    [Theory]
    [InlineData("05 01 000C 0000 01 00", ParseError.BadValue)]
    [InlineData("12 21 000C 0000 01 00", ParseError.BadValue)]
    [InlineData("12 01 000C 0000 01 01", ParseError.BadValue)]
    [InlineData("12 01 0007 0000 01 00", ParseError.BadLength)]
    [InlineData("12 01 8000 0000 01 00", ParseError.BadLength)]
    public void What_the_header_may_not_say_is_refused(string hex, object expected) =>
        ViewContract.Refuses(hex, (ParseError)expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, TdsPacket.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (TdsPacket.TryParse(bytes, out var packet, out var error))
            _ = (packet.Type, packet.EndsMessage, packet.TotalLength, packet.PayloadLength, packet.Payload.Length,
                packet.IsCut);
        return error;
    }
}
