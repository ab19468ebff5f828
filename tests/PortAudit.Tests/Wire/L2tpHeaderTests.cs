using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class L2tpHeaderTests
{
    private const ushort Port = 1701;
    private static readonly string[] Fields = ["l2tp.type", "l2tp.length", "l2tp.tunnel", "l2tp.session"];

    /// <summary>Headers of data messages before a PPP frame of 24 bytes, and what view and tshark read in
    /// them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "0002 05F7 206A", "0||1527|8298|48879" },
        { "4002 0020 DB58 0018", "0|32|56152|24|48879" },
        { "0202 4A32 D35E 0000", "0||18994|54110|48879" },
        { "0302 0003 C24A 0003 AABBCC", "0||3|49738|48879" },
        { "4B02 002A 0001 FFFF 0007 0008 0004 00000000", "0|42|1|65535|48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        var bytes = Hex.Bytes(hex + TunnelOracle.Ppp);
        Assert.True(L2tpHeader.TryParse(bytes, out var header, out _));
        Assert.Equal(expected, TunnelOracle.Row(Row(header), TunnelOracle.Identification(header.Payload, 4)));
        Assert.Equal(Hex.Bytes(hex).Length, header.HeaderLength);
        Assert.Equal(Hex.Bytes(TunnelOracle.Ppp), header.Payload);
        ViewContract.Holds(hex + TunnelOracle.Ppp, header.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() =>
        TunnelOracle.AgreesOverUdp(Port, Vectors, TunnelOracle.Ppp, [.. Fields, "ip.id" + TunnelOracle.Second]);

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Tshark_reads_a_capture_alike()
    {
        foreach (var (bytes, expected) in TunnelOracle.ReadCorpus("slytechs-repos_jnetpcap-legacy__test-l2tp.pcap",
            "l2tp", Fields))
        {
            Assert.True(L2tpHeader.TryParse(bytes, out var header, out _));
            Assert.Equal(expected, Row(header));
        }
    }

    [Fact]
    public void A_control_message_reads_as_written()
    {
        const string Vector = "C802 0014 0003 0000 0001 0002 8008 0000 0000 0006";
        Assert.True(L2tpHeader.TryParse(Hex.Bytes(Vector + "0000"), out var header, out _));
        Assert.Equal((true, 3, 0, 12, 8),
            (header.IsControl, header.TunnelId, header.SessionId, header.HeaderLength, header.AnnouncedPayloadLength));
        Assert.Equal(8, header.Payload.Length);
        ViewContract.Holds(Vector, 12, Read);
    }

    [Fact]
    public void A_payload_without_a_length_fills_the_datagram()
    {
        Assert.True(L2tpHeader.TryParse(Hex.Bytes("0002 05F7 206A FF03"), out var header, out _));
        Assert.Equal((int.MaxValue, 2), (header.AnnouncedPayloadLength, header.Payload.Length));
    }

    [Theory]
    [InlineData("0002 0001 0001", false)]
    [InlineData("1002 0001 0001", true)]
    [InlineData("2002 0001 0001", true)]
    [InlineData("0402 0001 0001", true)]
    [InlineData("0012 0001 0001", true)]
    [InlineData("0082 0001 0001", true)]
    public void Bits_that_nobody_defines_are_a_doubt(string hex, bool expected)
    {
        Assert.True(L2tpHeader.TryParse(Hex.Bytes(hex), out var header, out _));
        Assert.Equal(expected, header.HasReservedBits);
    }

    [Theory]
    [InlineData("0001 0001 0001", ParseError.BadVersion)]
    [InlineData("C803 000C 0001 0000 0000 0000", ParseError.BadVersion)]
    [InlineData("8802 0001 0000 0000 0000", ParseError.BadValue)]
    [InlineData("C002 0008 0001 0000", ParseError.BadValue)]
    [InlineData("CA02 000E 0001 0000 0000 0000 0000", ParseError.BadValue)]
    [InlineData("C902 000C 0001 0000 0000 0000", ParseError.BadValue)]
    [InlineData("0002 0000 0001", ParseError.BadValue)]
    [InlineData("0002 0001 0000", ParseError.BadValue)]
    [InlineData("C802 000B 0001 0000 0000 0000", ParseError.BadLength)]
    [InlineData("4202 000B 0001 0001 0002 0000", ParseError.BadLength)]
    public void What_the_specification_fixes_is_demanded(string hex, ParseError expected) =>
        Assert.Equal(expected, Read(Hex.Bytes(hex)));

    private static string Row(L2tpHeader header) => TunnelOracle.Row(
        header.IsControl,
        header.AnnouncedPayloadLength == int.MaxValue ? "" : header.HeaderLength + header.AnnouncedPayloadLength,
        header.TunnelId,
        header.SessionId);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (L2tpHeader.TryParse(bytes, out var view, out var error))
            _ = (view.IsControl ? 1 : 0) + (view.HasReservedBits ? 1 : 0) + view.TunnelId + view.SessionId
                + view.HeaderLength + (long)view.AnnouncedPayloadLength + view.Payload.Length;
        return error;
    }
}
