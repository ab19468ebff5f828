using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.OpcUa;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.OpcUa;

public sealed class OpcUaChunkTests
{
    private const string Acknowledge = "41434B46 1C000000 00000000 00000100 00000100 00000000 00000000";
    private const string ReadRequest = "4D534746 20000000 05000000 01000000 34000000 02000000 0100 7702 00000000";

    [Theory]
    [InlineData(Acknowledge, SideMatch.Reply)]
    [InlineData(ReadRequest, SideMatch.Request)]
    [InlineData("4D534743 20000000 05000000 01000000 34000000 02000000 0100 7A02 00000000", SideMatch.Reply)]
    [InlineData("4D534746 20000000 05000000 01000000 34000000 02000000 55AA 7702 00000000", SideMatch.EitherSide)]
    public void A_chunk_shows_its_sender(string bytes, object side)
    {
        Assert.True(OpcUaChunk.TryParse(Hex.Bytes(bytes), out var chunk, out _));

        Assert.Equal((SideMatch)side, chunk.Side);
    }

    [Theory]
    [InlineData("48454C43", ParseError.BadValue)]
    [InlineData("4D534758", ParseError.BadValue)]
    [InlineData("48454C46 1F000000", ParseError.BadLength)]
    [InlineData("4D534746 00000002", ParseError.BadLength)]
    [InlineData("41434B46 1D000000 00000000 00000100 00000100 00000000 00000000 00", ParseError.BadValue)]
    public void Other_bytes_are_refused(string bytes, object expected) =>
        ViewContract.Refuses(bytes, (ParseError)expected, Read);

    [Fact]
    public void It_is_a_sound_view()
    {
        ViewContract.Holds(Acknowledge, Hex.Bytes(Acknowledge).Length, Read);
        ViewContract.Holds(ReadRequest, 24, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (OpcUaChunk.TryParse(bytes, out var view, out var error))
            _ = (view.TotalLength, view.Side);
        return error;
    }
}
