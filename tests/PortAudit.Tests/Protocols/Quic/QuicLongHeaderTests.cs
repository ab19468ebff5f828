using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Quic;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Quic;

public sealed class QuicLongHeaderTests
{
    private const string Vector = "C3 00000001 08 6A39E7BD7A594069 02 0102 00 4004 5A5A5A5A";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(QuicLongHeader.TryParse(Hex.Bytes(Vector), out var view, out _));

        Assert.Equal((QuicVersion.One, QuicPacketKind.Initial, 8, 2, 17),
            (view.Version, view.Kind, view.DestinationIdLength, view.SourceIdLength, view.Length));
    }

    [Theory]
    [InlineData("C3 51303436 05 6C6B26EDEAB5BEC4", 0, 8)]
    [InlineData("C6 FF000012 50 726272642FC2EB20", 8, 0)]
    public void One_byte_holds_both_lengths_in_older_versions(string bytes, int destination, int source)
    {
        Assert.True(QuicLongHeader.TryParse(Hex.Bytes(bytes), out var view, out _));

        Assert.Equal((destination, source, 14), (view.DestinationIdLength, view.SourceIdLength, view.Length));
    }

    [Theory]
    [InlineData("D6 6B3343CF 00 00", 0)]
    [InlineData("C6 6B3343CF 00 00", 3)]
    [InlineData("F6 00000001 00 00", 3)]
    public void Version_two_counts_the_kinds_otherwise(string bytes, int expected)
    {
        Assert.True(QuicLongHeader.TryParse(Hex.Bytes(bytes), out var view, out _));

        Assert.Equal(expected, (int)view.Kind);
    }

    [Theory]
    [InlineData("4F", ParseError.BadValue)]
    [InlineData("C3000000011500", ParseError.BadLength)]
    [InlineData("C30000000100", ParseError.Incomplete)]
    [InlineData("C3000000010015", ParseError.BadLength)]
    public void Other_bytes_are_refused(string bytes, ParseError expected) =>
        ViewContract.Refuses(bytes, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, 17, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (QuicLongHeader.TryParse(bytes, out var view, out var error))
            _ = (view.First, view.Version, view.Kind, view.DestinationIdLength, view.SourceIdLength, view.Length,
                view.Rest.Length);
        return error;
    }
}
