using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Wire.PacketDecoderTests;

namespace PortAudit.Tests.Wire;

public sealed class IcmpQuoteTests
{
    private static readonly byte[] QuotedTcp = Frames.Ipv4(6, Frames.Tcp(TcpFlags.Syn, new byte[500]));

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(12)]
    public void An_error_quotes_the_packet_that_caused_it(ushort type)
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800,
            Frames.Ipv4(1, Frames.Icmp((byte)type, 3, QuotedTcp[..28]))));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.True(packet.HasQuote);
        Assert.Equal(("10.0.0.1", "10.0.0.2", IpProtocol.Tcp),
            (packet.QuotedSource.ToString(), packet.QuotedDestination.ToString(), packet.QuotedProtocol));
        Assert.Equal((49153, 443), (packet.QuotedSourcePort, packet.QuotedDestinationPort));
        Assert.Equal((type, (ushort)3), (packet.SourcePort, packet.DestinationPort));
        AssertPayload(packet, 42, 28, 28);
    }

    [Fact]
    public void An_error_of_IPv6_quotes_through_extension_headers()
    {
        var quoted = Frames.Ipv6(60, [17, 0, 1, 4, 0, 0, 0, 0, .. Frames.Udp(new byte[20])]);
        var packet = Frames.Decode(Frames.Ethernet(0x86DD, Frames.Ipv6(58, Frames.Icmp(1, 4, quoted))));
        Assert.True(packet.HasQuote);
        Assert.Equal(("2001:db8::1", IpProtocol.Udp, 49153, 53), (packet.QuotedSource.ToString(), packet.QuotedProtocol,
            packet.QuotedSourcePort, packet.QuotedDestinationPort));
    }

    [Fact]
    public void A_quoted_echo_gives_type_and_code()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800,
            Frames.Ipv4(1, Frames.Icmp(11, 0, Frames.Ipv4(1, Frames.Icmp(8, 2, []))))));
        Assert.True(packet.HasQuote);
        Assert.Equal((IpProtocol.Icmp, 8, 2),
            (packet.QuotedProtocol, packet.QuotedSourcePort, packet.QuotedDestinationPort));
    }

    [Fact]
    public void A_quoted_protocol_without_ports_has_none()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800,
            Frames.Ipv4(1, Frames.Icmp(3, 2, Frames.Ipv4(47, [1, 2, 3, 4])))));
        Assert.Equal((true, new IpProtocol(47), 0, 0),
            (packet.HasQuote, packet.QuotedProtocol, packet.QuotedSourcePort, packet.QuotedDestinationPort));
    }

    [Fact]
    public void Echo_quotes_nothing()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(1, Frames.Icmp(8, 0, QuotedTcp))));
        AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.False(packet.HasQuote);
    }

    [Fact]
    public void The_family_tells_which_types_are_errors()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x86DD,
            Frames.Ipv6(58, Frames.Icmp(11, 0, Frames.Ipv6(6, Frames.Tcp(TcpFlags.Syn, []))))));
        Assert.False(packet.HasQuote);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(23)]
    public void A_quote_without_ports_is_none_and_says_why(int quoted)
    {
        var icmp = Frames.Icmp(3, 1, QuotedTcp[..28]);
        var whole = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(1, icmp[..(8 + quoted)])));
        AssertStopped(whole, DecodeLayer.Icmp, DecodeReason.HeaderLies);
        Assert.Equal((true, false, default), (whole.HasTransport, whole.HasQuote, whole.QuotedSource));

        var frame = Frames.Ethernet(0x0800, Frames.Ipv4(1, icmp));
        var cut = Frames.Decode(frame.AsSpan(0, 42 + quoted), frame.Length);
        AssertStopped(cut, DecodeLayer.Icmp, DecodeReason.CutByCapture);
        Assert.Equal((true, 3, false), (cut.HasTransport, cut.SourcePort, cut.HasQuote));
    }

    [Fact]
    public void A_quoted_later_fragment_names_no_conversation()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800,
            Frames.Ipv4(1, Frames.Icmp(3, 1, Frames.Ipv4(17, new byte[8], fragment: 9)))));
        AssertStopped(packet, DecodeLayer.Icmp, DecodeReason.LaterFragment);
        Assert.False(packet.HasQuote);
    }

    [Fact]
    public void A_quote_that_is_no_packet_is_none()
    {
        var packet = Frames.Decode(Frames.Ethernet(0x0800, Frames.Ipv4(1, Frames.Icmp(3, 1, new byte[28]))));
        AssertStopped(packet, DecodeLayer.Icmp, DecodeReason.BadVersion);
    }
}
