using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Dtls;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Dtls;

public sealed class DtlsCiphertextTests
{
    private const string Vector = "2E 1EEF 0010 01010101010101010101010101010101";

    [Fact]
    public void The_length_stands_behind_a_long_number()
    {
        Assert.True(DtlsCiphertext.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal(21, view.TotalLength);
    }

    [Fact]
    public void The_length_stands_behind_a_short_number()
    {
        Assert.True(DtlsCiphertext.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal(20, DtlsCiphertext.TryParse(Hex.Bytes("26EF0010"), out var other, out _) ? other.TotalLength : 0);
    }

    [Theory]
    [InlineData("16", ParseError.BadValue)]
    [InlineData("2A", ParseError.BadValue)]
    [InlineData("3E", ParseError.BadValue)]
    [InlineData("26EF0008", ParseError.BadLength)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, 5, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (DtlsCiphertext.TryParse(bytes, out var view, out var error))
            _ = (view.Form, view.TotalLength);
        return error;
    }
}
