using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Tpkt;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Tpkt;

public sealed class TpktPacketTests
{
    private const string ConnectionRequest = "03000013 0EE000000000000100080003000000";

    [Fact]
    public void The_payload_ends_where_the_length_says()
    {
        Assert.True(TpktPacket.TryParse(Hex.Bytes(ConnectionRequest + "0300"), out var packet, out _));

        Assert.Equal((19, 15, false), (packet.TotalLength, packet.Payload.Length, packet.IsCut));
    }

    [Fact]
    public void A_payload_that_is_still_under_way_is_cut()
    {
        Assert.True(TpktPacket.TryParse(Hex.Bytes("03000013 0EE0"), out var packet, out _));

        Assert.Equal((2, true), (packet.Payload.Length, packet.IsCut));
    }

    [Theory]
    [InlineData("", ParseError.Incomplete)]
    [InlineData("0300", ParseError.Incomplete)]
    [InlineData("02", ParseError.BadVersion)]
    [InlineData("0301", ParseError.BadValue)]
    [InlineData("03000003", ParseError.BadLength)]
    public void Other_headers_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(ConnectionRequest, TpktPacket.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (TpktPacket.TryParse(bytes, out var packet, out var error))
            _ = (packet.TotalLength, packet.IsCut, packet.Payload.Length);
        return error;
    }
}
