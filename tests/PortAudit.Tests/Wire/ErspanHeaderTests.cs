using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class ErspanHeaderTests
{
    private const byte GreProtocolNumber = 47;
    private const string GreOfTypeII = "1000 88BE 00000000";
    private const string GreOfTypeIII = "1000 22EB 00000000";

    private static readonly string[] Fields =
    [
        "erspan.version", "erspan.vlan", "erspan.cos", "erspan.encap", "erspan.truncated", "erspan.spanid",
        "erspan.index",
        "erspan.p", "erspan.ft", "ip.id" + TunnelOracle.Second,
    ];

    /// <summary>GRE headers, ERSPAN headers, and what view and tshark read in the latter.</summary>
    public static TheoryData<string, string, string> Vectors => new()
    {
        { GreOfTypeII, "1000 0014 00000001", "1|0|0|0|0|20|1|||48879" },
        { GreOfTypeII, "1FFF FFFF FFFFFFFF", "1|4095|7|3|1|1023|1048575|||48879" },
        { GreOfTypeII, "1064 A801 00012345", "1|100|5|1|0|1|74565|||48879" },
        { GreOfTypeIII, "2064 A7FF 12345678 0000 0000", "2|100|5||1|1023||0|0|48879" },
        { GreOfTypeIII, "2FFF 4001 00000000 FFFF 83FE", "2|4095|2||0|1||1|0|48879" },
        { GreOfTypeIII, "2001 0002 00000000 0000 0001 1C000000 00000000", "2|1|0||0|2||0|0|48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string gre, string hex, string expected)
    {
        Assert.True(GreHeader.TryParse(Hex.Bytes(gre + hex), out var outer, out _));
        Assert.True(ErspanHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ethernet), out var header, out _));
        Assert.Equal(expected, Row(header));
        Assert.Equal(outer.ProtocolType, header.IsTypeIII ? ErspanHeader.ProtocolTypeIII : ErspanHeader.ProtocolType);
        Assert.Equal(Hex.Bytes(hex).Length, header.HeaderLength);
        Assert.Equal(Hex.Bytes(TunnelOracle.Ethernet), header.Payload);
        ViewContract.Holds(hex + TunnelOracle.Ethernet, header.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() =>
        TunnelOracle.AgreesOverIp(GreProtocolNumber, Vectors, TunnelOracle.Ethernet, Fields);

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Tshark_reads_a_capture_alike()
    {
        foreach (var (bytes, expected) in TunnelOracle.ReadCorpus("arkime_arkime__gre-erspan-vxlan.pcap", "erspan",
            Fields))
        {
            Assert.True(GreHeader.TryParse(bytes, out var gre, out _));
            Assert.True(ErspanHeader.TryParse(gre.Payload, out var header, out _));
            Assert.Equal(expected, Row(header));
        }
    }

    [Fact]
    public void Type_III_says_when_it_carries_a_bare_packet()
    {
        const string Vector = "2000 0001 00000000 0000 0800";
        Assert.True(ErspanHeader.TryParse(Hex.Bytes(Vector + TunnelOracle.Ip), out var header, out _));
        Assert.Equal(ErspanHeader.IpFrameType, header.FrameType);
        Assert.False(header.IsProtocolFrame);
        Assert.Equal(Hex.Bytes(TunnelOracle.Ip), header.Payload);
    }

    [Theory]
    [InlineData("0000 0014 00000001")]
    [InlineData("3000 0014 00000001")]
    [InlineData("45")]
    public void Another_version_is_refused(string hex) => Assert.Equal(ParseError.BadVersion, Read(Hex.Bytes(hex)));

    private static string Row(ErspanHeader header) => TunnelOracle.Row(
        header.IsTypeIII ? 2 : 1,
        header.Vlan,
        header.ClassOfService,
        header.IsTypeIII ? "" : header.Encapsulation,
        header.IsTruncated,
        header.SessionId,
        header.IsTypeIII ? "" : header.Index,
        header.IsTypeIII ? header.IsProtocolFrame : "",
        header.IsTypeIII ? header.FrameType : "",
        TunnelOracle.Identification(header.Payload, EthernetFrame.HeaderLength));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (ErspanHeader.TryParse(bytes, out var view, out var error))
        {
            _ = view.Vlan + view.ClassOfService + view.Encapsulation + (view.IsTruncated ? 1 : 0) + view.SessionId
                + view.Index
                + (view.IsProtocolFrame ? 1 : 0) + view.FrameType + view.HeaderLength + view.Payload.Length;
        }

        return error;
    }
}
