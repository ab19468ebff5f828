using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Skinny;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Skinny;

public sealed class SkinnyMessageTests
{
    private const string Vector = "10000000 14000000 26000000 01000000 00000000 00000000";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(SkinnyMessage.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((24, 0x26u, true, false), (view.TotalLength, view.Id, view.IsFromPhone, view.IsFromManager));
    }

    [Theory]
    [InlineData("03000000", ParseError.BadLength)]
    [InlineData("01100000", ParseError.BadLength)]
    [InlineData("0400000001000000", ParseError.BadVersion)]
    [InlineData("0400000021000000", ParseError.BadVersion)]
    [InlineData("040000001400000060000000", ParseError.BadValue)]
    [InlineData("100000000000000000000000", ParseError.BadValue)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, SkinnyMessage.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (SkinnyMessage.TryParse(bytes, out var view, out var error))
            _ = (view.TotalLength, view.Id, view.IsFromPhone, view.IsFromManager);
        return error;
    }
}
