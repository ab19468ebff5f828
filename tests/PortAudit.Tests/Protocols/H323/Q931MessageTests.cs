using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.H323;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.H323;

public sealed class Q931MessageTests
{
    private const string Vector = "08 02 77F4 05 04 03 8090A5 28 03 612E62 A1 7E 0005 05 22C00600";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(Q931Message.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((false, (byte)5), (view.IsFromCalled, view.Type));
    }

    [Theory]
    [InlineData("0802F7F40504038090A528036162637E00050522C00600", ParseError.None)]
    [InlineData("0802F7F40504038090A528036162637E0005", ParseError.Incomplete)]
    [InlineData("0802F7F40504038090A52803", ParseError.Incomplete)]
    [InlineData("0802F7F4057E00050422C00600", ParseError.BadValue)]
    [InlineData("0802F7F405A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A17E000505", ParseError.BadValue)]
    public void The_user_information_is_found_behind_other_elements(string bytes, ParseError expected)
    {
        Assert.True(Q931Message.TryParse(Hex.Bytes(bytes), out var view, out _));

        Assert.Equal((true, expected), (view.IsFromCalled, view.FindUserInformation()));
    }

    [Theory]
    [InlineData("0E", ParseError.BadValue)]
    [InlineData("0801", ParseError.BadValue)]
    [InlineData("080277F404", ParseError.BadValue)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, Q931Message.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (Q931Message.TryParse(bytes, out var view, out var error))
            _ = (view.IsFromCalled, view.Type, view.FindUserInformation());
        return error;
    }
}
