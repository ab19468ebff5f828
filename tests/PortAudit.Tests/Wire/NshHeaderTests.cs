using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class NshHeaderTests
{
    [Theory]
    [InlineData("0FC20201 00000AFF 45", 8, "1 10", "45")]
    [InlineData("0FC60103 00FFFFFF 00000001 00000002 00000003 00000004 02", 24, "3 65535", "02")]
    public void A_vector_reads_as_written(string hex, int headerLength, string fields, string payload)
    {
        Assert.True(NshHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, fields), (view.HeaderLength, $"{view.NextProtocol} {view.ServicePath}"));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("40", (int)ParseError.BadVersion)]
    [InlineData("0FC1", (int)ParseError.BadLength)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (NshHeader.TryParse(bytes, out var view, out var error))
            _ = view.NextProtocol + view.ServicePath + view.Payload.Length;
        return error;
    }
}
