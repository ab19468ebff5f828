using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class PpiHeaderTests
{
    [Theory]
    [InlineData("00 00 0800 69000000 08", 8, 105, false, false, "08")]
    [InlineData("00 00 2000 69000000 0200 1400 0000000000000000 0500 00000000000000000000 08", 32, 105, true, true,
        "08")]
    [InlineData("00 01 2800 69000000 FF7F 0300 00000000 0200 1400 0000000000000000 0100 00000000000000000000 08", 40,
        105, true, false, "08")]
    [InlineData("00 00 0E00 01000000 0200 1400 0000 08", 14, 1, false, false, "08")]
    public void A_vector_reads_as_written(string hex, int headerLength, long linkType, bool hasCheck, bool isDamaged,
        string payload)
    {
        Assert.True(PpiHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, linkType, hasCheck, isDamaged),
            (view.HeaderLength, view.LinkType, view.HasFrameCheckSequence, view.IsDamaged));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("01", (int)ParseError.BadVersion)]
    [InlineData("00 00 0700 69000000", (int)ParseError.BadLength)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PpiHeader.TryParse(bytes, out var view, out var error))
            _ = (int)view.LinkType + (view.HasFrameCheckSequence ? 1 : 0) + (view.IsDamaged ? 1 : 0)
                + view.Payload.Length;
        return error;
    }
}
