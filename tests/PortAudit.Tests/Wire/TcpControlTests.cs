using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class TcpControlTests
{
    private const string Vector = "C001 0050 01020304 05060708 A0 12 FAF0 0000 0000";

    [Fact]
    public void It_needs_no_more_than_the_control_bits()
    {
        Assert.True(TcpControl.TryParse(Hex.Bytes(Vector).AsSpan(0, TcpControl.Length), out var control, out _));
        Assert.Equal(0x01020304u, control.SequenceNumber);
        Assert.Equal(0x05060708u, control.AcknowledgmentNumber);
        Assert.Equal(40, control.HeaderLength);
        Assert.Equal(TcpFlags.Syn | TcpFlags.Ack, control.Flags);
    }

    [Theory]
    [InlineData(14, 0)]
    [InlineData(15, 0)]
    [InlineData(16, 0xFAF0)]
    public void The_window_is_read_when_it_was_captured(int length, int window)
    {
        Assert.True(TcpControl.TryParse(Hex.Bytes(Vector).AsSpan(0, length), out var control, out _));
        Assert.Equal(window, control.Window);
    }

    [Fact]
    public void A_data_offset_below_five_is_refused() =>
        ViewContract.Refuses(Vector.Replace("A0 12", "4F 12", StringComparison.Ordinal), ParseError.BadLength, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, TcpControl.Length, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (TcpControl.TryParse(bytes, out var control, out var error))
            _ = control.SequenceNumber + control.AcknowledgmentNumber + (uint)control.HeaderLength + (uint)control.Flags
                + control.Window;
        return error;
    }
}
