using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class CiscoHdlcFrameTests
{
    [Theory]
    [InlineData("0F00 0800 45", 0x0800, "45")]
    [InlineData("8F00 86DD", 0x86DD, "")]
    [InlineData("8F00 8035 00", 0x8035, "00")]
    [InlineData("0F00 0002 00", 0xFFFF, "00")]
    public void A_vector_reads_as_written(string hex, int etherType, string payload)
    {
        Assert.True(CiscoHdlcFrame.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal(etherType, view.EtherType);
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, CiscoHdlcFrame.HeaderLength, Read);
    }

    [Theory]
    [InlineData(0x0F, true)]
    [InlineData(0x8F, true)]
    [InlineData(0xFF, false)]
    [InlineData(0x21, false)]
    public void The_address_tells_it_from_PPP(byte address, bool isCisco) =>
        Assert.Equal(isCisco, CiscoHdlcFrame.IsAddress(address));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (CiscoHdlcFrame.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.Payload.Length;
        return error;
    }
}
