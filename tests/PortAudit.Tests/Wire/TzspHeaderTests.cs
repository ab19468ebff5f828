using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class TzspHeaderTests
{
    private const ushort Port = 37008;
    private static readonly string[] Fields = ["tzsp.encap", "ip.id" + TunnelOracle.Second];

    /// <summary>Headers before an Ethernet frame, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "01 00 0001 01", "1|48879" },
        { "01 01 0001 01", "1|48879" },
        { "01 00 0001 00 00 0A 01 C8 0B 02 0102 01", "1|48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(TzspHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ethernet), out var header, out _));
        Assert.Equal(expected.Split('|')[0], TunnelOracle.Row(header.Encapsulated));
        Assert.Equal(Hex.Bytes(hex).Length, header.HeaderLength);
        Assert.Equal(Hex.Bytes(TunnelOracle.Ethernet), header.Payload);
        ViewContract.Holds(hex + TunnelOracle.Ethernet, header.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() =>
        TunnelOracle.AgreesOverUdp(Port, Vectors, TunnelOracle.Ethernet, Fields);

    [Theory]
    [InlineData(TzspHeader.MaximumFields, ParseError.None)]
    [InlineData(TzspHeader.MaximumFields + 1, ParseError.BadValue)]
    internal void Fields_are_passed_to_a_bound(int count, ParseError expected) =>
        Assert.Equal(expected, Read([1, 0, 0, 1, .. new byte[count - 1], 1]));

    [Theory]
    [InlineData("02", ParseError.BadVersion)]
    [InlineData("01 04", ParseError.BadValue)]
    internal void What_no_frame_follows_is_refused(string hex, ParseError expected) =>
        Assert.Equal(expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (TzspHeader.TryParse(bytes, out var view, out var error))
            _ = view.HeaderLength + view.Encapsulated + view.Payload.Length;
        return error;
    }
}
