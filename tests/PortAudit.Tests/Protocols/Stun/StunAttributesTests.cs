using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Stun;

public sealed class StunAttributesTests
{
    private const string Id = "2112a442 b7e7a701bc34d686fa87dfae";

    [Fact]
    public void Values_are_padded_to_whole_words()
    {
        var attributes = new StunAttributes(Hex.Bytes("00060003 61626300 000d0004 00000258"), isPadded: true);

        Assert.Equal("6:616263 13:00000258", Walk(attributes));
    }

    [Fact]
    public void Microsoft_does_not_pad_them()
    {
        var attributes = new StunAttributes(Hex.Bytes("00060003 616263 000d0004 00000258"), isPadded: false);

        Assert.Equal("6:616263 13:00000258", Walk(attributes));
    }

    [Fact]
    public void A_value_that_is_cut_is_there_as_far_as_it_goes() =>
        Assert.Equal("6:6162", Walk(new StunAttributes(Hex.Bytes("00060009 6162"), isPadded: true)));

    [Fact]
    public void No_more_are_walked_than_a_message_has() =>
        Assert.Equal(StunMessage.MaximumAttributes, Walk(new StunAttributes(new byte[4 * (StunMessage.MaximumAttributes
            + 9)], isPadded: true)).Split(' ').Length);

    [Theory] // RFC 5769 §2.2, §2.3
    [InlineData("0001a147e112a643", "192.0.2.1", 32853)]
    [InlineData("0002a1470113a9faa5d3f179bc25f4b5bed2b9d9", "2001:db8:1234:5678:11:2233:4455:6677", 32853)]
    public void An_address_combined_with_the_transaction_is_read(string value, string address, int port)
    {
        Assert.True(StunAddress.TryReadXored(Hex.Bytes(value), Hex.Bytes(Id), out var read, out var readPort));

        Assert.Equal((address, port), (read.ToString(), readPort));
    }

    [Theory]
    [InlineData("0001c350c0000201", "192.0.2.1:50000")]
    [InlineData("0002c35020010db8000000000000000000000001", "2001:db8::1:50000")]
    [InlineData("0003c350c0000201", "")] // no family
    [InlineData("0001c350c00002", "")]
    [InlineData("0002c350c0000201", "")]
    [InlineData("0001c3", "")]
    public void An_address_is_read_as_it_stands(string value, string expected) =>
        Assert.Equal(expected, StunAddress.TryRead(Hex.Bytes(value), out var address, out var port)
            ? $"{address}:{port}"
            : "");

    [Theory]
    [InlineData("0113000b 2112a442 010101010101010101010101 000f0004 72c64bc6 800800", ParseError.None)]
    [InlineData("0113000b 2112a442 010101010101010101010101 000f0004 72c6", ParseError.Incomplete)]
    [InlineData("0113000b 2112a442 010101010101010101010101 00060004 72c64bc6 800800", ParseError.BadLength)]
    public void Only_messages_of_Microsoft_have_any_length(string bytes, ParseError expected)
    {
        Assert.Equal(expected == ParseError.None, StunMessage.TryParse(Hex.Bytes(bytes), out _, out var error));
        Assert.Equal(expected, error);
    }

    private static string Walk(StunAttributes attributes)
    {
        var walked = new List<string>();
        while (attributes.TryNext(out var type, out var value))
            walked.Add($"{type}:{Convert.ToHexStringLower(value)}");
        return string.Join(' ', walked);
    }
}
