using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class WirelessDecoderTests
{
    private const string Addresses = "0000 020000000001 020000000002 020000000003";
    private const string Snap = "AAAA03 000000 0800";

    // Total length left to offload, so that only the link says where the datagram ends.
    private static readonly byte[] Open = Frames.Ipv4(50, "payload"u8.ToArray(), totalLength: 0);
    private static readonly byte[] Packet = Frames.Ipv4(17, Frames.Udp("text"u8.ToArray()));

    [Theory]
    [InlineData(127, "0000 0900 02000000 10")]
    [InlineData(127, "0000 1900 030000A0 00000000 00000000 0000000000000000 10")]
    [InlineData(192, "00 00 2000 69000000 0200 1400 0000000000000000 0100 00000000000000000000")]
    [InlineData(192, "00 01 2800 69000000 FF7F 0300 00000000 0200 1400 0000000000000000 0100 00000000000000000000")]
    public void A_frame_check_sequence_is_not_payload(ushort linkType, string header)
    {
        byte[] frame = [.. Hex.Bytes(header + "0801" + Addresses + "1000" + Snap), .. Open, 1, 2, 3, 4];
        var packet = Frames.Decode(frame, null, linkType);
        Assert.Equal((7, 7), (packet.PayloadLength, packet.OriginalPayloadLength));

        var cut = Frames.Decode(frame.AsSpan(0, frame.Length - 5), frame.Length, linkType);
        Assert.Equal((6, 7), (cut.PayloadLength, cut.OriginalPayloadLength));
    }

    [Theory]
    [InlineData(127, "0000 0900 02000000 50")]
    [InlineData(192, "00 00 2000 69000000 0200 1400 0000000000000000 0500 00000000000000000000")]
    public void A_frame_that_arrived_damaged_is_not_read(ushort linkType, string header)
    {
        byte[] frame = [.. Hex.Bytes(header + "0801" + Addresses + "1000" + Snap), .. Packet, 1, 2, 3, 4];
        PacketDecoderTests.AssertStopped(Frames.Decode(frame, null, linkType), DecodeLayer.Link,
            DecodeReason.BadChecksum);
    }

    [Theory]
    [InlineData(105, "0841" + Addresses + "1000 00000020 00000000", DecodeReason.Encrypted)]
    [InlineData(105, "8841" + Addresses + "1000 0000 00000020 00000000", DecodeReason.Encrypted)]
    [InlineData(105, "0801" + Addresses + "1100", DecodeReason.LaterFragment)]
    [InlineData(105, "0901", DecodeReason.BadVersion)]
    [InlineData(1, "020000000001 020000000002 88E5 2C00 00000001 0200000000020001", DecodeReason.Encrypted)]
    public void What_can_not_be_read_says_why(ushort linkType, string link, DecodeReason reason)
    {
        byte[] frame = [.. Hex.Bytes(link), .. Packet];
        PacketDecoderTests.AssertStopped(Frames.Decode(frame, null, linkType), DecodeLayer.Link, reason);
    }

    [Fact]
    public void The_first_packet_of_an_aggregate_is_read_and_the_rest_told()
    {
        byte[] subframe = [.. Hex.Bytes("020000000001 020000000002 0023" + Snap), .. Open];
        byte[] one = [.. Hex.Bytes("8801" + Addresses + "1000 8000"), .. subframe];
        byte[] two = [.. one, 0, 0, 0, .. subframe];
        byte[] checkedFrame = [.. one, 1, 2, 3, 4];

        Assert.False(Decode(one).HasMorePackets);
        Assert.True(Decode(two).HasMorePackets);
        Assert.False(Decode(checkedFrame).HasMorePackets);
    }

    private static DecodedPacket Decode(byte[] frame)
    {
        var packet = Frames.Decode(frame, null, 105);
        Assert.Equal((7, 7), (packet.PayloadLength, packet.OriginalPayloadLength));
        return packet;
    }
}
