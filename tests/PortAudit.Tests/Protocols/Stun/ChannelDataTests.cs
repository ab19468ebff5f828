using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Stun;

public sealed class ChannelDataTests
{
    private const string Vector = "40000004 80000001";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(ChannelData.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal(((ushort)0x4000, 8), (view.Channel, view.TotalLength));
    }

    [Fact]
    public void It_fills_a_datagram_but_for_padding()
    {
        Assert.True(ChannelData.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((false, true, true, false), (view.Fills(7), view.Fills(8), view.Fills(11), view.Fills(12)));
    }

    [Theory]
    [InlineData("50", ParseError.BadValue)]
    [InlineData("400000", ParseError.Incomplete)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, ChannelData.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (ChannelData.TryParse(bytes, out var view, out var error))
            _ = (view.Channel, view.TotalLength, view.Fills(bytes.Length));
        return error;
    }
}
