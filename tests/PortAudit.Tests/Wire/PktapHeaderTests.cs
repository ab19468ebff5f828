using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class PktapHeaderTests
{
    private static readonly string Rest = string.Concat(Enumerable.Repeat("00", PktapHeader.MinimumLength - 12));

    [Theory]
    [InlineData("6C000000 01000000 01000000", "", 108, true, 1)]
    [InlineData("70000000 01000000 0C000000", "AABBCCDD", 112, true, 12)]
    [InlineData("6C000000 00000000 01000000", "", 108, false, 1)]
    public void A_vector_reads_as_written(string start, string behind, int headerLength, bool hasPacket, long linkType)
    {
        var hex = start + Rest + behind + "08";
        Assert.True(PktapHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, hasPacket, linkType), (view.HeaderLength, view.HasPacket, view.LinkType));
        Assert.Equal("08", Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("6B000000", (int)ParseError.BadLength)]
    [InlineData("FFFFFFFF 01000000 01000000", (int)ParseError.Incomplete)]
    public void A_bad_length_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PktapHeader.TryParse(bytes, out var view, out var error))
            _ = (int)view.LinkType + (view.HasPacket ? 1 : 0) + view.Payload.Length;
        return error;
    }
}
