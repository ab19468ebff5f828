using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Wire.PacketDecoderTests;

namespace PortAudit.Tests.Wire;

public sealed class PacketDecoderFragmentTests
{
    private static readonly byte[] Datagram = Frames.Udp(new byte[24], length: 3000);

    [Fact]
    public void The_first_fragment_gives_the_ports()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(17, Datagram, fragment: 0x2000)));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.Equal((true, true, 53), (packet.IsFragment, packet.HasTransport, packet.DestinationPort));
    }

    [Theory]
    [InlineData(0x2001)]
    [InlineData(0x0001)]
    public void A_later_fragment_has_no_transport(ushort fragment)
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(17, Datagram, fragment)));
        AssertStopped(packet, DecodeLayer.Ipv4, DecodeReason.LaterFragment);
        Assert.Equal((true, true, false, 0),
            (packet.IsFragment, packet.HasNetwork, packet.HasTransport, packet.DestinationPort));
        Assert.Equal(IpProtocol.Udp, packet.Protocol);
    }

    [Theory]
    [InlineData("0001", true, true)]
    [InlineData("0000", false, true)]
    [InlineData("0009", true, false)]
    [InlineData("0008", true, false)]
    public void IPv6_fragments_are_told_by_their_header(string field, bool isFragment, bool hasTransport)
    {
        byte[] header = [17, 0, .. Hex.Bytes(field), 0, 0, 0, 1];
        var packet = Frames.Decode(Frames.Ethernet(0x86DD, Frames.Ipv6(44, [.. header, .. Datagram])));
        Assert.Equal((isFragment, true, hasTransport), (packet.IsFragment, packet.HasNetwork, packet.HasTransport));
        Assert.Equal(hasTransport ? 53 : 0, packet.DestinationPort);
        Assert.Equal(IpProtocol.Udp, packet.Protocol);
        if (!hasTransport)
            AssertStopped(packet, DecodeLayer.Ipv6, DecodeReason.LaterFragment);
    }

    [Fact]
    public void What_a_later_fragment_begins_with_is_not_read_as_a_header()
    {
        byte[] header = [60, 0, 0, 8, 0, 0, 0, 1];
        var packet = Frames.Decode(Frames.Ethernet(0x86DD, Frames.Ipv6(44, [.. header, 6, 200, 1, 2])));
        AssertStopped(packet, DecodeLayer.Ipv6, DecodeReason.LaterFragment);
        Assert.Equal(new IpProtocol(60), packet.Protocol);
    }

    [Fact]
    public void A_first_fragment_is_still_one_behind_further_headers()
    {
        byte[] headers = [60, 0, 0, 1, 0, 0, 0, 1, 17, 0, 1, 4, 0, 0, 0, 0];
        var packet = Frames.Decode(Frames.Ethernet(0x86DD, Frames.Ipv6(44, [.. headers, .. Datagram])));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.Equal((true, 53), (packet.IsFragment, packet.DestinationPort));
    }
}
