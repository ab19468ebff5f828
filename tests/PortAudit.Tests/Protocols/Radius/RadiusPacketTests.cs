using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Radius;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Radius;

public sealed class RadiusPacketTests
{
    private const string Vector = "0105 0020 000102030405060708090A0B0C0D0E0F 01 06 616C6963 04 06 0A000001 0000";

    [Fact]
    public void The_fields_are_read()
    {
        Assert.True(RadiusPacket.TryParse(Hex.Bytes(Vector), out var packet, out _));
        Assert.Equal((RadiusCode.AccessRequest, 5, 32, true, true),
            (packet.Code, packet.Identifier, packet.Length, packet.HasAttributes, packet.AddsUp));
    }

    [Fact]
    public void Of_a_packet_that_was_cut_two_attributes_are_enough()
    {
        var bytes = Hex.Bytes("0105 0040 000102030405060708090A0B0C0D0E0F 01 06 616C6963 04 06 0A000001 1F09");

        Assert.True(RadiusPacket.TryParse(bytes, out var packet, out _) && packet.AddsUp);
        Assert.True(RadiusPacket.TryParse(bytes.AsSpan(..30), out packet, out _) && !packet.AddsUp);
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, RadiusPacket.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (RadiusPacket.TryParse(bytes, out var packet, out var error))
            _ = (packet.Code, packet.Identifier, packet.Length, packet.HasAttributes, packet.AddsUp, packet.Side,
                packet.Answers(RadiusCode.AccessRequest));
        return error;
    }
}
