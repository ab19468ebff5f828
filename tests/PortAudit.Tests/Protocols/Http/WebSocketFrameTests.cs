using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Http;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Http;

public sealed class WebSocketFrameTests
{
    private const string Masked = "82 85 37FA213D 7F9F4D5158"; // "Hello", RFC 6455 §5.7

    [Theory]
    [InlineData(Masked, 11UL)]
    [InlineData("82 05 48656C6C6F", 7UL)]
    [InlineData("82 7E 0100 48656C6C6F", 260UL)]
    [InlineData("82 7F 0000000000010000 48656C6C6F", 65_546UL)]
    [InlineData("82 7F FFFFFFFFFFFFFFFF 48656C6C6F", long.MaxValue + 10UL)]
    public void Its_payload_is_shown_without_the_mask(string hex, ulong length)
    {
        Assert.True(WebSocketFrame.TryParse(Hex.Bytes(hex), out var frame, out _));

        Span<byte> buffer = stackalloc byte[8];
        Assert.Equal("Hello"u8, buffer[..frame.CopyPayload(buffer)]);
        Assert.Equal("Hel"u8, buffer[..frame.CopyPayload(buffer[..3])]);
        Assert.Equal(length, frame.Length);
        Assert.False(frame.IsControl);
    }

    [Theory]
    [InlineData("C2 05 48656C6C6F")] // compressed
    [InlineData("83 05 48656C6C6F")] // reserved
    [InlineData("8B 00")]
    public void What_cannot_be_read_is_refused(string hex)
    {
        Assert.False(WebSocketFrame.TryParse(Hex.Bytes(hex), out _, out var error));
        Assert.Equal(ParseError.BadValue, error);
    }

    [Fact]
    public void It_is_a_sound_view()
    {
        ViewContract.Holds(Masked, 6, Read);
        ViewContract.Holds("82 FF 0000000000000005 37FA213D 7F9F4D5158", 14, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> buffer = stackalloc byte[8];
        if (WebSocketFrame.TryParse(bytes, out var frame, out var error))
            _ = (frame.IsControl, frame.Length, frame.CopyPayload(buffer));
        return error;
    }
}
