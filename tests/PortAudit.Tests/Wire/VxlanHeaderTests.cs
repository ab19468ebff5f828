using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class VxlanHeaderTests
{
    private const ushort Port = 4789;
    private static readonly string[] Fields = ["vxlan.vni", "ip.id" + TunnelOracle.Second];

    /// <summary>Headers, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "08000000 00045700", "1111|48879" },
        { "08000000 FFFFFF00", "16777215|48879" },
        { "8848FFFF 00000100", "1|48879" },
        { "0C000003 00000000", "0|48879" },
        { "FFFFFFFF FFFFFFFF", "16777215|48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(VxlanHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ethernet), out var header, out _));
        Assert.Equal(expected, Row(header));
        Assert.Equal(Hex.Bytes(TunnelOracle.Ethernet), header.Payload);
        ViewContract.Holds(hex + TunnelOracle.Ethernet, VxlanHeader.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() =>
        TunnelOracle.AgreesOverUdp(Port, Vectors, TunnelOracle.Ethernet, Fields);

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Tshark_reads_a_capture_alike()
    {
        foreach (var (bytes, expected) in TunnelOracle.ReadCorpus("ntop_nDPI__vxlan.pcap", "vxlan", Fields))
        {
            Assert.True(VxlanHeader.TryParse(bytes, out var header, out _));
            Assert.Equal(expected, Row(header));
            Assert.False(header.HasReservedBits);
        }
    }

    [Theory]
    [InlineData("08000000 00045700", false)]
    [InlineData("8848FFFF 00000100", false)]
    [InlineData("08000001 00000100", true)]
    [InlineData("08400000 00000100", true)]
    [InlineData("88800000 00000100", true)]
    [InlineData("0C000003 00000000", true)]
    [InlineData("08000000 00000001", true)]
    public void Bits_that_nobody_defines_are_a_doubt(string hex, bool expected)
    {
        Assert.True(VxlanHeader.TryParse(Hex.Bytes(hex), out var header, out _));
        Assert.Equal(expected, header.HasReservedBits);
    }

    [Theory]
    [InlineData("00000000 00045700")]
    [InlineData("F7FFFFFF FFFFFFFF")]
    [InlineData("45")]
    public void A_header_without_an_identifier_is_refused(string hex) =>
        Assert.Equal(ParseError.BadValue, Read(Hex.Bytes(hex)));

    private static string Row(VxlanHeader header) =>
        TunnelOracle.Row(header.Vni, TunnelOracle.Identification(header.Payload, EthernetFrame.HeaderLength));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (VxlanHeader.TryParse(bytes, out var view, out var error))
            _ = (view.HasReservedBits ? 1 : 0) + view.Vni + view.Payload.Length;
        return error;
    }
}
