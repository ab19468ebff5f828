using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class PppoePacketTests
{
    [Theory]
    [InlineData("11 00 0064 0003 002145", true, 0x0064, 3, "002145")]
    [InlineData("11 00 FFFF 0002 0021 0000", true, 0xFFFF, 2, "0021")]
    [InlineData("11 00 0001 0040 0021", true, 1, 64, "0021")]
    [InlineData("11 09 0000 0004 01010000", false, 0, 4, "01010000")]
    public void A_vector_reads_as_written(string hex, bool isSession, int session, int announced, string payload)
    {
        Assert.True(PppoePacket.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((isSession, session, announced),
            (view.IsSession, view.SessionIdentifier, view.AnnouncedPayloadLength));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, PppoePacket.HeaderLength, Read);
    }

    [Theory]
    [InlineData("21 00 0001 0000")]
    [InlineData("12 00 0001 0000")]
    [InlineData("45")]
    public void Another_version_or_type_is_refused(string hex) =>
        Assert.Equal(ParseError.BadVersion, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PppoePacket.TryParse(bytes, out var view, out var error))
            _ = (view.IsSession ? 1 : 0) + view.SessionIdentifier + view.AnnouncedPayloadLength + view.Payload.Length;
        return error;
    }
}
