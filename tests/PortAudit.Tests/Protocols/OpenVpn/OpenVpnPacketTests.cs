using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.OpenVpn;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.OpenVpn;

public sealed class OpenVpnPacketTests
{
    private const string Reset = "40 B1B2B3B4B5B6B7B8 01 00000000 A1A2A3A4A5A6A7A8 00000000";

    [Fact]
    public void A_reset_says_from_which_end_it_comes_and_repeats_the_other_ends_number()
    {
        Assert.True(OpenVpnPacket.TryParseControl(Hex.Bytes(Reset), out var packet, out _));

        Assert.Equal((8, true, false), (packet.Opcode, packet.IsServerReset, packet.IsClientReset));
        Assert.Equal(Hex.Bytes("B1B2B3B4B5B6B7B8"), packet.Session.ToArray());
        Assert.True(packet.Repeats(Hex.Bytes("A1A2A3A4A5A6A7A8")));
        Assert.False(packet.Repeats(Hex.Bytes("B1B2B3B4B5B6B7B8")));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x30)]
    [InlineData(0x39)]
    [InlineData(0x48)]
    [InlineData(0x60)]
    public void Other_operations_and_a_reset_with_another_key_are_no_control_packets(byte first)
    {
        var bytes = Hex.Bytes(Reset);
        bytes[0] = first;

        Assert.False(OpenVpnPacket.TryParseControl(bytes, out _, out var error));
        Assert.Equal(ParseError.BadValue, error);
    }

    [Theory]
    [InlineData("20 4003180000000700 00 00000000")]
    [InlineData("22 6964222068656C6C 6F 203D2068")]
    public void A_session_number_of_zeros_or_of_text_is_not_random(string packet)
    {
        Assert.False(OpenVpnPacket.TryParseControl(Hex.Bytes(packet), out _, out var error));
        Assert.Equal(ParseError.BadValue, error);
    }

    [Theory]
    [InlineData("48000001", true)]
    [InlineData("4FFFFFFF", true)]
    [InlineData("48010000", false)]
    [InlineData("48FF0000", false)]
    [InlineData("50000001", false)]
    public void A_data_packet_names_a_peer_that_counts_from_zero_or_none(string bytes, bool expected) =>
        Assert.Equal(expected, OpenVpnPacket.MayBeNumberedData(Hex.Bytes(bytes)));

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Reset, OpenVpnPacket.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (!OpenVpnPacket.TryParseControl(bytes, out var packet, out var error))
            return error;
        _ = (packet.Opcode, packet.IsClientReset, packet.IsServerReset, packet.Session.Length,
            packet.Repeats(bytes[..1]));
        _ = packet.WrappedNumber < 0 ? 0 : packet.WrappedTime;
        return error;
    }
}
