using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Rtp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Rtp;

public sealed class RtpPacketTests
{
    private const string Vector = "91E0162E 00000A00 7D2D3E1F 01020304 BEDE0001 10AA0000 D5D5";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(RtpPacket.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((1, true, 96, (ushort)0x162E, 0xA00u, 0x7D2D3E1Fu),
            (view.SourceCount, view.HasExtension, view.PayloadType, view.SequenceNumber, view.Timestamp, view.Source));
    }

    [Fact]
    public void Sources_and_extension_must_fit()
    {
        Assert.True(RtpPacket.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((true, false), (view.FitsInto(24), view.FitsInto(23)));
    }

    [Fact]
    public void An_extension_that_was_cut_away_is_not_held_against_it()
    {
        Assert.True(RtpPacket.TryParse(Hex.Bytes(Vector).AsSpan(..17), out var view, out _) && view.FitsInto(20));
    }

    [Theory]
    [InlineData("40", ParseError.BadVersion)]
    [InlineData("C0", ParseError.BadVersion)]
    [InlineData("80E0", ParseError.Incomplete)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, RtpPacket.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (RtpPacket.TryParse(bytes, out var view, out var error))
            _ = (view.SourceCount, view.HasExtension, view.PayloadType, view.SequenceNumber, view.Timestamp,
                view.Source, view.MayBeMedia, view.FitsInto(bytes.Length));
        return error;
    }
}
