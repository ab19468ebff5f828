using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class RedundancyTagTests
{
    [Theory]
    [InlineData("003C 0001 0800 45", 6, "1 0800", "45")]
    [InlineData("F052 FFFF 86DD 60", 6, "65535 86DD", "60")]
    public void A_vector_reads_as_written(string hex, int headerLength, string fields, string payload)
    {
        Assert.True(RedundancyTag.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, fields),
            (RedundancyTag.HeaderLength, $"{view.SequenceNumber} {view.EtherType:X4}"));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (RedundancyTag.TryParse(bytes, out var view, out var error))
            _ = view.SequenceNumber + view.EtherType + view.Payload.Length;
        return error;
    }
}
