using PortAudit.Traffic.Protocols.Dhcp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Dhcp;

public sealed class DhcpMessageTests
{
    private static byte[] Request => RecogniserVector.Find("pxe-client-asks-the-boot-server").FromOriginator;

    [Fact]
    public void The_fields_are_read()
    {
        Assert.True(DhcpMessage.TryParse(Request, isWhole: true, out var message, out _));
        Assert.Equal((true, true, 0x0A000009u), (message.IsRequest, message.HasCookie, message.ClientAddress));
        Assert.Equal("03", Convert.ToHexString(message.Option(53)));
        Assert.True(message.Option(82).IsEmpty);
    }

    [Fact]
    public void A_datagram_that_was_cut_is_known_by_the_address_of_its_client()
    {
        for (var length = 0; length < Request.Length; length++)
        {
            var isThere = DhcpMessage.TryParse(Request.AsSpan(..length), isWhole: false, out var message,
                out var error);
            Assert.Equal((length, length >= 44), (length, isThere));
            Assert.Equal(isThere ? ParseError.None : ParseError.Incomplete, error);
            Assert.True(!isThere || length >= 300 || message.Option(255).IsEmpty);
        }
    }

    [Fact]
    public void A_value_that_was_cut_is_there_in_part_and_not_as_a_whole()
    {
        var at = Request.AsSpan().IndexOf("PXEClient"u8);
        for (var length = 1; length < Request[at - 1]; length++)
        {
            Assert.True(DhcpMessage.TryParse(Request.AsSpan(..(at + length)), isWhole: true, out var message, out _));
            Assert.Equal((length, 0),
                (message.Option(DhcpOption.Class).Length, message.WholeOption(DhcpOption.Class).Length));
        }

        Assert.True(DhcpMessage.TryParse(Request, isWhole: true, out var whole, out _));
        Assert.Equal(Request[at - 1], whole.WholeOption(DhcpOption.Class).Length);
    }

    [Fact]
    public void A_whole_datagram_reaches_its_options()
    {
        Assert.False(DhcpMessage.TryParse(Request.AsSpan(..239), isWhole: true, out _, out var error));
        Assert.Equal(ParseError.Incomplete, error);
    }
}
