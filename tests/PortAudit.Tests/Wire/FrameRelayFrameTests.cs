using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class FrameRelayFrameTests
{
    [Theory]
    [InlineData("1841 03 CC 45", 4, 0x0800, "45")]
    [InlineData("1841 03 8E 60", 4, 0x86DD, "60")]
    [InlineData("18400041 03 00 80 000000 0800 45", 12, 0x0800, "45")]
    [InlineData("1841 03 80 0080C2 0007 00", 9, 0xFFFF, "00")]
    [InlineData("1841 0800 45", 4, 0x0800, "45")]
    [InlineData("1841 03 81 00", 4, 0xFFFF, "00")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, string payload)
    {
        Assert.True(FrameRelayFrame.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType), (view.HeaderLength, view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("19", (int)ParseError.BadValue)]
    [InlineData("18404040", (int)ParseError.BadValue)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (FrameRelayFrame.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.Payload.Length;
        return error;
    }
}
