using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class EspHeaderTests
{
    private const byte IpProtocolNumber = 50;
    private const string Encrypted = "0741BE7F8ADE40C02BD81AEE0F506F2C";
    private static readonly string[] Fields = ["esp.spi", "esp.sequence"];

    /// <summary>Headers, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "48DAC2E4 00000001", "1222296292|1" },
        { "00000100 FFFFFFFF", "256|4294967295" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(EspHeader.TryParse(Hex.Bytes(hex + Encrypted), out var header, out _));
        Assert.Equal(expected, Row(header));
        Assert.Equal(Hex.Bytes(Encrypted), header.Payload);
        ViewContract.Holds(hex + Encrypted, EspHeader.HeaderLength, Read);
    }

    [TsharkFact]
    public void Tshark_reads_the_vectors_alike() => TunnelOracle.AgreesOverIp(IpProtocolNumber, Vectors, Encrypted, Fields);

    [TsharkCorpusFact]
    public void Tshark_reads_a_capture_alike()
    {
        foreach (var (bytes, expected) in TunnelOracle.ReadCorpus("arkime_arkime__ah-esp.pcap", "ah", Fields))
        {
            Assert.True(AuthenticationHeader.TryParse(bytes, out var outer, out _));
            Assert.Equal(IpProtocolNumber, outer.NextHeader);
            Assert.True(EspHeader.TryParse(outer.Payload, out var header, out _));
            Assert.Equal(expected, Row(header));
        }
    }

    [TsharkCorpusFact]
    public void Tshark_reads_packets_in_UDP_alike()
    {
        foreach (var (bytes, expected) in TunnelOracle.ReadCorpus("ntop_nDPI__ipsec_isakmp_esp.pcap", "udpencap && esp", Fields))
        {
            Assert.True(EspHeader.TryParse(bytes, out var header, out _));
            Assert.Equal(expected, Row(header));
        }
    }

    [Fact]
    public void Index_0_is_refused() => Assert.Equal(ParseError.BadValue, Read(Hex.Bytes("00000000 4FC12C1A 00000000")));

    private static string Row(EspHeader header) => TunnelOracle.Row(header.Spi, header.SequenceNumber);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (EspHeader.TryParse(bytes, out var view, out var error))
            _ = view.Spi + view.SequenceNumber + view.Payload.Length;
        return error;
    }
}
