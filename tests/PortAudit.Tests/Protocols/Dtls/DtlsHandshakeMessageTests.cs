using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Dtls;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Dtls;

public sealed class DtlsHandshakeMessageTests
{
    private const string Vector = "01000038 0000 000000 000038 FEFF";

    [Fact]
    public void The_type_is_read()
    {
        Assert.True(DtlsHandshakeMessage.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal(1, view.Type);
    }

    [Theory]
    [InlineData("19", ParseError.BadValue)]
    [InlineData("010000380000000000000039", ParseError.BadLength)]
    [InlineData("010000380000000001000038", ParseError.BadLength)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, DtlsHandshakeMessage.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (DtlsHandshakeMessage.TryParse(bytes, out var view, out var error))
            _ = view.Type;
        return error;
    }
}
