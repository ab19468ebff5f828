using System.Text;
using PortAudit.Traffic.Protocols.Dcom;

namespace PortAudit.Tests.Protocols.Dcom;

public sealed class StringBindingTests
{
    [Theory]
    [InlineData("10.0.0.2[49670]", "10.0.0.2", 49670)]
    [InlineData("2001:db8::2[49670]", "2001:db8::2", 49670)]
    [InlineData("dc1.example[49670]", null, 49670)]
    [InlineData("fe80::5%11[49670]", null, 49670)]
    [InlineData("10.0.0.2", "10.0.0.2", 0)]
    [InlineData("10.0.0.2[]", "10.0.0.2", 0)]
    [InlineData("10.0.0.2[0]", "10.0.0.2", 0)]
    [InlineData("10.0.0.2[65536]", "10.0.0.2", 0)]
    [InlineData("10.0.0.2[+1]", "10.0.0.2", 0)]
    [InlineData("10.0.0.2[12x]", "10.0.0.2", 0)]
    [InlineData("10.0.0.2[12", "10.0.0.2", 0)]
    [InlineData("DC1[\\pipe\\a]", null, 0)]
    [InlineData("пример[49670]", null, 49670)]
    [InlineData("", null, 0)]
    public void Address_and_port_are_read_in_both_byte_orders(string text, string? address, int port)
    {
        var little = StringBinding.Of(StringBinding.Tcp, Encoding.Unicode.GetBytes(text), isLittleEndian: true);
        var big = StringBinding.Of(StringBinding.Tcp, Encoding.BigEndianUnicode.GetBytes(text), isLittleEndian: false);

        Assert.Equal((address, port), (little.Address?.ToString(), little.Port));
        Assert.Equal(little, big);
    }

    [Fact]
    public void What_is_longer_than_any_name_is_no_address()
    {
        var text = new string('a', StringBinding.MaximumLength - 3) + "[80]";

        Assert.Equal(80, StringBinding.Of(7, Encoding.Unicode.GetBytes(text[1..]), isLittleEndian: true).Port);
        Assert.Equal(0, StringBinding.Of(7, Encoding.Unicode.GetBytes(text), isLittleEndian: true).Port);
    }
}
