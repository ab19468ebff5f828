using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class PseudowireControlWordTests
{
    [Theory]
    [InlineData("0000 0000", 0, "")]
    [InlineData("0000 FFFE 0050", 65534, "0050")]
    public void A_vector_reads_as_written(string hex, ushort number, string payload)
    {
        Assert.True(PseudowireControlWord.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal(number, view.SequenceNumber);
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, PseudowireControlWord.HeaderLength, Read);
    }

    [Theory]
    [InlineData("1000 0021")] // the channel of the pseudowire's own messages (RFC 4385 §5)
    [InlineData("0001 0000")]
    [InlineData("4500 0054")]
    public void What_a_sender_of_Ethernet_may_not_write_is_refused(string hex) =>
        Assert.Equal(ParseError.BadValue, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PseudowireControlWord.TryParse(bytes, out var view, out var error))
            _ = view.SequenceNumber + view.Payload.Length;
        return error;
    }
}
