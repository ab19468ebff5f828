using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class ServiceInstanceTagTests
{
    [Theory]
    [InlineData("00000101 020000000003 020000000004 0800 45", 18, 0x0800, 257, "45")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, long identifier, string payload)
    {
        Assert.True(ServiceInstanceTag.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType, identifier),
            (ServiceInstanceTag.HeaderLength, view.EtherType, view.Identifier));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (ServiceInstanceTag.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + (int)view.Identifier + view.Payload.Length;
        return error;
    }
}
