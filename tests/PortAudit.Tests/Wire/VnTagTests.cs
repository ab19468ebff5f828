using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class VnTagTests
{
    [Theory]
    [InlineData("8033 0000 0800 45", 6, "51 0800", "45")]
    [InlineData("0000 0033 8100 00", 6, "0 8100", "00")]
    public void A_vector_reads_as_written(string hex, int headerLength, string fields, string payload)
    {
        Assert.True(VnTag.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, fields), (VnTag.HeaderLength, $"{view.DestinationInterface} {view.EtherType:X4}"));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (VnTag.TryParse(bytes, out var view, out var error))
            _ = view.DestinationInterface + view.EtherType + view.Payload.Length;
        return error;
    }
}
