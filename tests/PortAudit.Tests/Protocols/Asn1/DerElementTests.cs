using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Asn1;

public sealed class DerElementTests
{
    [Theory]
    [InlineData("0500", 0x05, "")]
    [InlineData("040161FF", 0x04, "61")]
    [InlineData("30810161", 0x30, "61")]
    [InlineData("3082000161", 0x30, "61")]
    [InlineData("308300000161", 0x30, "61")]
    public void An_element_ends_where_its_length_says(string bytes, int tag, string content)
    {
        Assert.True(DerElement.TryParse(Convert.FromHexString(bytes), out var element, out var error));
        Assert.Equal(ParseError.None, error);
        Assert.Equal(tag, element.Tag);
        Assert.Equal(content, Convert.ToHexString(element.Content));
    }

    [Theory]
    [InlineData("", ParseError.Incomplete)]
    [InlineData("30", ParseError.Incomplete)]
    [InlineData("300261", ParseError.Incomplete)]
    [InlineData("308201", ParseError.Incomplete)]
    [InlineData("3083FFFFFF61", ParseError.Incomplete)]
    [InlineData("3080", ParseError.BadLength)]
    [InlineData("308400000000", ParseError.BadLength)]
    [InlineData("30FF00", ParseError.BadLength)]
    [InlineData("1F8101", ParseError.BadValue)]
    public void What_is_no_whole_element_is_refused(string bytes, object expected)
    {
        Assert.False(DerElement.TryParse(Convert.FromHexString(bytes), out var element, out var error));
        Assert.Equal(expected, error);
        Assert.True(element.Encoding.IsEmpty);
    }
}
