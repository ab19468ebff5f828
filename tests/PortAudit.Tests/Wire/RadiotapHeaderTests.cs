using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class RadiotapHeaderTests
{
    [Theory]
    [InlineData("0000 0800 00000000 08", 8, false, false, false, "08")]
    [InlineData("0000 0900 02000000 10 08", 9, true, false, false, "08")]
    [InlineData("0000 1100 03000000 0000000000000000 70 08", 17, true, true, true, "08")]
    [InlineData("0000 1900 030000A0 00000000 00000000 0000000000000000 10 08", 25, true, false, false, "08")]
    [InlineData("0000 0800 02000000 10", 8, false, false, false, "10")]
    public void A_vector_reads_as_written(string hex, int headerLength, bool hasCheck, bool isPadded, bool isDamaged,
        string payload)
    {
        Assert.True(RadiotapHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, hasCheck, isPadded, isDamaged),
            (view.HeaderLength, view.HasFrameCheckSequence, view.IsPadded, view.IsDamaged));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("01", (int)ParseError.BadVersion)]
    [InlineData("0000 0700 00000000", (int)ParseError.BadLength)]
    [InlineData("0000 0800 00000080 00000000", (int)ParseError.BadLength)]
    [InlineData(
        "0000 8800 000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0000000A0 00000000", (int)ParseError.BadValue)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (RadiotapHeader.TryParse(bytes, out var view, out var error))
            _ = (view.HasFrameCheckSequence ? 1 : 0) + (view.IsPadded ? 1 : 0) + (view.IsDamaged ? 1 : 0)
                + view.Payload.Length;
        return error;
    }
}
