using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class LispHeaderTests
{
    private const ushort Port = 4341;
    private static readonly string[] Fields = ["lisp-data.flags.iid", "lisp-data.iid", "ip.id" + TunnelOracle.Second];

    /// <summary>Headers before an IPv4 packet, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "C0123456 00000001", "0||48879" },
        { "88123456 0000FF01", "1|255|48879" },
        { "08000000 FFFFFF00", "1|16777215|48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(LispHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ip), out var header, out _));
        Assert.Equal(expected, TunnelOracle.Row(header.HasInstance, header.HasInstance ? header.Instance : "",
            TunnelOracle.Identification(header.Payload)));
        ViewContract.Holds(hex + TunnelOracle.Ip, LispHeader.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() => TunnelOracle.AgreesOverUdp(Port, Vectors, TunnelOracle.Ip, Fields);

    [Fact]
    public void The_reserved_bit_is_refused() => Assert.Equal(ParseError.BadValue, Read(Hex.Bytes("04")));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (LispHeader.TryParse(bytes, out var view, out var error))
            _ = (view.HasInstance ? 1 : 0) + view.Instance + view.Payload.Length;
        return error;
    }
}
