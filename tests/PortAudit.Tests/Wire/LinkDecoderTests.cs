using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class LinkDecoderTests
{
    private const string Addresses = "020000000001 020000000002";

    private static readonly byte[] Packet = Frames.Ipv4(17, Frames.Udp([]));

    public static TheoryData<string> Names => [.. LinkFrames.All.Select(frame => frame.Name).Distinct()];

    [Fact]
    public void Every_link_type_that_is_read_has_a_name() =>
        Assert.DoesNotContain(Enumerable.Range(0, ushort.MaxValue).Select(value => new LinkType((ushort)value)),
            type => LinkDecoder.Reads(type) && type.Name is null);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_datagram_is_read_behind_every_link_header(string name)
    {
        foreach (var (_, linkType, bytes, linkLength) in LinkFrames.All.Where(frame => frame.Name == name))
        {
            Assert.True(PacketDecoder.Reads(new LinkType(linkType)));
            var packet = Frames.Decode(bytes, null, linkType);
            PacketDecoderTests.AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
            Assert.Equal((49153, 53), (packet.SourcePort, packet.DestinationPort));
            PacketDecoderTests.AssertPayload(packet,
                linkLength + (packet.Source.ToString().Contains(':', StringComparison.Ordinal) ? 40 : 20) + 8, 4, 4);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frame_that_is_cut_in_its_link_headers_says_so(string name)
    {
        foreach (var (_, linkType, bytes, linkLength) in LinkFrames.All.Where(frame => frame.Name == name))
        {
            for (var length = 0; length < linkLength; length++)
            {
                PacketDecoderTests.AssertStopped(Frames.Decode(bytes.AsSpan(0, length), bytes.Length, linkType),
                    DecodeLayer.Link, DecodeReason.CutByCapture);
                var lying = Frames.Decode(bytes.AsSpan(0, length), length, linkType);
                PacketDecoderTests.AssertStopped(lying, DecodeLayer.Link, DecodeReason.HeaderLies);
            }
        }
    }

    [Theory]
    [InlineData(113, "0000 0001 0006 0200000000010000 8100 0064 0800", "100")]
    [InlineData(276, "88A8 0000 00000002 0001 00 06 0200000000010000 0064 8100 0065 0800", "100.101")]
    [InlineData(1, Addresses + "8100 0064 8847 0001D140", "100")]
    [InlineData(1, Addresses + "8864 11000064 001E 0021", "")]
    public void Tags_are_kept_behind_any_header(ushort linkType, string link, string vlan)
    {
        var packet = Frames.Decode([.. Hex.Bytes(link), .. Packet], null, linkType);
        PacketDecoderTests.AssertStopped(packet, DecodeLayer.Payload, DecodeReason.Done);
        Assert.Equal(vlan, packet.Vlan.ToString());
    }

    [Theory]
    [InlineData(113, "0000 0001 0006 0200000000010000 0806")]
    [InlineData(113, "0004 0338 0000 0000000000000000 0800")]
    [InlineData(276, "0003 0000 00000002 0001 00 06 0200000000010000")]
    [InlineData(0, "07000000")]
    [InlineData(105, "8000 0000")]
    [InlineData(105, "D400 0000")]
    [InlineData(105, "4801 0000 020000000001 020000000002 020000000003 1000")]
    [InlineData(105, "C801 0000 020000000001 020000000002 020000000003 1000 0000")]
    [InlineData(192, "00 00 0800 C0000000")]
    [InlineData(192, "00 00 0800 00000100")]
    [InlineData(107, "1841 03 81")]
    [InlineData(10, "41 020000000001 020000000002")]
    [InlineData(6, "1000 020000000001 020000000002")]
    [InlineData(117, "3D 07 00 00 656D3000000000000000000000000000 "
        + "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(108, "02000000")]
    [InlineData(9, "FF03 C021")]
    [InlineData(50, "8F00 8035")]
    [InlineData(51, "1109 0000 001E 0021")]
    [InlineData(1, Addresses + "8863 1109 0000 001C")]
    [InlineData(1, Addresses + "8864 1107 0000 001E 0021")]
    [InlineData(1, Addresses + "8864 11000064 001E 8021")]
    [InlineData(1, Addresses + "0026 424203")]
    [InlineData(1, Addresses + "0026 060600")]
    [InlineData(1, Addresses + "0026 AAAA03 00000C 2000")]
    [InlineData(1, Addresses + "05DD 060603")]
    [InlineData(1, Addresses + "FFFF")]
    [InlineData(1, Addresses + "8847 0001D140 00000000")]
    [InlineData(1, Addresses + "8847 0001D140 02000000")]
    public void What_does_not_lead_to_IP_is_not_decoded(ushort linkType, string link)
    {
        var packet = Frames.Decode([.. Hex.Bytes(link), .. Packet], null, linkType);
        PacketDecoderTests.AssertStopped(packet, DecodeLayer.Link, DecodeReason.NotDecoded);
        Assert.False(packet.HasNetwork);
    }

    [Theory]
    [InlineData(101, "00", DecodeLayer.Link)]
    [InlineData(12, "50", DecodeLayer.Link)]
    [InlineData(51, "21 00 0001 0000", DecodeLayer.Link)]
    [InlineData(228, "60", DecodeLayer.Ipv4)]
    [InlineData(229, "45", DecodeLayer.Ipv6)]
    [InlineData(9, "0021 60", DecodeLayer.Ipv4)]
    public void Another_version_is_refused(ushort linkType, string hex, DecodeLayer layer) =>
        PacketDecoderTests.AssertStopped(Frames.Decode(Hex.Bytes(hex), null, linkType), layer, DecodeReason.BadVersion);

    [Fact]
    public void Padding_behind_a_length_is_not_of_the_frame()
    {
        // The IPv4 total length is left to offload: only the 802.3 length and that of PPPoE bound the datagram.
        var packet = Frames.Ipv4(50, "payload"u8.ToArray(), totalLength: 0);
        byte[][] frames =
        [
            [.. Hex.Bytes(Addresses + "0023 AAAA03 000000 0800"), .. packet, 0, 0, 0],
            [.. Hex.Bytes(Addresses + "8864 11000064 001D 0021"), .. packet, 0, 0, 0],
        ];
        foreach (var frame in frames)
        {
            var decoded = Frames.Decode(frame);
            Assert.Equal((7, 7), (decoded.PayloadLength, decoded.OriginalPayloadLength));
        }
    }

    [Theory]
    [InlineData(PacketDecoder.MaximumNesting, DecodeLayer.Payload, DecodeReason.Done)]
    [InlineData(PacketDecoder.MaximumNesting + 1, DecodeLayer.Link, DecodeReason.TooDeep)]
    public void Labels_have_a_limit(int labels, DecodeLayer layer, DecodeReason reason)
    {
        byte[] stack = [.. Enumerable.Repeat(Hex.Bytes("0001D040"), labels - 1).SelectMany(label => label),
            .. Hex.Bytes("0001D140")];
        PacketDecoderTests.AssertStopped(Frames.Decode(Frames.Ethernet(0x8847, stack, Packet)), layer, reason);
    }

    // The first bytes of these frames are addresses, which look like a version of IP (RFC 4928 §3; RFC 8469 §1).
    [Theory]
    [InlineData("6805CA112233 F01FAF010203 0800", "", true)]
    [InlineData("60672000102D 060000010203 0800", "", true)]
    [InlineData("460000442233 005056010203 0800", "", true)]
    [InlineData("484D7E112233 005056010203 8100 0064 0800", "100", true)]
    [InlineData("005056010203 6805CA112233 0800", "", true)]
    [InlineData("005056010203 6805CA112233 86DD", "", false)]
    [InlineData("6805CA112233 F01FAF010203 0806", "", false)]
    public void A_frame_behind_labels_is_told_by_what_it_holds(string link, string vlan, bool isRead)
    {
        var packet = Frames.Decode(Frames.Ethernet(0x8847, Hex.Bytes("00064040 000C8140"), Hex.Bytes(link), Packet));

        PacketDecoderTests.AssertStopped(packet, isRead ? DecodeLayer.Payload : DecodeLayer.Link,
            isRead ? DecodeReason.Done : DecodeReason.NotDecoded);
        Assert.Equal((isRead, isRead ? vlan : ""), (packet.HasTransport, packet.Vlan.ToString()));
    }

    // With a control word (RFC 4385 §3) and addresses that look like one, like IP, or like neither.
    [Theory]
    [InlineData("0000 0000 6805CA112233 F01FAF010203 0800", "", true)]
    [InlineData("0000 1234 005056010203 6805CA112233 0800", "", true)]
    [InlineData("0000 0001 00005E000101 460000442233 8100 0064 0800", "100", true)]
    [InlineData("00005E000101 005056010203 0800", "", true)]
    [InlineData("0000 0000 6805CA112233 F01FAF010203 0806", "", false)]
    [InlineData("0000 0000 6805CA112233 F01FAF010203 86DD", "", false)]
    [InlineData("1000 0021 6805CA112233 F01FAF010203 0800", "", false)]
    [InlineData("0001 0000 6805CA112233 F01FAF010203 0800", "", false)]
    public void A_frame_behind_a_control_word_is_told_by_what_it_holds(string link, string vlan, bool isRead)
    {
        var frame = Frames.Ethernet(0x8847, Hex.Bytes("00064040 000C8140"), Hex.Bytes(link), Packet);
        var packet = Frames.Decode(frame);

        PacketDecoderTests.AssertStopped(packet, isRead ? DecodeLayer.Payload : DecodeLayer.Link,
            isRead ? DecodeReason.Done : DecodeReason.NotDecoded);
        Assert.Equal((isRead, isRead ? vlan : ""), (packet.HasTransport, packet.Vlan.ToString()));
        for (var length = 0; length < frame.Length; length++)
            _ = Frames.Decode(frame.AsSpan(0, length), frame.Length);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(28, 3)]
    public void Behind_a_packet_behind_labels_may_be_padding(int padding, int data)
    {
        foreach (var packet in (byte[][])[Frames.Ipv4(17, Frames.Udp(new byte[data])),
            Frames.Ipv6(17, Frames.Udp(new byte[data]))])
            Assert.True(Frames.Decode(Frames.Ethernet(0x8847, Hex.Bytes("00064040 000C8140"), packet,
                new byte[padding])).HasTransport);
    }

    [Fact]
    public void A_packet_behind_labels_may_be_cut()
    {
        var frame = Frames.Ethernet(0x8847, Hex.Bytes("00064040 000C8140"), Frames.Ipv4(17, Frames.Udp(new byte[100])));
        Assert.True(Frames.Decode(frame.AsSpan(0, 60), frame.Length).HasTransport);
    }

    [Theory]
    [InlineData(147)]
    [InlineData(195)]
    [InlineData(65535)]
    public void Other_link_types_are_not_read(ushort linkType) =>
        Assert.False(PacketDecoder.Reads(new LinkType(linkType)));
}
