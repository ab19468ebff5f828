using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class FabricPathTagTests
{
    [Theory]
    [InlineData("4020 020000000003 020000000004 0800 45", 16, 0x0800, 256, "45")]
    [InlineData("FFE0 020000000003 020000000004 8100 00", 16, 0x8100, 1023, "00")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, int forwardingTag,
        string payload)
    {
        Assert.True(FabricPathTag.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType, forwardingTag),
            (FabricPathTag.HeaderLength, view.EtherType, view.ForwardingTag));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (FabricPathTag.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.ForwardingTag + view.Payload.Length;
        return error;
    }
}
