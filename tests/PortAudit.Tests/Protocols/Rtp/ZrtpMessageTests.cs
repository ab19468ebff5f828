using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Rtp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Rtp;

public sealed class ZrtpMessageTests
{
    private const string Vector = "10000001 5A525450 3796CB71 505A0019 48656C6C6F202020 312E3130";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(ZrtpMessage.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((0x3796CB71u, "Hello   "), (view.Source, System.Text.Encoding.ASCII.GetString(view.Type)));
    }

    [Theory]
    [InlineData("80", ParseError.BadVersion)]
    [InlineData("100000015A5254503796CB71505B001948656C6C6F202020", ParseError.BadValue)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, ZrtpMessage.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (ZrtpMessage.TryParse(bytes, out var view, out var error))
            _ = (view.Source, view.Type.Length);
        return error;
    }
}
