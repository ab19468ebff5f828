using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class PrismHeaderTests
{
    [Theory]
    [InlineData("44000000 90000000 "
        + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000 08", 144, 1, "08")]
    public void A_vector_reads_as_written(string hex, int headerLength, int rest, string payload)
    {
        Assert.True(PrismHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, rest), (PrismHeader.HeaderLength, view.Payload.Length));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PrismHeader.TryParse(bytes, out var view, out var error))
            _ = view.Payload.Length;
        return error;
    }
}
