using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class LoopbackFrameTests
{
    [Theory]
    [InlineData("02000000 45", 0x0800, 0xFFFF, "45")]
    [InlineData("00000002 45", 0x0800, 0x0800, "45")]
    [InlineData("18000000 60", 0x86DD, 0xFFFF, "60")]
    [InlineData("00000018 60", 0x86DD, 0x86DD, "60")]
    [InlineData("1C000000 60", 0x86DD, 0xFFFF, "60")]
    [InlineData("0000001C 60", 0x86DD, 0x86DD, "60")]
    [InlineData("1E000000 60", 0x86DD, 0xFFFF, "60")]
    [InlineData("0000001E 60", 0x86DD, 0x86DD, "60")]
    [InlineData("00080000 45", 0x0800, 0xFFFF, "45")]
    [InlineData("00000800 45", 0x0800, 0x0800, "45")]
    [InlineData("DD860000 60", 0x86DD, 0xFFFF, "60")]
    [InlineData("000086DD 60", 0x86DD, 0x86DD, "60")]
    [InlineData("0F000800 45", 0x0800, 0x0800, "45")]
    [InlineData("00000806 00", 0xFFFF, 0xFFFF, "00")]
    [InlineData("07000000 42", 0xFFFF, 0xFFFF, "42")]
    [InlineData("00020000 45", 0xFFFF, 0xFFFF, "45")]
    public void A_vector_reads_as_written(string hex, int hostOrder, int networkOrder, string payload)
    {
        Assert.True(LoopbackFrame.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((hostOrder, networkOrder), (view.HostOrderEtherType, view.NetworkOrderEtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, LoopbackFrame.HeaderLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (LoopbackFrame.TryParse(bytes, out var view, out var error))
            _ = view.HostOrderEtherType + view.NetworkOrderEtherType + view.Payload.Length;
        return error;
    }
}
