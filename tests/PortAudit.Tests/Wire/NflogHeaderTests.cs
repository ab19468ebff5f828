using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class NflogHeaderTests
{
    [Theory]
    [InlineData("02 00 0014 08000100 08000127 05000A00 00000000 05000900 45", 24, 0x0800, "45")]
    [InlineData("0A 00 0000 00060011 00000000 00050009 60", 16, 0x86DD, "60")]
    [InlineData("07 00 0000 04000900", 8, 0xFFFF, "")]
    [InlineData("07 00 0000 08000100 08060000 05000900 00", 16, 0x0806, "00")]
    [InlineData("07 00 0000 05000100 08000000 05000900 45", 16, 0xFFFF, "45")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, string payload)
    {
        Assert.True(NflogHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType), (view.HeaderLength, (int)view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("02010000", (int)ParseError.BadVersion)]
    [InlineData("02000000 03000100", (int)ParseError.BadLength)]
    [InlineData(
        "0200000004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100040001000400010004000100", (int)ParseError.BadValue)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (NflogHeader.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.Payload.Length;
        return error;
    }
}
