using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class PimRegisterHeaderTests
{
    private const byte Protocol = 103;
    private static readonly string[] Fields = ["pim.register_flag.null_register", "ip.id" + TunnelOracle.Second];

    /// <summary>Registers before an IPv4 packet, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "21 00 DEFF 00000000", "0|48879" },
        { "21 00 5EFF 80000000", "0|48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(PimRegisterHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ip), out var header, out _));
        Assert.Equal(expected, TunnelOracle.Row(header.IsNull, TunnelOracle.Identification(header.Payload)));
        ViewContract.Holds(hex + TunnelOracle.Ip, PimRegisterHeader.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() =>
        TunnelOracle.AgreesOverIp(Protocol, Vectors, TunnelOracle.Ip, Fields);

    [Theory]
    [InlineData("21 00 9EFF 40000000", true)]
    [InlineData("21 00 DEFF 00000000", false)]
    public void A_register_without_a_packet_says_so(string hex, bool expected)
    {
        Assert.True(PimRegisterHeader.TryParse(Hex.Bytes(hex), out var header, out _));
        Assert.Equal(expected, header.IsNull);
    }

    [Theory]
    [InlineData("20")]
    [InlineData("11")]
    public void Another_message_is_refused(string hex) => Assert.Equal(ParseError.BadValue, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PimRegisterHeader.TryParse(bytes, out var view, out var error))
            _ = (view.IsNull ? 1 : 0) + view.Payload.Length;
        return error;
    }
}
