using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Asn1;

public sealed class BerReaderTests
{
    /// <summary>SEQUENCE { INTEGER -2, OCTET STRING "ab", [0] { ENUMERATED 3 } }.</summary>
    private static readonly byte[] Message = Convert.FromHexString("300C0201FE04026162A0030A0103");

    [Fact]
    public void It_walks_down_and_past()
    {
        var reader = new BerReader(Message);

        Assert.True(reader.TryEnter(BerReader.Sequence));
        Assert.True(reader.TryTakeInteger(out var number));
        Assert.True(reader.TryTake(BerReader.OctetString, out var text));
        Assert.Equal(0xA0, reader.NextTag);
        Assert.True(reader.TryEnter(0xA0));
        Assert.True(reader.TryTakeInteger(out var choice, BerReader.Enumerated));
        Assert.True(reader.IsAtEnd);
        Assert.Equal((-2L, "6162", 3L, (byte)0), (number, Convert.ToHexString(text), choice, reader.NextTag));
    }

    [Fact]
    public void Every_prefix_of_a_message_is_incomplete()
    {
        for (var length = 0; length < Message.Length; length++)
            Assert.Equal((length, ParseError.Incomplete), (length, Walk(Message.AsSpan(..length))));
        Assert.Equal(ParseError.None, Walk(Message));
    }

    [Theory]
    [InlineData("30040203010203", ParseError.BadLength)]
    [InlineData("30030401FE", ParseError.BadValue)]
    [InlineData("30020200", ParseError.BadValue)]
    [InlineData("3008020600FFFFFFFFFF", ParseError.BadValue)]
    [InlineData("3000", ParseError.BadValue)]
    public void What_contradicts_is_not_waited_for(string bytes, object expected) =>
        Assert.Equal(expected, Walk(Convert.FromHexString(bytes)));

    [Fact]
    public void Unsigned_numbers_of_32_bits_are_read()
    {
        var reader = new BerReader(Convert.FromHexString("020500FFFFFFFF"));

        Assert.True(reader.TryTakeInteger(out var number));
        Assert.Equal(uint.MaxValue, number);
    }

    private static ParseError Walk(ReadOnlySpan<byte> bytes)
    {
        var reader = new BerReader(bytes);
        var isThere = reader.TryEnter(BerReader.Sequence) && reader.TryTakeInteger(out _)
            && reader.TryTake(BerReader.OctetString, out _)
            && reader.TryEnter(0xA0) && reader.TryTakeInteger(out _, BerReader.Enumerated);
        return isThere ? ParseError.None : reader.Error;
    }
}
