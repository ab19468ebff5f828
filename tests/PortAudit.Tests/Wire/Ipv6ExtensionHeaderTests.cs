using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class Ipv6ExtensionHeaderTests
{
    [Theory]
    [InlineData(0, "11 00 050200000100 AA", 8)]
    [InlineData(43, "11 01 0000000000000000000000000000 AA", 16)]
    [InlineData(44, "11 FF 0000 12345678 AA", 8)]
    [InlineData(60, "11 00 010400000000 AA", 8)]
    public void A_header_is_as_long_as_it_says_save_for_fragments(byte number, string hex, int headerLength)
    {
        Assert.True(Ipv6ExtensionHeader.IsExtension(number));
        Assert.True(Ipv6ExtensionHeader.TryParse(Hex.Bytes(hex), number, out var header, out _));
        Assert.Equal(17, header.NextHeader);
        Assert.Equal(headerLength, header.HeaderLength);
        Assert.Equal("AA", Convert.ToHexString(header.Payload));
        Assert.False(header.IsFragment);
        ViewContract.Holds(hex, headerLength, bytes => Read(bytes, number));
    }

    [Theory]
    [InlineData("0000", false, 0)]
    [InlineData("0006", false, 0)]
    [InlineData("0001", true, 0)]
    [InlineData("0008", true, 8)]
    [InlineData("FFF9", true, 65528)]
    public void A_fragment_header_tells_fragments(string field, bool isFragment, int offset)
    {
        Assert.True(Ipv6ExtensionHeader.TryParse(Hex.Bytes("11 00 " + field + " 12345678"), 44, out var header, out _));
        Assert.Equal(isFragment, header.IsFragment);
        Assert.Equal(offset, header.FragmentOffset);
    }

    [Fact]
    public void Other_headers_tell_no_fragments()
    {
        Assert.True(Ipv6ExtensionHeader.TryParse(Hex.Bytes("11 00 FFF9 12345678"), 60, out var header, out _));
        Assert.False(header.IsFragment);
        Assert.Equal(0, header.FragmentOffset);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(59)]
    [InlineData(135)]
    public void Protocols_are_no_extension_headers(byte number) =>
        Assert.False(Ipv6ExtensionHeader.IsExtension(number));

    private static ParseError Read(ReadOnlySpan<byte> bytes, byte number)
    {
        if (Ipv6ExtensionHeader.TryParse(bytes, number, out var header, out var error))
            _ = header.NextHeader + header.HeaderLength + header.FragmentOffset + header.Payload.Length
                + (header.IsFragment ? 1 : 0);
        return error;
    }
}
