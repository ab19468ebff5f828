using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class DceRpcPduTests
{
    private const string Bind = "05000b0310000000 4800 0000 01000000 d016d01600000000 01000000 00000100 "
        + "0883afe11f5dc91191a408002b14a0fa 03000000 045d888aeb1cc9119fe808002b104860 02000000";
    private const string BigEndianOrphaned = "0501130300000000 0010 0000 0a0b0c0d";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes(Bind), out var pdu, out _));

        Assert.Equal((DceRpcPduType.Bind, true, 72, 0, 1u),
            (pdu.Type, pdu.IsLittleEndian, pdu.FragmentLength, pdu.AuthLength, pdu.CallId));
        Assert.Equal(56, pdu.Body.Length);
        Assert.False(pdu.IsCut);
    }

    [Fact]
    public void Numbers_are_big_endian_when_the_label_says_so()
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes(BigEndianOrphaned), out var pdu, out _));

        Assert.Equal((DceRpcPduType.Orphaned, false, 16, 0x0A0B0C0Du),
            (pdu.Type, pdu.IsLittleEndian, pdu.FragmentLength, pdu.CallId));
    }

    [Fact]
    public void What_follows_the_fragment_is_left_out()
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes(BigEndianOrphaned + Bind), out var pdu, out _));

        Assert.Equal(0, pdu.Body.Length);
    }

    [Theory]
    [InlineData(0, 4, ParseError.BadVersion)]
    [InlineData(1, 2, ParseError.BadVersion)]
    [InlineData(2, 10, ParseError.BadValue)]
    [InlineData(2, 21, ParseError.BadValue)]
    [InlineData(3, 0x0B, ParseError.BadValue)]
    [InlineData(4, 0x20, ParseError.BadValue)]
    [InlineData(5, 4, ParseError.BadValue)]
    [InlineData(6, 1, ParseError.BadValue)]
    [InlineData(7, 1, ParseError.BadValue)]
    [InlineData(8, 27, ParseError.BadLength)]
    [InlineData(10, 49, ParseError.BadLength)]
    public void Values_beyond_the_standard_are_refused(int offset, byte value, ParseError expected) =>
        ViewContract.Refuses(Bind, offset, value, expected, Read);

    [Theory]
    [InlineData("05", BigEndianOrphaned, 1)]
    [InlineData("ff 05 00 05 00 0b 03 20", Bind, 8)]
    [InlineData("ffffff", "0500 0b", 3)]
    [InlineData("ffffff", "", 3)]
    [InlineData(Bind, "ffff", 74)]
    public void The_next_pdu_is_found_behind_what_is_none(string before, string pdu, int expected) =>
        Assert.Equal(expected, DceRpcPdu.FindNext(Hex.Bytes(before + pdu)));

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Bind, DceRpcPdu.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (DceRpcPdu.TryParse(bytes, out var pdu, out var error))
            _ = (pdu.Type, pdu.IsLittleEndian, pdu.FragmentLength, pdu.AuthLength, pdu.CallId, pdu.Body.Length,
                pdu.IsCut);
        return error;
    }
}
