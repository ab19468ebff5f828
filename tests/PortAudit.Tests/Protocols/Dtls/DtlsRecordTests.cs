using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Dtls;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Dtls;

public sealed class DtlsRecordTests
{
    private const string Vector = "17FEFD 0001 000000000E33 0004 90597EB7";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(DtlsRecord.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((DtlsContent.ApplicationData, (ushort)0xFEFD, (ushort)1, 17, 4),
            (view.Type, view.Version, view.Epoch, view.TotalLength, view.Content.Length));
    }

    [Theory]
    [InlineData("13", ParseError.BadValue)]
    [InlineData("19", ParseError.BadValue)]
    [InlineData("17030300010000000000E30004", ParseError.BadVersion)]
    [InlineData("17FEFD00010000000000000000", ParseError.BadLength)]
    [InlineData("17FEFD0001000000000000FFFF", ParseError.BadLength)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, DtlsRecord.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (DtlsRecord.TryParse(bytes, out var view, out var error))
            _ = (view.Type, view.Version, view.Epoch, view.TotalLength, view.Content.Length);
        return error;
    }
}
