using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class EtherIpHeaderTests
{
    private const byte IpProtocolNumber = 97;

    /// <summary>The header, and what tshark reads in it and behind it.</summary>
    public static TheoryData<string, string> Vectors => new() { { "3000", "3|48879" }, { "4000", "4|48879" },
        { "4001", "4|48879" } };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(EtherIpHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ethernet), out var header, out _));
        Assert.Equal(expected, TunnelOracle.Row(hex[0] - '0',
            TunnelOracle.Identification(header.Payload, EthernetFrame.HeaderLength)));
        Assert.Equal(Hex.Bytes(TunnelOracle.Ethernet), header.Payload);
        ViewContract.Holds(hex + TunnelOracle.Ethernet, EtherIpHeader.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() =>
        TunnelOracle.AgreesOverIp(IpProtocolNumber, Vectors, TunnelOracle.Ethernet, "etherip.ver",
            "ip.id" + TunnelOracle.Second);

    [Theory]
    [InlineData("2000", ParseError.BadVersion)]
    [InlineData("03", ParseError.BadVersion)]
    [InlineData("5000", ParseError.BadVersion)]
    [InlineData("3100", ParseError.BadValue)]
    [InlineData("4100", ParseError.BadValue)]
    [InlineData("3001", ParseError.BadValue)]
    public void What_the_specification_fixes_is_demanded(string hex, ParseError expected) =>
        Assert.Equal(expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (EtherIpHeader.TryParse(bytes, out var view, out var error))
            _ = view.Payload.Length;
        return error;
    }
}
