using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class DceRpcDatagramTests
{
    private const string Profinet = "04020a0010000000 0000a0de976cd111827100010101014d "
        + "0100a0de976cd111827100a02442df7d 00a9fd358a3512128004001c060b26ed 00000000 01000000 00000000 0000 ffff ffff "
        + "0400 0000 00 00 01020304";

    [Fact]
    public void The_fields_of_the_header_are_read()
    {
        Assert.True(DceRpcDatagram.TryParse(Hex.Bytes(Profinet), out var datagram, out _));

        Assert.Equal((DceRpcPduType.Response, true, 4, (byte)0),
            (datagram.Type, datagram.IsLittleEndian, datagram.BodyLength, datagram.AuthProtocol));
        Assert.Equal((0u, 0, 0, true),
            (datagram.Sequence, datagram.Operation, datagram.FragmentNumber, datagram.IsLastFragment));
        Assert.Equal((new Guid("35fda900-358a-1212-8004-001c060b26ed"), "01020304"),
            (datagram.Activity, Convert.ToHexStringLower(datagram.Body)));
        Assert.Equal("pn_io_device", RpcInterfaces.Find(datagram.Interface, datagram.IsLittleEndian));
    }

    [Theory]
    [InlineData(0x08, true)]
    [InlineData(0x02, true)]
    [InlineData(0x04, false)]
    [InlineData(0x06, true)]
    public void Only_a_fragment_before_the_last_has_something_behind_it(byte flags, bool isLast)
    {
        var bytes = Hex.Bytes(Profinet);
        bytes[2] = flags;

        Assert.True(DceRpcDatagram.TryParse(bytes, out var datagram, out _));
        Assert.Equal(isLast, datagram.IsLastFragment);
    }

    [Theory]
    [InlineData(84, true, true)]
    [InlineData(83, true, false)]
    [InlineData(83, false, true)]
    [InlineData(85, true, false)]
    public void A_body_ends_with_its_datagram_unless_that_was_cut(int length, bool isWhole, bool fits)
    {
        var bytes = Hex.Bytes(Profinet + "00");

        Assert.True(DceRpcDatagram.TryParse(bytes.AsSpan(..length), out var datagram, out _));
        Assert.Equal(fits, datagram.Fits(isWhole));
    }

    [Theory]
    [InlineData(0, 5, ParseError.BadVersion)]
    [InlineData(1, 11, ParseError.BadValue)]
    [InlineData(2, 0x80, ParseError.BadValue)]
    [InlineData(3, 0x04, ParseError.BadValue)]
    [InlineData(4, 0x40, ParseError.BadValue)]
    public void Values_beyond_the_standard_are_refused(int offset, byte value, ParseError expected) =>
        ViewContract.Refuses(Profinet, offset, value, expected, Read);

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Profinet, DceRpcDatagram.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (DceRpcDatagram.TryParse(bytes, out var datagram, out var error))
            _ = (datagram.Type, datagram.IsLittleEndian, datagram.Interface.Length, datagram.BodyLength,
                datagram.AuthProtocol, datagram.Fits(true), datagram.Fits(false), datagram.Activity, datagram.Sequence,
                datagram.Operation, datagram.FragmentNumber, datagram.Body.Length);
        return error;
    }
}
