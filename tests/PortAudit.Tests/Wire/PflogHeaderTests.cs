using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class PflogHeaderTests
{
    [Theory]
    [InlineData(
        "3D02 0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000 45", 64, 0x0800, "45")]
    [InlineData(
        "3D18 0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000 60", 64, 0x86DD, "60")]
    [InlineData(
        "4007 0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000", 64, 0xFFFF, "")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, string payload)
    {
        Assert.True(PflogHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType), (view.HeaderLength, view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("2C", (int)ParseError.BadLength)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PflogHeader.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.Payload.Length;
        return error;
    }
}
