using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class PptpGreHeaderTests
{
    private const byte IpProtocolNumber = 47;
    private static readonly string[] Fields = ["gre.flags.sequence_number", "gre.flags.ack", "gre.key.payload_length",
        "gre.key.call_id", "gre.sequence_number", "gre.ack_number", "ip.id" + TunnelOracle.Second];

    /// <summary>Headers before a PPP frame of 24 bytes, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "3001 880B 0018 4000 00000001", "1|0|24|16384|1||48879" },
        { "3081 880B 0018 FFFF 80000000 FFFFFFFF", "1|1|24|65535|2147483648|4294967295|48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(PptpGreHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ppp + "0000"), out var header, out _));
        Assert.Equal(expected, Row(header));
        Assert.Equal(Hex.Bytes(hex).Length, header.HeaderLength);
        Assert.Equal(Hex.Bytes(TunnelOracle.Ppp), header.Payload);
        ViewContract.Holds(hex + TunnelOracle.Ppp, header.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() =>
        TunnelOracle.AgreesOverIp(IpProtocolNumber, Vectors, TunnelOracle.Ppp, Fields);

    [Fact]
    public void An_acknowledgment_alone_has_no_payload()
    {
        const string Vector = "2081 880B 0000 4000 00000005";
        Assert.True(PptpGreHeader.TryParse(Hex.Bytes(Vector + "00000000"), out var header, out _));
        Assert.Equal((false, true, 5u), (header.HasSequence, header.HasAcknowledgment, header.AcknowledgmentNumber));
        Assert.True(header.Payload.IsEmpty);
        ViewContract.Holds(Vector, 12, Read);
    }

    [Fact]
    public void A_payload_cut_by_the_capture_still_announces_its_length()
    {
        Assert.True(PptpGreHeader.TryParse(Hex.Bytes("3001 880B 0018 4000 00000001 FF03"), out var header, out _));
        Assert.Equal((24, 2), (header.AnnouncedPayloadLength, header.Payload.Length));
    }

    [Theory]
    [InlineData("B001 880B 0000 4000", ParseError.BadValue)]
    [InlineData("7001 880B 0000 4000", ParseError.BadValue)]
    [InlineData("1001 880B 0000 4000", ParseError.BadValue)]
    [InlineData("3801 880B 0000 4000", ParseError.BadValue)]
    [InlineData("3101 880B 0000 4000", ParseError.BadValue)]
    [InlineData("3009 880B 0000 4000", ParseError.BadValue)]
    [InlineData("3001 0800 0000 4000", ParseError.BadValue)]
    [InlineData("3000 880B 0000 4000", ParseError.BadVersion)]
    [InlineData("3002", ParseError.BadVersion)]
    public void What_the_specification_fixes_is_demanded(string hex, ParseError expected) =>
        Assert.Equal(expected, Read(Hex.Bytes(hex)));

    private static string Row(PptpGreHeader header) => TunnelOracle.Row(
        header.HasSequence,
        header.HasAcknowledgment,
        header.AnnouncedPayloadLength,
        header.CallId,
        header.HasSequence ? header.SequenceNumber : "",
        header.HasAcknowledgment ? header.AcknowledgmentNumber : "",
        TunnelOracle.Identification(header.Payload, 4));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PptpGreHeader.TryParse(bytes, out var view, out var error))
            _ = view.AnnouncedPayloadLength + view.CallId + view.SequenceNumber + view.AcknowledgmentNumber
                + view.HeaderLength + view.Payload.Length;
        return error;
    }
}
