using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Iax;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Iax;

public sealed class IaxFullFrameTests
{
    private const string Vector = "8004 0000 00000001 00 00 06 01 0B020002";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(IaxFullFrame.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((4, 0, true, true), (view.SourceCall, view.DestinationCall, view.Begins, view.IsNewCall));
    }

    [Theory]
    [InlineData("00", ParseError.BadValue)]
    [InlineData("800400000000000100000D01", ParseError.BadValue)]
    [InlineData("800000000000000100000601", ParseError.BadValue)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, IaxFullFrame.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (IaxFullFrame.TryParse(bytes, out var view, out var error))
            _ = (view.SourceCall, view.DestinationCall, view.Begins, view.IsNewCall);
        return error;
    }
}
