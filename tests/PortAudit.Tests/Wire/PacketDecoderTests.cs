using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class PacketDecoderTests
{
    private static readonly byte[] Text = "GET / HTTP/1.1"u8.ToArray();

    [Fact]
    public void Tcp_over_IPv4_is_read_to_its_payload()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800,
            Frames.Ipv4(6, Frames.Tcp(TcpFlags.Psh | TcpFlags.Ack, Text, dataOffset: 8))));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.True(packet.HasNetwork && packet.HasTransport);
        Assert.False(packet.IsFragment || packet.HasQuote);
        Assert.Equal(VlanTags.None, packet.Vlan);
        Assert.Equal(("10.0.0.1", "10.0.0.2", IpProtocol.Tcp, 64),
            (packet.Source.ToString(), packet.Destination.ToString(), packet.Protocol, packet.TimeToLive));
        Assert.Equal((49153, 443), (packet.SourcePort, packet.DestinationPort));
        Assert.Equal((TcpFlags.Psh | TcpFlags.Ack, 1000u, 2000u, 64240),
            (packet.TcpFlags, packet.SequenceNumber, packet.AcknowledgmentNumber, packet.Window));
        AssertPayload(packet, 14 + 20 + 32, Text.Length, Text.Length);
    }

    [Fact]
    public void Udp_over_IPv6_is_read_to_its_payload()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x86DD, Frames.Ipv6(17, Frames.Udp(Text))));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.Equal(("2001:db8::1", "2001:db8::2", IpProtocol.Udp, 63),
            (packet.Source.ToString(), packet.Destination.ToString(), packet.Protocol, packet.TimeToLive));
        Assert.Equal((49153, 53), (packet.SourcePort, packet.DestinationPort));
        AssertPayload(packet, 14 + 40 + 8, Text.Length, Text.Length);
    }

    [Fact]
    public void Sctp_has_ports_and_chunks()
    {
        byte[] header = [0x0B, 0x59, 0x0B, 0x5A, 1, 2, 3, 4, 0, 0, 0, 0];
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(132, [.. header, .. Text])));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.Equal((2905, 2906), (packet.SourcePort, packet.DestinationPort));
        AssertPayload(packet, 14 + 20 + 12, Text.Length, Text.Length);
    }

    [Fact]
    public void Type_and_code_of_icmp_stand_for_ports()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(1, Frames.Icmp(8, 7, Text))));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.True(packet.HasTransport);
        Assert.Equal((8, 7), (packet.SourcePort, packet.DestinationPort));
        AssertPayload(packet, 14 + 20 + 8, Text.Length, Text.Length);
    }

    [Theory]
    [InlineData(47)]
    [InlineData(50)]
    [InlineData(51)]
    public void A_protocol_without_ports_begins_its_payload_at_its_header(byte protocol)
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(protocol, Text)));
        AssertStopped(packet, DecodeLayer.Ipv4, DecodeReason.NotDecoded);
        Assert.True(packet.HasTransport);
        Assert.Equal((protocol, 0, 0), (packet.Protocol.Value, packet.SourcePort, packet.DestinationPort));
        AssertPayload(packet, 14 + 20, Text.Length, Text.Length);
        AssertStopped(Frames.Decode(Frames.Ethernet(0x86DD, Frames.Ipv6(protocol, Text))), DecodeLayer.Ipv6,
            DecodeReason.NotDecoded);
    }

    [Theory]
    [InlineData(0x8100, 0x0064, "100")]
    [InlineData(0x88A8, 0xE064, "100")]
    [InlineData(0x9100, 0x0FFF, "4095")]
    [InlineData(0x8100, 0xA000, "")]
    public void A_tag_names_the_vlan_unless_it_only_carries_a_priority(ushort type, ushort control, string vlan)
    {
        var packet = Frames.Decode(Frames.Ethernet(type,
            Frames.Tag(control, 0x0800, Frames.Ipv4(17, Frames.Udp(Text)))));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.Equal(vlan, packet.Vlan.ToString());
        AssertPayload(packet, 18 + 20 + 8, Text.Length, Text.Length);
    }

    [Fact]
    public void Two_tags_are_kept_and_deeper_ones_skipped()
    {
        var inner = Frames.Tag(3, 0x86DD, Frames.Ipv6(17, Frames.Udp(Text)));
        var packet = Frames.Decode(Frames.Ethernet(0x88A8, Frames.Tag(1, 0x8100, Frames.Tag(2, 0x8100, inner))));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.Equal("1.2", packet.Vlan.ToString());
    }

    [Theory]
    [InlineData(PacketDecoder.MaximumNesting, DecodeLayer.Payload, DecodeReason.Done)]
    [InlineData(PacketDecoder.MaximumNesting + 1, DecodeLayer.Link, DecodeReason.TooDeep)]
    public void Tags_have_a_limit(int tags, DecodeLayer layer, DecodeReason reason)
    {
        var payload = Frames.Tag(1, 0x0800, Frames.Ipv4(17, Frames.Udp(Text)));
        for (var i = 1; i < tags; i++)
            payload = Frames.Tag(1, 0x8100, payload);
        AssertStopped(Frames.Decode(Frames.Ethernet(0x8100, payload)), layer, reason);
    }

    [Theory]
    [InlineData(PacketDecoder.MaximumNesting, DecodeLayer.Payload, DecodeReason.Done)]
    [InlineData(PacketDecoder.MaximumNesting + 1, DecodeLayer.Ipv6, DecodeReason.TooDeep)]
    public void Extension_headers_have_a_limit(int headers, DecodeLayer layer, DecodeReason reason)
    {
        byte[] payload = [17, 0, 1, 4, 0, 0, 0, 0, .. Frames.Udp(Text)];
        for (var i = 1; i < headers; i++)
            payload = [60, 0, 1, 4, 0, 0, 0, 0, .. payload];
        var packet = Frames.Decode(Frames.Ethernet(0x86DD, Frames.Ipv6(60, payload)));
        AssertStopped(packet, layer, reason);
        Assert.Equal(reason == DecodeReason.Done, packet.HasNetwork);
    }

    [Fact]
    public void The_protocol_stands_behind_the_extension_headers()
    {
        byte[] hopByHop = [43, 0, 5, 2, 0, 0, 1, 0];
        byte[] routing = [60, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] options = [6, 0, 1, 4, 0, 0, 0, 0];
        var packet = Frames.Decode(Frames.Ethernet(0x86DD,
            Frames.Ipv6(0, [.. hopByHop, .. routing, .. options, .. Frames.Tcp(TcpFlags.Syn, [])])));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.Equal((IpProtocol.Tcp, 443), (packet.Protocol, packet.DestinationPort));
        AssertPayload(packet, 14 + 40 + 32 + 20, 0, 0);
    }

    [Theory]
    [InlineData(0x0806)]
    [InlineData(0x88CC)]
    [InlineData(0x05DC)]
    [InlineData(0x0026)]
    public void What_is_not_IP_is_not_decoded(ushort etherType)
    {
        var packet = Frames.Decode(Frames.Ethernet(etherType, new byte[46]));
        AssertStopped(packet, DecodeLayer.Link, DecodeReason.NotDecoded);
        Assert.False(packet.HasNetwork || packet.HasTransport);
    }

    [Fact]
    public void Another_link_type_is_not_guessed_at()
    {
        PacketDecoder.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Text))), new LinkType(147), 100,
            out var packet);
        AssertStopped(packet, DecodeLayer.Link, DecodeReason.UnknownLinkType);
        Assert.False(packet.HasNetwork);
    }

    [Fact]
    public void A_version_that_is_not_the_EtherTypes_is_refused()
    {
        AssertStopped(Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv6(17, Frames.Udp(Text)))), DecodeLayer.Ipv4,
            DecodeReason.BadVersion);
        AssertStopped(Frames.Decode(Frames.Ethernet(0x86DD, Frames.Ipv4(17, Frames.Udp(Text)))), DecodeLayer.Ipv6,
            DecodeReason.BadVersion);
    }

    [Fact]
    public void A_decoded_packet_starts_afresh_each_time()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x8100,
            Frames.Tag(5, 0x0800, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Syn, Text)))));
        PacketDecoder.Decode([], LinkType.Ethernet, 0, out packet);
        Assert.Equal(new DecodedPacket { StopReason = DecodeReason.HeaderLies }, packet);
    }

    internal static void AssertStopped(DecodedPacket packet, DecodeLayer layer, DecodeReason reason) =>
        Assert.Equal((layer, reason), (packet.StoppedAt, packet.StopReason));

    internal static void AssertPayload(DecodedPacket packet, int offset, int length, int originalLength) =>
        Assert.Equal((offset, length, originalLength),
            (packet.PayloadOffset, packet.PayloadLength, packet.OriginalPayloadLength));
}
