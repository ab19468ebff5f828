using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class CiscoMetadataTagTests
{
    [Theory]
    [InlineData("01 01 0001 0002 0800 45", 8, "2 0800", "45")]
    [InlineData("01 02 0001 FFFF 0002 0003 86DD 60", 12, "65535 86DD", "60")]
    public void A_vector_reads_as_written(string hex, int headerLength, string fields, string payload)
    {
        Assert.True(CiscoMetadataTag.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, fields), (view.HeaderLength, $"{view.SecurityGroup} {view.EtherType:X4}"));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("02", (int)ParseError.BadVersion)]
    [InlineData("0100 0800", (int)ParseError.BadLength)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (CiscoMetadataTag.TryParse(bytes, out var view, out var error))
            _ = view.SecurityGroup + view.EtherType + view.Payload.Length;
        return error;
    }
}
