using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class DceRpcCallTests
{
    private const string Signed =
        "0500000310000000 3000 0400 02000000 04000000 0100 0300 01020304 05 000000 0a 05 03 00 00000000 aabbccdd";
    private const string WithObject =
        "0500008310000000 2c00 0000 02000000 04000000 0100 0300 00112233445566778899aabbccddeeff 01020304";
    private const string BigEndianResponse = "0501020300000000 001c 0000 00000002 00000004 0001 0000 01020304";

    [Theory]
    [InlineData(WithObject, 3, "01020304")]
    [InlineData(BigEndianResponse, 0, "01020304")]
    public void Context_operation_and_stub_data_are_read(string hex, int operation, string stub)
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes(hex), out var pdu, out _));
        Assert.True(DceRpcCall.TryParse(pdu, out var call, out _));

        Assert.Equal((1, operation, stub), (call.ContextId, call.Operation, Convert.ToHexStringLower(call.Stub)));
        Assert.False(pdu.IsSealed);
    }

    [Fact]
    public void A_verifier_and_the_padding_before_it_are_no_stub_data()
    {
        var bytes = Hex.Bytes(Signed);
        bytes[8] = (byte)bytes.Length;
        Assert.True(DceRpcPdu.TryParse(bytes, out var pdu, out _));
        Assert.True(DceRpcCall.TryParse(pdu, out var call, out _));

        Assert.Equal("0102030405", Convert.ToHexStringLower(call.Stub));
        Assert.Equal((true, true, false), (pdu.IsFirstFragment, pdu.IsLastFragment, pdu.IsSealed));
        bytes[33] = 6;
        Assert.True(DceRpcPdu.TryParse(bytes, out pdu, out _));
        Assert.True(pdu.IsSealed);
    }

    [Fact]
    public void Padding_beyond_the_body_is_refused()
    {
        var bytes = Hex.Bytes(Signed);
        bytes[8] = (byte)bytes.Length;
        bytes[34] = 200;
        Assert.True(DceRpcPdu.TryParse(bytes, out var pdu, out _));

        Assert.False(DceRpcCall.TryParse(pdu, out _, out var error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void Another_type_is_no_call()
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes("0500030310000000 1800 0000 01000000 0000000000000000"), out var pdu,
            out _));

        Assert.False(DceRpcCall.TryParse(pdu, out _, out var error));
        Assert.Equal(ParseError.BadValue, error);
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(WithObject,
        DceRpcPdu.HeaderLength + DceRpcCall.HeaderLength + 16, bytes =>
    {
        if (DceRpcPdu.TryParse(bytes, out var pdu, out var error) && DceRpcCall.TryParse(pdu, out var call, out error))
            _ = (call.ContextId, call.Operation, call.Stub.Length, pdu.IsSealed, pdu.Verifier.Length);
        return error;
    });
}
