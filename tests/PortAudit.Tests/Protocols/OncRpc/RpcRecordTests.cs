using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.OncRpc;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.OncRpc;

public sealed class RpcRecordTests
{
    private const string TwoFragments = "00000014 000102030405060708090A0B0C0D0E0F10111213 80000004 14151617";

    [Fact]
    public void Fragments_are_put_together()
    {
        Assert.True(RpcRecord.TryParse(Hex.Bytes(TwoFragments + "FF"), out var record, out _));
        var message = new byte[record.TotalLength];

        Assert.Equal((true, 2, 32, 20),
            (record.IsWhole, record.FragmentCount, record.TotalLength, record.First.Length));
        Assert.Equal(Enumerable.Range(0, 24).Select(number => (byte)number), message[..record.CopyTo(message)]);
    }

    [Fact]
    public void A_record_without_its_last_fragment_is_not_whole()
    {
        Assert.True(RpcRecord.TryParse(Hex.Bytes(TwoFragments).AsSpan(0, 24), out var record, out _));

        Assert.Equal((false, 24), (record.IsWhole, record.TotalLength));
    }

    [Theory]
    [InlineData("80000013")]
    [InlineData("FFFFFFFF")]
    public void A_fragment_of_an_impossible_length_is_refused(string mark)
    {
        Assert.False(RpcRecord.TryParse(Hex.Bytes(mark), out _, out var error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void Too_many_fragments_are_refused()
    {
        var stream = Hex.Bytes("00000014" + new string('0', 40)
            + string.Concat(Enumerable.Repeat("00000000", RpcRecord.MaximumFragments)));

        Assert.False(RpcRecord.TryParse(stream, out _, out var error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void The_view_is_sound() => ViewContract.Holds(TwoFragments, RpcRecord.MarkLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> message = stackalloc byte[64];
        if (RpcRecord.TryParse(bytes, out var record, out var error))
            _ = (record.TotalLength, record.IsWhole, record.First.Length, record.FragmentCount,
                record.TotalLength <= message.Length ? record.CopyTo(message) : 0);
        return error;
    }
}
