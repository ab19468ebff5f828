using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class AuthenticationHeaderTests
{
    private const byte IpProtocolNumber = 51;
    private static readonly string[] Fields = ["ah.next_header", "ah.spi", "ah.sequence"];

    /// <summary>Headers before an IPv4 packet, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "04 01 0000 00000001 FFFFFFFF", "4|1|4294967295|48879" },
        { "04 04 0000 8179B705 00000001 27CFC0A5E43D69B3728EC5B0", "4|2172237573|1|48879" },
        { "04 07 0000 00000100 00000020 000102030405060708090A0B0C0D0E0F1011121314151617", "4|256|32|48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(AuthenticationHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ip), out var header, out _));
        Assert.Equal(expected, TunnelOracle.Row(Row(header), TunnelOracle.Identification(header.Payload)));
        Assert.Equal(Hex.Bytes(hex).Length, header.HeaderLength);
        Assert.Equal(Hex.Bytes(TunnelOracle.Ip), header.Payload);
        ViewContract.Holds(hex + TunnelOracle.Ip, header.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() =>
        TunnelOracle.AgreesOverIp(IpProtocolNumber, Vectors, TunnelOracle.Ip,
            [.. Fields, "ip.id" + TunnelOracle.Second]);

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Tshark_reads_a_capture_alike()
    {
        foreach (var (bytes, expected) in TunnelOracle.ReadCorpus("arkime_arkime__ah-esp.pcap", "ah", Fields))
        {
            Assert.True(AuthenticationHeader.TryParse(bytes, out var header, out _));
            Assert.Equal(expected, Row(header));
        }
    }

    [Theory]
    [InlineData("04 00 0000 00000100 00000001", ParseError.BadLength)]
    [InlineData("04 01 0000 00000000 00000001", ParseError.BadValue)]
    public void What_the_specification_forbids_is_refused(string hex, ParseError expected) =>
        Assert.Equal(expected, Read(Hex.Bytes(hex)));

    private static string Row(AuthenticationHeader header) =>
        TunnelOracle.Row(header.NextHeader, header.Spi, header.SequenceNumber);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (AuthenticationHeader.TryParse(bytes, out var view, out var error))
            _ = view.NextHeader + view.HeaderLength + view.Spi + view.SequenceNumber + view.Payload.Length;
        return error;
    }
}
