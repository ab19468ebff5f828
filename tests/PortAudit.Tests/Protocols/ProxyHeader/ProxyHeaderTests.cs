using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.ProxyHeader;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.ProxyHeader;

public sealed class ProxyHeaderTests
{
    private const string Line =
        "50524F585920 54435034 20 3139322E302E322E31 20 3139322E302E322E32 20 3430303031 20 3235 0D0A 4548";
    private const int LineLength = 41;
    private const string Block = "0D0A0D0A000D0A515549540A 21 11 000C C0000201C00002029C410019 4548";

    [Fact]
    public void The_length_of_a_line_includes_its_end()
    {
        Assert.True(ProxyHeaderLine.TryParse(Hex.Bytes(Line), out var header, out _));
        Assert.Equal(LineLength, header.TotalLength);
    }

    [Fact]
    public void The_length_of_a_block_includes_its_addresses()
    {
        Assert.True(ProxyHeaderBlock.TryParse(Hex.Bytes(Block), out var header, out _));
        Assert.Equal(28, header.TotalLength);
    }

    [Fact]
    public void A_line_that_does_not_end_is_none()
    {
        var bytes = new byte[200];
        bytes.AsSpan().Fill((byte)' ');
        "PROXY UNKNOWN"u8.CopyTo(bytes);

        Assert.False(ProxyHeaderLine.TryParse(bytes, out _, out var error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void A_line_is_a_sound_view() => ViewContract.Holds(Line, LineLength, ReadLine);

    [Fact]
    public void A_block_is_a_sound_view() => ViewContract.Holds(Block, ProxyHeaderBlock.FixedLength, ReadBlock);

    private static ParseError ReadLine(ReadOnlySpan<byte> bytes)
    {
        if (ProxyHeaderLine.TryParse(bytes, out var header, out var error))
            _ = header.TotalLength;
        return error;
    }

    private static ParseError ReadBlock(ReadOnlySpan<byte> bytes)
    {
        if (ProxyHeaderBlock.TryParse(bytes, out var header, out var error))
            _ = header.TotalLength;
        return error;
    }
}
