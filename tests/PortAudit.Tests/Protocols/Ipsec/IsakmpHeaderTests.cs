using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Ipsec;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Ipsec;

public sealed class IsakmpHeaderTests
{
    private const string Vector =
        "1122334455667788 99AABBCCDDEEFF00 29 20 25 28 00000002 0000002C 00000010 000102030405060708090A0B";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(IsakmpHeader.TryParse(Hex.Bytes(Vector), out var header, out _));

        Assert.Equal((0x1122334455667788ul, 0x99AABBCCDDEEFF00ul, (byte)0x29),
            (header.InitiatorSpi, header.ResponderSpi, header.NextPayload));
        Assert.Equal((true, (byte)37, (byte)0x28, 44u),
            (header.IsSecondVersion, header.ExchangeType, header.Flags, header.Length));
        Assert.True(header.IsFromInitiator);
    }

    [Theory]
    [InlineData(17, 0x30, ParseError.BadVersion)]
    [InlineData(16, 0x01, ParseError.BadValue)]
    [InlineData(18, 0x02, ParseError.BadValue)]
    [InlineData(19, 0x01, ParseError.BadValue)]
    [InlineData(27, 0x1B, ParseError.BadLength)]
    public void Values_that_version_two_does_not_define_are_refused(int offset, byte value, ParseError expected) =>
        ViewContract.Refuses(Vector, offset, value, expected, Read);

    [Fact]
    public void The_first_message_of_version_one_is_the_initiators_and_the_others_are_anybodys()
    {
        var bytes = Hex.Bytes("1122334455667788 0000000000000000 01 10 02 00 00000000 0000001C");
        Assert.True(IsakmpHeader.TryParse(bytes, out var first, out _));
        Assert.True(first.IsFromInitiator);

        bytes[8] = 1;
        Assert.True(IsakmpHeader.TryParse(bytes, out var later, out _));
        Assert.Null(later.IsFromInitiator);
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, IsakmpHeader.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (IsakmpHeader.TryParse(bytes, out var header, out var error))
            _ = (header.InitiatorSpi, header.ResponderSpi, header.NextPayload, header.IsSecondVersion,
                header.ExchangeType, header.Flags, header.Length, header.IsFromInitiator);
        return error;
    }
}
