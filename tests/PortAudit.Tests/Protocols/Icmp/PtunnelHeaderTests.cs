using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Icmp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Icmp;

public sealed class PtunnelHeaderTests
{
    private const string Vector = "D5200880 C6336407 00000016 40000002 0000FFFF 00000003 0001 2B1F 616263";

    [Fact]
    public void Data_is_as_long_as_the_header_says() =>
        Assert.True(PtunnelHeader.TryParse(Hex.Bytes(Vector), out var header, out _) && header.DataLength == 3);

    [Theory]
    [InlineData("D5200880 C6336407 00010000 40000002 0000FFFF 00000003 0001 2B1F", ParseError.BadValue)]
    [InlineData("D5200880 C6336407 00000016 00000002 0000FFFF 00000003 0001 2B1F", ParseError.BadValue)]
    [InlineData("D5200880 C6336407 00000016 C0000002 0000FFFF 00000003 0001 2B1F", ParseError.BadValue)]
    [InlineData("D5200880 C6336407 00000016 40000005 0000FFFF 00000003 0001 2B1F", ParseError.BadValue)]
    [InlineData("D5200880 C6336407 00000016 40000002 0000FFFF 00010003 0001 2B1F", ParseError.BadLength)]
    public void A_port_a_state_a_sender_or_a_length_that_cannot_be_is_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, PtunnelHeader.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PtunnelHeader.TryParse(bytes, out var header, out var error))
            _ = header.DataLength;
        return error;
    }
}
