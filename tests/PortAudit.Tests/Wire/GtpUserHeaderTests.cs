using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class GtpUserHeaderTests
{
    private const ushort Port = 2152;
    private static readonly string[] Fields = ["gtp.message", "gtp.length", "gtp.teid", "ip.id" + TunnelOracle.Second];

    /// <summary>Headers of G-PDUs before an IPv4 packet of 20 bytes, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "30 FF 0014 00000001", "255|20|1|48879" },
        { "32 FF 0018 FFFFFFFF 002A 00 00", "255|24|4294967295|48879" },
        { "31 FF 0018 12345678 0000 07 00", "255|24|305419896|48879" },
        { "34 FF 001C 00000002 0000 00 85 01 0009 00", "255|28|2|48879" },
        { "37 FF 0024 00000002 0001 02 C0 01 0009 85 02 000900000000 00", "255|36|2|48879" },
        // The next extension header's type counts only with the E flag.
        { "32 FF 0018 00000003 002A 00 85", "255|24|3|48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(GtpUserHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ip + "0000"), out var header, out _));
        Assert.Equal(expected, TunnelOracle.Row(
            header.MessageType,
            header.HeaderLength - GtpUserHeader.MinimumLength + header.AnnouncedPayloadLength,
            header.Teid,
            TunnelOracle.Identification(header.Payload)));
        Assert.Equal(Hex.Bytes(hex).Length, header.HeaderLength);
        Assert.Equal(Hex.Bytes(TunnelOracle.Ip), header.Payload);
        Assert.False(header.HasReservedBits);
        ViewContract.Holds(hex + TunnelOracle.Ip, header.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() => TunnelOracle.AgreesOverUdp(Port, Vectors, TunnelOracle.Ip, Fields);

    [Fact]
    public void A_payload_cut_by_the_capture_still_announces_its_length()
    {
        Assert.True(GtpUserHeader.TryParse(Hex.Bytes("30 FF 0014 00000001 4500"), out var header, out _));
        Assert.Equal((20, 2), (header.AnnouncedPayloadLength, header.Payload.Length));
    }

    [Fact]
    public void The_spare_bit_is_a_doubt()
    {
        Assert.True(GtpUserHeader.TryParse(Hex.Bytes("38 FF 0000 00000001"), out var header, out _));
        Assert.True(header.HasReservedBits);
    }

    [Theory]
    [InlineData(GtpUserHeader.MaximumExtensionHeaders, ParseError.None)]
    [InlineData(GtpUserHeader.MaximumExtensionHeaders + 1, ParseError.BadValue)]
    public void Extension_headers_are_followed_to_a_bound(int count, ParseError expected)
    {
        var extensions = Enumerable.Range(1, count)
            .SelectMany(number => new byte[] { 1, 0, 0, (byte)(number == count ? 0 : 0x85) });
        Assert.Equal(expected, Read([.. Hex.Bytes("34 FF 0100 00000001 0000 00 85"), .. extensions]));
    }

    [Theory]
    [InlineData("10 FF 0000 00000000", ParseError.BadVersion)]
    [InlineData("50 FF 0000 00000000", ParseError.BadVersion)]
    [InlineData("20 FF 0000 00000000", ParseError.BadVersion)]
    [InlineData("70 FF 0000 00000000", ParseError.BadVersion)]
    [InlineData("B0 FF 0000 00000000", ParseError.BadVersion)]
    [InlineData("45", ParseError.BadVersion)]
    [InlineData("32 FF 0003 00000000 0000 00 00", ParseError.BadLength)]
    [InlineData("34 FF 0008 00000000 0000 00 85 00 0000 00", ParseError.BadLength)]
    [InlineData("34 FF 0008 00000000 0000 00 85 02 0000 00 00000000", ParseError.BadLength)]
    public void What_the_specification_fixes_is_demanded(string hex, ParseError expected) =>
        Assert.Equal(expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (GtpUserHeader.TryParse(bytes, out var view, out var error))
            _ = (view.HasReservedBits ? 1 : 0) + view.MessageType + view.Teid + view.HeaderLength
                + view.AnnouncedPayloadLength + view.Payload.Length;
        return error;
    }
}
