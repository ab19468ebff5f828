using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class TrillHeaderTests
{
    [Theory]
    [InlineData("003F 0001 0002 AA", 6, "1 2", "AA")]
    [InlineData("38BF FFC0 ABCD 01020304 05060708 AA", 14, "65472 43981", "AA")]
    public void A_vector_reads_as_written(string hex, int headerLength, string fields, string payload)
    {
        Assert.True(TrillHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, fields), (view.HeaderLength, $"{view.EgressNickname} {view.IngressNickname}"));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("403F 0001 0002")]
    [InlineData("C000")]
    public void Another_version_is_refused(string hex) => Assert.Equal(ParseError.BadVersion, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (TrillHeader.TryParse(bytes, out var view, out var error))
            _ = view.HeaderLength + view.EgressNickname + view.IngressNickname + view.Payload.Length;
        return error;
    }
}
