using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class SctpHeaderTests
{
    private const string Vector = "0B59 0B59 01020304 00000000 01000014";

    [Fact]
    public void Chunks_follow_the_common_header()
    {
        Assert.True(SctpHeader.TryParse(Hex.Bytes(Vector), out var header, out _));
        Assert.Equal("01000014", Convert.ToHexString(header.Payload));
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, SctpHeader.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (SctpHeader.TryParse(bytes, out var header, out var error))
            _ = header.Payload.Length;
        return error;
    }
}
