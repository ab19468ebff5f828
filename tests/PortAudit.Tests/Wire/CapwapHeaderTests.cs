using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class CapwapHeaderTests
{
    private const ushort Port = 5247;
    private static readonly string[] Fields =
        ["capwap.header.length", "capwap.header.flags.t", "capwap.header.flags.k", "ip.id" + TunnelOracle.Second];

    /// <summary>Headers before an Ethernet frame, or before a frame of 802.11 as Cisco writes it (tshark takes all for
    /// such), and what view and tshark read in them.</summary>
    public static TheoryData<string, string, string> Vectors => new()
    {
        { "00100000 00000000", TunnelOracle.Ethernet, "2|0|0|48879" },
        { "00200310 00000000 06 020000000009 00",
            "0108 0000 020000000001 020000000002 020000000003 1000 AAAA03 000000 0800" + TunnelOracle.Ip,
            "4|1|0|48879" },
        { "00200320 00000000 04 BF230000 000000",
            "1108 2C00 020000000001 020000000002 020000000003 1000 AAAA03 000000 0800" + TunnelOracle.Ip,
            "4|1|0|48879" },
        { "00100008 00000000", "0016 0023 0010 000102030405060708090A0B0C0D0E0F", "2|0|1|" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_reads_as_written(string hex, string payload, string expected)
    {
        Assert.True(CapwapHeader.TryParse(Hex.Bytes(hex + payload), out var header, out _));
        Assert.Equal(expected.Split('|')[..3],
            TunnelOracle.Row(header.HeaderLength / 4, header.IsNative, header.IsKeepAlive).Split('|'));
        Assert.Equal(header.IsNative, header.IsIeee80211);
        Assert.Equal(Hex.Bytes(payload), header.Payload);
        ViewContract.Holds(hex + payload, header.HeaderLength, Read);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_vectors_alike() => TunnelOracle.AgreesOverUdp(Port, Vectors, "", Fields);

    [Theory]
    [InlineData("00100080 00010000", false)]
    [InlineData("00100080 00010008", true)]
    [InlineData("001000C0 00010008", true)]
    [InlineData("00100000 00010008", false)]
    public void A_part_of_a_frame_other_than_the_first_is_known(string hex, bool expected)
    {
        Assert.True(CapwapHeader.TryParse(Hex.Bytes(hex), out var header, out _));
        Assert.Equal(expected, header.IsLaterFragment);
    }

    [Theory]
    [InlineData("00100500 00000000", false)]
    [InlineData("00100300 00000000", true)]
    [InlineData("00100200 00000000", false)]
    public void Native_frames_are_those_of_the_binding(string hex, bool expected)
    {
        Assert.True(CapwapHeader.TryParse(Hex.Bytes(hex), out var header, out _));
        Assert.Equal(expected, header.IsIeee80211);
    }

    [Theory]
    [InlineData("10100000 00000000", (int)ParseError.BadVersion)]
    [InlineData("01000000 16FEFD00", (int)ParseError.BadValue)]
    [InlineData("00080000 00000000", (int)ParseError.BadLength)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (CapwapHeader.TryParse(bytes, out var view, out var error))
            _ = view.HeaderLength + (view.IsNative ? 1 : 0) + (view.IsIeee80211 ? 1 : 0) + (view.IsKeepAlive ? 1 : 0)
                + (view.IsLaterFragment ? 1 : 0) + view.Payload.Length;
        return error;
    }
}
