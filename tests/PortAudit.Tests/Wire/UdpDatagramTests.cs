using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class UdpDatagramTests
{
    private const string Vector = "C001 0035 000B 0000 010203";

    [Fact]
    public void A_vector_reads_as_written()
    {
        Assert.True(UdpDatagram.TryParse(Hex.Bytes(Vector + "0000"), out var datagram, out _));
        Assert.Equal(11, datagram.Length);
        Assert.Equal("010203", Convert.ToHexString(datagram.Payload));
        Assert.False(datagram.IsCut);
    }

    [Fact]
    public void Length_beyond_the_bytes_is_a_cut_payload()
    {
        Assert.True(UdpDatagram.TryParse(Hex.Bytes(Vector).AsSpan(0, 10), out var datagram, out _));
        Assert.Equal("0102", Convert.ToHexString(datagram.Payload));
        Assert.True(datagram.IsCut);
    }

    [Theory]
    [InlineData("0007")]
    [InlineData("0000")]
    public void A_length_shorter_than_the_header_is_refused(string length) =>
        ViewContract.Refuses(Vector.Replace("000B", length, StringComparison.Ordinal), ParseError.BadLength, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, UdpDatagram.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (UdpDatagram.TryParse(bytes, out var datagram, out var error))
            _ = datagram.Length + datagram.Payload.Length + (datagram.IsCut ? 1 : 0);
        return error;
    }
}
