using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class VlanTagTests
{
    [Theory]
    [InlineData("0064 0800 45", 100, 0x0800, "45")]
    [InlineData("FFFF 8100 0001", 4095, 0x8100, "0001")]
    [InlineData("E000 86DD", 0, 0x86DD, "")]
    public void A_vector_reads_as_written(string hex, int identifier, int etherType, string payload)
    {
        Assert.True(VlanTag.TryParse(Hex.Bytes(hex), out var tag, out _));
        Assert.Equal(identifier, tag.Identifier);
        Assert.Equal(etherType, tag.EtherType);
        Assert.Equal(payload, Convert.ToHexString(tag.Payload));
        ViewContract.Holds(hex, VlanTag.HeaderLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (VlanTag.TryParse(bytes, out var tag, out var error))
            _ = tag.Identifier + tag.EtherType + tag.Payload.Length;
        return error;
    }
}
