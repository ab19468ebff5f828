using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class EthernetFrameTests
{
    [Theory]
    [InlineData("020000000001 020000000002 0800 4500", 0x0800, "4500")]
    [InlineData("020000000001 020000000002 86DD", 0x86DD, "")]
    [InlineData("0180C2000000 020000000002 0026 424203", 0x0026, "424203")]
    public void A_vector_reads_as_written(string hex, int etherType, string payload)
    {
        Assert.True(EthernetFrame.TryParse(Hex.Bytes(hex), out var frame, out _));
        Assert.Equal(etherType, frame.EtherType);
        Assert.Equal(payload, Convert.ToHexString(frame.Payload));
        ViewContract.Holds(hex, EthernetFrame.HeaderLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (EthernetFrame.TryParse(bytes, out var frame, out var error))
            _ = frame.EtherType + frame.Payload.Length;
        return error;
    }
}
