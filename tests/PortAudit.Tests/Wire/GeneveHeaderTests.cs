using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class GeneveHeaderTests
{
    private const ushort Port = 6081;
    private static readonly string[] Fields =
        ["geneve.flags.oam", "geneve.proto_type", "geneve.vni", "ip.id" + TunnelOracle.Second];

    /// <summary>Headers, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "0000 6558 00000A 00", "0|25944|10|48879" },
        { "0080 6558 FFFFFF 00", "1|25944|16777215|48879" },
        { "0140 6558 000001 00 01018000", "0|25944|1|48879" },
        { "0500 6558 000001 00 01020101 AABBCCDD 01030002 0102030405060708", "0|25944|1|48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(GeneveHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ethernet), out var header, out _));
        Assert.Equal(expected, Row(header));
        Assert.Equal(Hex.Bytes(hex).Length, header.HeaderLength);
        Assert.Equal(Hex.Bytes(TunnelOracle.Ethernet), header.Payload);
        ViewContract.Holds(hex + TunnelOracle.Ethernet, header.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() =>
        TunnelOracle.AgreesOverUdp(Port, Vectors, TunnelOracle.Ethernet, Fields);

    [Theory]
    [InlineData("00C0 0800 000000 00", false)]
    [InlineData("0001 0800 000000 00", true)]
    [InlineData("0020 0800 000000 00", true)]
    [InlineData("0000 0800 000000 01", true)]
    public void Bits_that_nobody_defines_are_a_doubt(string hex, bool expected)
    {
        Assert.True(GeneveHeader.TryParse(Hex.Bytes(hex), out var header, out _));
        Assert.Equal(expected, header.HasReservedBits);
    }

    [Theory]
    [InlineData("0100 6558 000001 00 01020001")]
    [InlineData("0200 6558 000001 00 01020000 0102001F")]
    public void An_option_longer_than_the_header_is_refused(string hex) =>
        Assert.Equal(ParseError.BadLength, Read(Hex.Bytes(hex)));

    [Fact]
    public void As_many_options_as_fit_are_read()
    {
        var bytes = new byte[260];
        bytes[0] = 0x3F;
        Assert.True(GeneveHeader.TryParse(bytes, out var header, out _));
        Assert.Equal(260, header.HeaderLength);
        Assert.True(header.Payload.IsEmpty);
    }

    [Theory]
    [InlineData("4000 6558 000001 00")]
    [InlineData("C0")]
    public void Another_version_is_refused(string hex) => Assert.Equal(ParseError.BadVersion, Read(Hex.Bytes(hex)));

    private static string Row(GeneveHeader header) =>
        TunnelOracle.Row(header.IsControl, header.ProtocolType, header.Vni,
            TunnelOracle.Identification(header.Payload, EthernetFrame.HeaderLength));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (GeneveHeader.TryParse(bytes, out var view, out var error))
            _ = (view.IsControl ? 1 : 0) + (view.HasReservedBits ? 1 : 0) + view.ProtocolType + view.Vni
                + view.HeaderLength + view.Payload.Length;
        return error;
    }
}
