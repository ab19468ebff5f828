using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class Ipv4PacketTests
{
    private const string Plain = "4500 0018 1234 0000 40 11 0000 0A000001 C0A80102 DEADBEEF";
    private const string WithOptions = "4700 0020 1234 4000 01 06 0000 0A000001 C0A80102 0101010101010100 DEADBEEF";

    [Fact]
    public void A_header_reads_as_written()
    {
        Assert.True(Ipv4Packet.TryParse(Hex.Bytes(Plain), out var packet, out _));
        Assert.Equal(20, packet.HeaderLength);
        Assert.Equal(24, packet.TotalLength);
        Assert.False(packet.IsFragment);
        Assert.Equal(0, packet.FragmentOffset);
        Assert.Equal(64, packet.TimeToLive);
        Assert.Equal(IpProtocol.Udp, packet.Protocol);
        Assert.Equal("10.0.0.1", packet.Source.ToString());
        Assert.Equal("192.168.1.2", packet.Destination.ToString());
        Assert.Equal("DEADBEEF", Convert.ToHexString(packet.Payload));
        Assert.False(packet.IsCut);
    }

    [Fact]
    public void Options_are_part_of_the_header()
    {
        Assert.True(Ipv4Packet.TryParse(Hex.Bytes(WithOptions), out var packet, out _));
        Assert.Equal(28, packet.HeaderLength);
        Assert.Equal("DEADBEEF", Convert.ToHexString(packet.Payload));
    }

    [Theory]
    [InlineData("830704 0A090909 00", "10.9.9.9")]
    [InlineData("01 830704 0A090909", "10.9.9.9")]
    [InlineData("890B04 0A080808 0A090909 00", "10.9.9.9")]
    [InlineData("940400000B 01 830B08 0A080808 0A090909", "192.168.1.2")]
    [InlineData("94040000 830B08 0A080808 0A090909 00 00", "10.9.9.9")]
    [InlineData("830708 0A090909 00", "192.168.1.2")]
    [InlineData("00 830704 0A090909", "192.168.1.2")]
    [InlineData("8303040A 09090900", "192.168.1.2")]
    [InlineData("83FF040A 09090900", "192.168.1.2")]
    [InlineData("83000000 00000000", "192.168.1.2")]
    [InlineData("07070400 00000000", "192.168.1.2")]
    public void A_source_route_that_is_not_used_up_names_the_destination(string options, string expected)
    {
        var bytes = Hex.Bytes(options);
        Array.Resize(ref bytes, (bytes.Length + 3) / 4 * 4);
        byte[] header = [(byte)(0x45 + (bytes.Length / 4)), 0, 0, 0,
            .. Hex.Bytes("1234 0000 40 11 0000 0A000001 C0A80102"), .. bytes];
        Assert.True(Ipv4Packet.TryParse(header, out var packet, out _));
        Assert.Equal((expected, "192.168.1.2"), (packet.Destination.ToString(), packet.NextDestination.ToString()));
    }

    [Theory]
    [InlineData("0000", false, 0)]
    [InlineData("4000", false, 0)]
    [InlineData("8000", false, 0)]
    [InlineData("2000", true, 0)]
    [InlineData("2001", true, 8)]
    [InlineData("1FFF", true, 65528)]
    public void Flags_and_offset_tell_fragments(string field, bool isFragment, int offset)
    {
        Assert.True(Ipv4Packet.TryParse(Hex.Bytes(Plain.Replace("0000 40", field + " 40", StringComparison.Ordinal)),
            out var packet, out _));
        Assert.Equal(isFragment, packet.IsFragment);
        Assert.Equal(offset, packet.FragmentOffset);
    }

    [Fact]
    public void Link_padding_is_no_payload()
    {
        Assert.True(Ipv4Packet.TryParse(Hex.Bytes(Plain + "000000000000"), out var packet, out _));
        Assert.Equal("DEADBEEF", Convert.ToHexString(packet.Payload));
        Assert.False(packet.IsCut);
    }

    [Fact]
    public void A_payload_that_was_not_captured_is_cut()
    {
        Assert.True(Ipv4Packet.TryParse(Hex.Bytes(Plain).AsSpan(0, 22), out var packet, out _));
        Assert.Equal("DEAD", Convert.ToHexString(packet.Payload));
        Assert.Equal(4, packet.AnnouncedPayloadLength);
        Assert.True(packet.IsCut);
    }

    [Fact]
    public void A_total_length_left_to_offload_takes_all_there_is()
    {
        Assert.True(Ipv4Packet.TryParse(Hex.Bytes(Plain.Replace("0018", "0000", StringComparison.Ordinal)),
            out var packet, out _));
        Assert.Equal("DEADBEEF", Convert.ToHexString(packet.Payload));
        Assert.False(packet.IsCut);
    }

    [Theory]
    [InlineData("45", "65", ParseError.BadVersion)]
    [InlineData("45", "44", ParseError.BadLength)]
    [InlineData("0018", "0013", ParseError.BadLength)]
    [InlineData("45", "4F", ParseError.Incomplete)]
    public void A_bad_header_is_refused(string good, string bad, object error)
    {
        Assert.False(Ipv4Packet.TryParse(Hex.Bytes(Plain.Replace(good, bad, StringComparison.Ordinal)), out _,
            out var actual));
        Assert.Equal(error, actual);
    }

    [Theory]
    [InlineData(Plain, 20)]
    [InlineData(WithOptions, 28)]
    public void It_is_a_sound_view(string hex, int headerLength) => ViewContract.Holds(hex, headerLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (Ipv4Packet.TryParse(bytes, out var packet, out var error))
            _ = packet.HeaderLength + packet.TotalLength + packet.FragmentOffset + packet.TimeToLive
                + packet.Protocol.Value + packet.Payload.Length
                + packet.AnnouncedPayloadLength
                + (packet.IsCut && packet.IsFragment && packet.Source == packet.Destination ? 1 : 0);
        return error;
    }
}
