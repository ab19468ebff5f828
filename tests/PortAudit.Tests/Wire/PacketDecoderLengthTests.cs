using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Wire.PacketDecoderTests;

namespace PortAudit.Tests.Wire;

/// <summary>Padding, snap lengths, offload and lies: where a payload ends and why decoding does.</summary>
public sealed class PacketDecoderLengthTests
{
    private static readonly byte[] Ten = new byte[10];

    [Fact]
    public void Ethernet_padding_is_no_payload()
    {
        byte[] frame = [.. Frames.Ethernet(0x0800, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Ack, []))), .. new byte[6]];
        AssertPayload(Frames.Decode(frame), 54, 0, 0);
    }

    [Fact]
    public void A_snapped_payload_keeps_its_original_length()
    {
        var frame = Frames.Ethernet(0x0800, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Ack, new byte[1000])));
        var packet = Frames.Decode(frame.AsSpan(0, 60), frame.Length);
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        AssertPayload(packet, 54, 6, 1000);
    }

    [Theory]
    [InlineData(14 + 20 + 3, false, TcpFlags.None, 0)]
    [InlineData(14 + 20 + 4, true, TcpFlags.None, 0)]
    [InlineData(14 + 20 + 13, true, TcpFlags.None, 0)]
    [InlineData(14 + 20 + 14, true, TcpFlags.Syn, 10)]
    [InlineData(14 + 20 + 20, true, TcpFlags.Syn, 10)]
    [InlineData(14 + 20 + 39, true, TcpFlags.Syn, 10)]
    public void A_tcp_header_cut_by_the_snap_length_gives_what_it_holds(int captured, bool hasTransport, TcpFlags flags,
        int originalPayload)
    {
        var frame = Frames.Ethernet(0x0800, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Syn, Ten, dataOffset: 10)));
        var packet = Frames.Decode(frame.AsSpan(0, captured), frame.Length);
        AssertStopped(packet, DecodeLayer.Tcp, DecodeReason.CutByCapture);
        Assert.True(packet.HasNetwork);
        Assert.Equal(hasTransport, packet.HasTransport);
        Assert.Equal(hasTransport ? 443 : 0, packet.DestinationPort);
        Assert.Equal(flags, packet.TcpFlags);
        AssertPayload(packet, hasTransport ? captured : 0, 0, originalPayload);
    }

    [Theory]
    [InlineData(14 + 20 + 3, false, 0)]
    [InlineData(14 + 20 + 4, true, 10)]
    [InlineData(14 + 20 + 7, true, 10)]
    public void A_udp_header_cut_by_the_snap_length_gives_its_ports(int captured, bool hasTransport,
        int originalPayload)
    {
        var frame = Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Ten)));
        var packet = Frames.Decode(frame.AsSpan(0, captured), frame.Length);
        AssertStopped(packet, DecodeLayer.Udp, DecodeReason.CutByCapture);
        Assert.Equal(hasTransport, packet.HasTransport);
        Assert.Equal(hasTransport ? 53 : 0, packet.DestinationPort);
        Assert.Equal(hasTransport ? originalPayload : packet.OriginalPayloadLength, packet.OriginalPayloadLength);
    }

    [Fact]
    public void An_sctp_header_cut_by_the_snap_length_gives_its_ports()
    {
        var frame = Frames.Ethernet(0x0800, Frames.Ipv4(132, [0, 7, 0, 9, .. Ten]));
        var packet = Frames.Decode(frame.AsSpan(0, 14 + 20 + 11), frame.Length);
        AssertStopped(packet, DecodeLayer.Sctp, DecodeReason.CutByCapture);
        Assert.Equal((true, 7, 9), (packet.HasTransport, packet.SourcePort, packet.DestinationPort));
    }

    [Fact]
    public void An_icmp_header_cut_by_the_snap_length_has_no_type()
    {
        var frame = Frames.Ethernet(0x0800, Frames.Ipv4(1, Frames.Icmp(8, 0, Ten)));
        var packet = Frames.Decode(frame.AsSpan(0, 14 + 20 + 7), frame.Length);
        AssertStopped(packet, DecodeLayer.Icmp, DecodeReason.CutByCapture);
        Assert.False(packet.HasTransport);
    }

    [Theory]
    [InlineData(13, DecodeLayer.Link)]
    [InlineData(17, DecodeLayer.Link)]
    [InlineData(18, DecodeLayer.Ipv4)]
    [InlineData(37, DecodeLayer.Ipv4)]
    public void An_outer_header_cut_by_the_snap_length_ends_decoding(int captured, DecodeLayer layer)
    {
        var frame = Frames.Ethernet(0x8100, Frames.Tag(5, 0x0800, Frames.Ipv4(17, Frames.Udp(Ten))));
        var packet = Frames.Decode(frame.AsSpan(0, captured), frame.Length);
        AssertStopped(packet, layer, DecodeReason.CutByCapture);
        Assert.False(packet.HasNetwork);
        AssertStopped(Frames.Decode(frame.AsSpan(0, captured)), layer, DecodeReason.HeaderLies);
    }

    [Theory]
    [InlineData(14 + 39)]
    [InlineData(14 + 40 + 7)]
    [InlineData(14 + 40 + 15)]
    public void An_IPv6_header_cut_by_the_snap_length_ends_decoding(int captured)
    {
        var frame = Frames.Ethernet(0x86DD, Frames.Ipv6(0, [17, 1, .. new byte[14], .. Frames.Udp(Ten)]));
        var packet = Frames.Decode(frame.AsSpan(0, captured), frame.Length);
        AssertStopped(packet, DecodeLayer.Ipv6, DecodeReason.CutByCapture);
        Assert.False(packet.HasNetwork);
        AssertStopped(Frames.Decode(frame.AsSpan(0, captured)), DecodeLayer.Ipv6, DecodeReason.HeaderLies);
    }

    [Fact]
    public void A_total_length_left_to_offload_means_the_rest_of_the_frame()
    {
        var frame = Frames.Ethernet(0x0800, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Ack, new byte[3000]), totalLength: 0));
        AssertPayload(Frames.Decode(frame), 54, 3000, 3000);
        AssertPayload(Frames.Decode(frame.AsSpan(0, 100), frame.Length), 54, 46, 3000);
    }

    [Fact]
    public void An_IPv6_payload_length_of_zero_means_the_rest_of_the_frame()
    {
        var frame = Frames.Ethernet(0x86DD, Frames.Ipv6(6, Frames.Tcp(TcpFlags.Ack, new byte[3000]), payloadLength: 0));
        AssertPayload(Frames.Decode(frame.AsSpan(0, 100), frame.Length), 74, 26, 3000);
    }

    [Fact]
    public void A_total_length_beyond_the_frame_counts_no_more_than_the_frame()
    {
        var frame = Frames.Ethernet(0x0800, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Ack, Ten), totalLength: 60000));
        var packet = Frames.Decode(frame);
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        AssertPayload(packet, 54, 10, 10);
    }

    [Fact]
    public void An_original_length_below_the_captured_one_does_not_count()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Ack, Ten))),
            originalLength: 20);
        AssertPayload(packet, 54, 10, 10);
    }

    [Theory]
    [InlineData(60000)]
    [InlineData(19)]
    public void A_udp_length_beyond_the_packet_is_a_lie(ushort length)
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Ten, length))));
        AssertStopped(packet, DecodeLayer.Udp, DecodeReason.HeaderLies);
        Assert.True(packet.HasTransport);
        AssertPayload(packet, 42, 10, 10);
    }

    [Fact]
    public void A_udp_length_beyond_the_first_fragment_is_none()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Ten, 3000), fragment: 0x2000)));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        AssertPayload(packet, 42, 10, 10);
    }

    [Fact]
    public void A_udp_length_within_the_packet_ends_the_payload()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Ten, 11))));
        AssertPayload(packet, 42, 3, 3);
    }

    [Fact]
    public void A_udp_length_shorter_than_its_header_leaves_the_ports()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Ten, 7))));
        AssertStopped(packet, DecodeLayer.Udp, DecodeReason.BadLength);
        Assert.Equal((true, 53), (packet.HasTransport, packet.DestinationPort));
        AssertPayload(packet, 52, 0, 0);
    }

    [Fact]
    public void A_data_offset_below_five_leaves_the_ports()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800,
            Frames.Ipv4(6, Frames.Tcp(TcpFlags.Syn, Ten, dataOffset: 4))));
        AssertStopped(packet, DecodeLayer.Tcp, DecodeReason.BadLength);
        Assert.Equal((true, 443, TcpFlags.None), (packet.HasTransport, packet.DestinationPort, packet.TcpFlags));
        AssertPayload(packet, 64, 0, 0);
    }

    [Fact]
    public void A_data_offset_beyond_the_segment_leaves_the_ports()
    {
        var segment = Frames.Tcp(TcpFlags.Syn, Ten);
        segment[12] = 0xF0;
        var frame = Frames.Ethernet(0x0800, Frames.Ipv4(6, segment));
        foreach (var packet in new[] { Frames.Decode(frame), Frames.Decode(frame.AsSpan(0, 60), frame.Length) })
        {
            AssertStopped(packet, DecodeLayer.Tcp, DecodeReason.HeaderLies);
            Assert.Equal((true, 443, TcpFlags.None), (packet.HasTransport, packet.DestinationPort, packet.TcpFlags));
            Assert.Equal((0, 0), (packet.PayloadLength, packet.OriginalPayloadLength));
        }
    }

    [Fact]
    public void A_segment_shorter_than_its_header_is_a_lie()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800,
            Frames.Ipv4(6, Frames.Tcp(TcpFlags.Syn, Ten), totalLength: 20 + 19)));
        AssertStopped(packet, DecodeLayer.Tcp, DecodeReason.HeaderLies);
        Assert.True(packet.HasTransport);
    }

    [Fact]
    public void A_total_length_shorter_than_the_header_is_bad()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800,
            Frames.Ipv4(6, Frames.Tcp(TcpFlags.Syn, Ten), totalLength: 19)));
        AssertStopped(packet, DecodeLayer.Ipv4, DecodeReason.BadLength);
        Assert.False(packet.HasNetwork);
    }
}
