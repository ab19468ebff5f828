using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class ArcnetFrameTests
{
    [Theory]
    [InlineData(true, "BE50 AB08 F0 45", 5, 0x0800)]
    [InlineData(true, "BE50 A8E7 D4 00 0166 45", 8, 0x0800)]
    [InlineData(true, "BE50 A8E7 C4 00 0166 60", 8, 0x86DD)]
    [InlineData(true, "BE50 EA08 D5 00 0165 00", 8, 0xFFFF)]
    [InlineData(true, "BE50 ED08 F1 00", 5, 0xFFFF)]
    [InlineData(false, "BE50 F0 45", 3, 0x0800)]
    [InlineData(false, "BE50 D4 00 0166 45", 6, 0x0800)]
    [InlineData(false, "BE50 D4 03 0166 45", 6, 0x0800)]
    [InlineData(false, "BE50 D4 02 0166 45", 6, 0xFFFF)]
    [InlineData(false, "BE50 D4 FF FFFF D4 00 0166 45", 10, 0x0800)]
    [InlineData(false, "BE50 D4 FF FFFF D4 04 0166 45", 10, 0xFFFF)]
    public void A_vector_reads_as_written(bool isOfLinux, string hex, int headerLength, int etherType)
    {
        Assert.True(ArcnetFrame.TryParse(Hex.Bytes(hex), isOfLinux, out var view, out _));
        Assert.Equal((headerLength, etherType), (view.HeaderLength, view.EtherType));
        Assert.Equal(hex[^2..], Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, bytes => Read(bytes, isOfLinux));
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes, bool isOfLinux)
    {
        if (ArcnetFrame.TryParse(bytes, isOfLinux, out var view, out var error))
            _ = view.EtherType + view.Payload.Length;
        return error;
    }
}
