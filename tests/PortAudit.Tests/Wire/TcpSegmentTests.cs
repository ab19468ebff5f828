using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class TcpSegmentTests
{
    private const string Plain = "C001 0050 01020304 05060708 50 18 FAF0 0000 0000 474554";
    private const string WithOptions = "C001 0050 01020304 00000000 60 02 FAF0 0000 0000 020405B4 474554";

    [Theory]
    [InlineData(Plain, 20, 0x05060708u, TcpFlags.Psh | TcpFlags.Ack)]
    [InlineData(WithOptions, 24, 0u, TcpFlags.Syn)]
    public void A_vector_reads_as_written(string hex, int headerLength, uint acknowledgment, TcpFlags flags)
    {
        Assert.True(TcpSegment.TryParse(Hex.Bytes(hex), out var segment, out _));
        Assert.Equal(headerLength, segment.HeaderLength);
        Assert.Equal(0x01020304u, segment.Control.SequenceNumber);
        Assert.Equal(acknowledgment, segment.Control.AcknowledgmentNumber);
        Assert.Equal(flags, segment.Control.Flags);
        Assert.Equal(0xFAF0, segment.Control.Window);
        Assert.Equal("474554", Convert.ToHexString(segment.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Fact]
    public void A_data_offset_below_five_is_refused() =>
        ViewContract.Refuses(Plain.Replace("50 18", "40 18", StringComparison.Ordinal), ParseError.BadLength, Read);

    [Fact]
    public void A_data_offset_beyond_the_bytes_is_incomplete() =>
        ViewContract.Refuses(Plain.Replace("50 18", "60 18", StringComparison.Ordinal), ParseError.Incomplete, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (TcpSegment.TryParse(bytes, out var segment, out var error))
            _ = segment.HeaderLength + segment.Payload.Length + segment.Control.Window;
        return error;
    }
}
