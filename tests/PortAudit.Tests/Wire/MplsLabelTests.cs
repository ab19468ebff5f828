using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class MplsLabelTests
{
    [Theory]
    [InlineData("0001D 0 40 45", 29u, false, "45")]
    [InlineData("0001D 1 40 45", 29u, true, "45")]
    [InlineData("FFFFF F FF", 1048575u, true, "")]
    [InlineData("00000 E 00", 0u, false, "")]
    public void A_vector_reads_as_written(string hex, uint label, bool isBottom, string payload)
    {
        Assert.True(MplsLabel.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((label, isBottom), (view.Label, view.IsBottom));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, MplsLabel.HeaderLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (MplsLabel.TryParse(bytes, out var view, out var error))
            _ = (int)view.Label + (view.IsBottom ? 1 : 0) + view.Payload.Length;
        return error;
    }
}
