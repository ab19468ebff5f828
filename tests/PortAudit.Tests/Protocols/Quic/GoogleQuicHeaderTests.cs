using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Quic;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Quic;

public sealed class GoogleQuicHeaderTests
{
    private const string Vector = "0D FADEB0E557E692A0 51303335 01DA93CC";

    [Fact]
    public void A_client_goes_on_behind_the_version()
    {
        Assert.True(GoogleQuicHeader.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((false, false), (view.IsReset, view.IsNegotiation));
    }

    [Theory]
    [InlineData("0D FADEB0E557E692A0 51303335 51303334", false, true)]
    [InlineData("0A FADEB0E557E692A0 50525354 03000000", true, false)]
    public void A_server_resets_or_offers_versions(string bytes, bool isReset, bool isNegotiation)
    {
        Assert.True(GoogleQuicHeader.TryParse(Hex.Bytes(bytes), out var view, out _));

        Assert.Equal((isReset, isNegotiation), (view.IsReset, view.IsNegotiation));
    }

    [Theory]
    [InlineData("8D", ParseError.BadValue)]
    [InlineData("0C", ParseError.BadValue)]
    [InlineData("05", ParseError.BadValue)]
    [InlineData("0DFADEB0E557E692A05230333501", ParseError.BadVersion)]
    [InlineData("0AFADEB0E557E692A05130333501", ParseError.BadVersion)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, GoogleQuicHeader.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (GoogleQuicHeader.TryParse(bytes, out var view, out var error))
            _ = (view.IsReset, view.IsNegotiation);
        return error;
    }
}
