using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class TeredoHeadersTests
{
    private const ushort TeredoPort = 3544;
    private const string Bubble =
        "60000000 0000 3B 15 FE800000000000008000F227BEF7C8DD FE8000000000000000000000FFFFFFFE";

    // The length of its payload (0) and its next header (59, none) show that tshark finds the packet where the view
    // does.
    private static readonly string[] Fields =
        ["teredo.auth.idlen", "teredo.auth.aulen", "teredo.orig.port", "ipv6.plen", "ipv6.nxt"];

    /// <summary>Indications, and what view and tshark read in them.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "", "|||0|59" },
        { "0000 32DE 46F93F46", "||52513|0|59" },
        { "0001 00 00 B11B3FEA46A9AFE9 00", "0|0||0|59" },
        { "0001 03 04 414243 01020304 B11B3FEA46A9AFE9 01", "3|4||0|59" },
        { "0001 00 00 B11B3FEA46A9AFE9 00 0000 32DE 46F93F46", "0|0|52513|0|59" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string expected)
    {
        Assert.True(TeredoHeaders.TryParse(Hex.Bytes(hex + Bubble), out var headers, out _));
        Assert.Equal(expected, Row(headers, Hex.Bytes(hex + Bubble)));
        Assert.Equal(Hex.Bytes(hex).Length, headers.HeaderLength);
        Assert.Equal(Hex.Bytes(Bubble), headers.Payload);
        ViewContract.Holds(hex + Bubble, headers.HeaderLength + 1, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() => TunnelOracle.AgreesOverUdp(TeredoPort, Vectors, Bubble, Fields);

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Tshark_reads_a_capture_alike()
    {
        foreach (var (bytes, expected) in TunnelOracle.ReadCorpus("ntop_nDPI__teredo.pcap", "teredo", Fields))
        {
            Assert.True(TeredoHeaders.TryParse(bytes, out var headers, out _));
            Assert.Equal(expected, Row(headers, bytes));
        }
    }

    [Theory]
    [InlineData("45")]
    [InlineData("0002")]
    [InlineData("0000 32DE 46F93F46 45")]
    [InlineData("0000 32DE 46F93F46 0000 32DE 46F93F46 60")]
    [InlineData("0001 00 00 B11B3FEA46A9AFE9 00 0001 00 00 B11B3FEA46A9AFE9 00 60")]
    [InlineData("0000 32DE 46F93F46 0001 00 00 B11B3FEA46A9AFE9 00 60")]
    public void What_is_not_before_an_IPv6_packet_is_refused(string hex) =>
        Assert.Equal(ParseError.BadVersion, Read(Hex.Bytes(hex)));

    [Fact]
    public void The_longest_indications_are_read()
    {
        byte[] bytes = [0, 1, 255, 255, .. new byte[510 + 9], 0, 0, .. new byte[6], 0x60];
        Assert.True(TeredoHeaders.TryParse(bytes, out var headers, out _));
        Assert.Equal((531, 1), (headers.HeaderLength, headers.Payload.Length));
    }

    private static string Row(TeredoHeaders headers, ReadOnlySpan<byte> bytes) => TunnelOracle.Row(
        headers.HasAuthentication ? bytes[2] : "",
        headers.HasAuthentication ? bytes[3] : "",
        headers.HasOrigin ? OriginPort(bytes[(headers.HeaderLength - 6)..]) : "",
        BinaryPrimitives.ReadUInt16BigEndian(headers.Payload[4..]),
        headers.Payload[6]);

    // Written inverted, so that address translators leave it alone (RFC 4380 §5.1.1).
    private static ushort OriginPort(ReadOnlySpan<byte> bytes) => (ushort)~BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (TeredoHeaders.TryParse(bytes, out var view, out var error))
            _ = (view.HasAuthentication ? 1 : 0) + (view.HasOrigin ? 1 : 0) + view.HeaderLength + view.Payload.Length;
        return error;
    }
}
