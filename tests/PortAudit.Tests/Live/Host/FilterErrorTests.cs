using PortAudit.Live.Host;

namespace PortAudit.Tests.Live.Host;

public sealed class FilterErrorTests
{
    [Theory]
    [InlineData("host 10.0.0.1 and port fooz", "unknown port 'fooz'", "                       ^^^^")]
    [InlineData("net 10.0.0.1/8", "non-network bits set in \"10.0.0.1/8\"", "    ^^^^^^^^^^")]
    [InlineData("tcp port 99999", "illegal port number 99999 > 65535", "         ^^^^^")]
    [InlineData("ether proto 99999999999", "number 99999999999 overflows 32 bits", "            ^^^^^^^^^^^")]
    [InlineData("(port fooz)", "unknown port 'fooz'", "      ^^^^")]
    public void A_word_that_the_message_names_is_pointed_at(string filter, string message, string caret) =>
        Assert.Equal([filter, caret], FilterError.Of(filter, message).ToLines());

    [Theory]
    [InlineData("tcp prot 80", "can't parse filter expression: syntax error")]
    [InlineData("port fooz or src port fooz", "unknown port 'fooz'")]
    [InlineData("host foozball", "unknown host 'fooz'")]
    [InlineData("net 10.0.0.0/33", "mask length must be <= 32")]
    [InlineData("port 80", "illegal port number 99999 > 65535")]
    public void A_place_that_is_not_told_or_not_the_only_one_is_none(string filter, string message)
    {
        var error = FilterError.Of(filter, message);

        Assert.Null(error.Position);
        Assert.Equal([filter, "libpcap does not say where in the filter"], error.ToLines());
    }

    [Fact]
    public void The_caret_stands_below_its_word_behind_letters_of_several_code_units() =>
        Assert.Equal("          ^^^^", FilterError.Of("host \U0001F600 or fooz", "unknown host 'fooz'").ToLines()[1]);
}
