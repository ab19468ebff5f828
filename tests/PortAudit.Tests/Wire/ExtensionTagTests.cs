using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class ExtensionTagTests
{
    [Theory]
    [InlineData("0000 0064 0000 0800 45", 8, "100 0800", "45")]
    [InlineData("E000 FFFF 0000 86DD 60", 8, "4095 86DD", "60")]
    public void A_vector_reads_as_written(string hex, int headerLength, string fields, string payload)
    {
        Assert.True(ExtensionTag.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, fields), (ExtensionTag.HeaderLength, $"{view.Channel} {view.EtherType:X4}"));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (ExtensionTag.TryParse(bytes, out var view, out var error))
            _ = view.Channel + view.EtherType + view.Payload.Length;
        return error;
    }
}
