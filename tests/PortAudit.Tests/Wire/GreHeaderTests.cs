using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class GreHeaderTests
{
    private const byte IpProtocolNumber = 47;
    private static readonly string[] Fields = ["gre.flags.checksum", "gre.flags.key", "gre.flags.sequence_number",
        "gre.proto", "gre.key", "gre.sequence_number", "ip.id" + TunnelOracle.Second];

    /// <summary>Headers, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "0000 0800", "0|0|0|2048|||48879" },
        { "8000 0800 56220000", "1|0|0|2048|||48879" },
        { "2000 0800 DEADBEEF", "0|1|0|2048|3735928559||48879" },
        { "1000 0800 00000007", "0|0|1|2048||7|48879" },
        { "B000 0800 56220000 FFFFFFFF 80000001", "1|1|1|2048|4294967295|2147483649|48879" },
        // Bits 6 to 12 are reserved and ignored.
        { "23F8 0800 00000001", "0|1|0|2048|1||48879" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(GreHeader.TryParse(Hex.Bytes(hex + TunnelOracle.Ip), out var header, out _));
        Assert.Equal(expected, Row(header));
        Assert.Equal(Hex.Bytes(hex).Length, header.HeaderLength);
        Assert.Equal(Hex.Bytes(TunnelOracle.Ip), header.Payload);
        ViewContract.Holds(hex + TunnelOracle.Ip, header.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() =>
        TunnelOracle.AgreesOverIp(IpProtocolNumber, Vectors, TunnelOracle.Ip, Fields);

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [InlineData("arkime_arkime__gre-sample.pcap")]
    [InlineData("arkime_arkime__gre-erspan-vxlan.pcap")]
    public void Tshark_reads_captures_alike(string capture)
    {
        var fields = Fields[..^1];
        foreach (var (bytes, expected) in TunnelOracle.ReadCorpus(capture, "gre", fields))
        {
            Assert.True(GreHeader.TryParse(bytes, out var header, out _));
            Assert.Equal(expected, string.Join('|', Row(header).Split('|')[..fields.Length]));
        }
    }

    [Theory]
    [InlineData("4000 0800 00000000 00000000")]
    [InlineData("0800 0800")]
    [InlineData("0400 0800")]
    public void A_source_route_is_refused(string hex) => Assert.Equal(ParseError.BadValue, Read(Hex.Bytes(hex)));

    [Theory]
    [InlineData("3081 880B")]
    [InlineData("0007")]
    public void Another_version_is_refused(string hex) => Assert.Equal(ParseError.BadVersion, Read(Hex.Bytes(hex)));

    [Theory]
    [InlineData("", 0)]
    [InlineData("30", 0)]
    [InlineData("B000", 0)]
    [InlineData("3081", PptpGreHeader.Version)]
    [InlineData("FFFF", 7)]
    public void The_version_is_told_before_the_header_is_read(string hex, int version) =>
        Assert.Equal(version, GreHeader.VersionOf(Hex.Bytes(hex)));

    private static string Row(GreHeader header) => TunnelOracle.Row(
        header.HasChecksum,
        header.HasKey,
        header.HasSequence,
        header.ProtocolType,
        header.HasKey ? header.Key : "",
        header.HasSequence ? header.SequenceNumber : "",
        TunnelOracle.Identification(header.Payload));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (GreHeader.TryParse(bytes, out var view, out var error))
            _ = (view.HasChecksum ? 1 : 0) + view.ProtocolType + view.Key + view.SequenceNumber + view.HeaderLength
                + view.Payload.Length;
        return error;
    }
}
