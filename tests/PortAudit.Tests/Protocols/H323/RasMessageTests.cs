using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.H323;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.H323;

public sealed class RasMessageTests
{
    private const string Vector = "0E80051D 060008914A0004 000100";

    [Fact]
    public void The_fields_of_the_front_are_read()
    {
        Assert.True(RasMessage.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal(((ushort)0x051D, true), (view.SequenceNumber, view.IsRequest));
    }

    [Theory]
    [InlineData("18", ParseError.BadValue)]
    [InlineData("8E", ParseError.BadValue)]
    [InlineData("0E80051D060008914A0000", ParseError.BadVersion)]
    [InlineData("0E80051D06000891750004", ParseError.BadVersion)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, RasMessage.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (RasMessage.TryParse(bytes, out var view, out var error))
            _ = (view.SequenceNumber, view.IsRequest);
        return error;
    }
}
