using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Mms;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Mms;

public sealed class MmsMessageTests
{
    private const string Vector =
        "01000000 CEFA0BB0 20000000 4D4D5320 04000000 00000000 0000000000000000 02000000 01000300 00000000";

    [Fact]
    public void The_number_tells_who_sends()
    {
        Assert.True(MmsMessage.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((true, false), (view.IsFromClient, view.IsFromServer));
    }

    [Theory]
    [InlineData("02", ParseError.BadValue)]
    [InlineData("01000000CEFA0BB1", ParseError.BadValue)]
    [InlineData("01000000CEFA0BB0200000004D4D54", ParseError.BadValue)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, MmsMessage.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (MmsMessage.TryParse(bytes, out var view, out var error))
            _ = (view.IsFromClient, view.IsFromServer);
        return error;
    }
}
