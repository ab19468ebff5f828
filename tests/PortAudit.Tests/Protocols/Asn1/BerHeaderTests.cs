using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Asn1;

public sealed class BerHeaderTests
{
    [Theory]
    [InlineData("3005", 0x30, 2, 5)]
    [InlineData("308180", 0x30, 3, 128)]
    [InlineData("6084000000FF", 0x60, 6, 255)]
    [InlineData("04843FFFFFFF", 0x04, 6, BerHeader.MaximumContentLength)]
    public void The_content_need_not_be_there(string bytes, int tag, int headerLength, int contentLength)
    {
        Assert.True(BerHeader.TryParse(Convert.FromHexString(bytes), out var header, out _));
        Assert.Equal(new BerHeader((byte)tag, headerLength, contentLength), header);
    }

    [Theory]
    [InlineData("", ParseError.Incomplete)]
    [InlineData("30", ParseError.Incomplete)]
    [InlineData("3084000000", ParseError.Incomplete)]
    [InlineData("3080", ParseError.BadLength)]
    [InlineData("30850000000000", ParseError.BadLength)]
    [InlineData("3084FFFFFFFF", ParseError.BadLength)]
    [InlineData("1F", ParseError.BadValue)]
    public void What_is_no_header_is_refused(string bytes, object expected)
    {
        Assert.False(BerHeader.TryParse(Convert.FromHexString(bytes), out var header, out var error));
        Assert.Equal(expected, error);
        Assert.Equal(default, header);
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds("30840000000361626300", 6, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (BerHeader.TryParse(bytes, out var header, out var error))
            _ = header.TotalLength;
        return error;
    }
}
