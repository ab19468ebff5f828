using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class Ipv6PacketTests
{
    private const string Addresses = "20010DB8000000000000000000000001 FE800000000000000000000000000002";
    private const string Plain = "60000000 0004 11 40 " + Addresses + " DEADBEEF";

    [Fact]
    public void A_header_reads_as_written()
    {
        Assert.True(Ipv6Packet.TryParse(Hex.Bytes(Plain), out var packet, out _));
        Assert.Equal(4, packet.PayloadLength);
        Assert.Equal(17, packet.NextHeader);
        Assert.Equal(64, packet.HopLimit);
        Assert.Equal("2001:db8::1", packet.Source.ToString());
        Assert.Equal("fe80::2", packet.Destination.ToString());
        Assert.Equal("DEADBEEF", Convert.ToHexString(packet.Payload));
        Assert.False(packet.IsCut);
    }

    [Fact]
    public void Link_padding_is_no_payload()
    {
        Assert.True(Ipv6Packet.TryParse(Hex.Bytes(Plain + "0000"), out var packet, out _));
        Assert.Equal("DEADBEEF", Convert.ToHexString(packet.Payload));
    }

    [Fact]
    public void A_payload_that_was_not_captured_is_cut()
    {
        Assert.True(Ipv6Packet.TryParse(Hex.Bytes(Plain).AsSpan(0, 43), out var packet, out _));
        Assert.Equal("DEADBE", Convert.ToHexString(packet.Payload));
        Assert.True(packet.IsCut);
    }

    [Theory]
    [InlineData("06", "DEADBEEF")]
    [InlineData("3B", "")]
    public void A_length_of_zero_takes_all_there_is_unless_nothing_follows(string nextHeader, string payload)
    {
        Assert.True(Ipv6Packet.TryParse(Hex.Bytes("60000000 0000 " + nextHeader + " 40 " + Addresses + " DEADBEEF"),
            out var packet, out _));
        Assert.Equal(payload, Convert.ToHexString(packet.Payload));
        Assert.False(packet.IsCut);
    }

    [Fact]
    public void Another_version_is_refused() =>
        ViewContract.Refuses("45" + Plain[2..], ParseError.BadVersion, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Plain, Ipv6Packet.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (Ipv6Packet.TryParse(bytes, out var packet, out var error))
            _ = packet.PayloadLength + packet.NextHeader + packet.HopLimit + packet.Payload.Length
                + (packet.IsCut && packet.Source == packet.Destination ? 1 : 0);
        return error;
    }
}
