using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Ntp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Ntp;

public sealed class NtpMessageTests
{
    private const string Vector =
        "DC02FAEC 00000000 00000000 00000000 0000000000000000 0000000000000000 0000000000000000 E8B1C2D3A4B5C6D7 0000";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(NtpMessage.TryParse(Hex.Bytes(Vector), out var message, out _));

        Assert.Equal((3, NtpMode.Server, 2, -6, 0xE8B1C2D3A4B5C6D7),
            (message.Version, message.Mode, message.Stratum, message.Poll, message.TransmitTimestamp));
    }

    [Theory]
    [InlineData(0, 0xC4, ParseError.BadVersion)]
    [InlineData(0, 0xEC, ParseError.BadVersion)]
    [InlineData(1, 17, ParseError.BadValue)]
    [InlineData(2, 18, ParseError.BadValue)]
    [InlineData(2, 0xF9, ParseError.BadValue)]
    public void Values_beyond_the_standard_are_refused(int offset, byte value, ParseError expected) =>
        ViewContract.Refuses(Vector, offset, value, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, NtpMessage.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (NtpMessage.TryParse(bytes, out var message, out var error))
            _ = (message.Version, message.Mode, message.Stratum, message.Poll, message.TransmitTimestamp);
        return error;
    }
}
