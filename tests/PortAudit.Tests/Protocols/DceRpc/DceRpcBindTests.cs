using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class DceRpcBindTests
{
    private const string Ndr = "045d888aeb1cc9119fe808002b104860 02000000";
    private const string FeatureNegotiation = "2c1cb76c129840450300000000000000 01000000";
    private const string Header = "05000b0310000000 a000 0000 01000000 d016d01600000000 02000000";
    private const string Unknown = "00000200 67452301ab89de4c8f0123456789abcd 01000000" + FeatureNegotiation + Ndr;
    private const string Samr = "01000100 785734123412cdabef000123456789ac 01000000" + Ndr;

    [Fact]
    public void The_first_interface_with_a_name_is_found_behind_others_and_their_transfer_syntaxes()
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes(Header + Unknown + Samr), out var pdu, out _));
        Assert.True(DceRpcBind.TryParse(pdu, out var bind, out _));

        Assert.Equal((2, "samr"), (bind.ContextCount, bind.FindInterface()));
    }

    [Fact]
    public void A_transfer_syntax_is_no_interface()
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes(Header + Unknown), out var pdu, out _));
        Assert.True(DceRpcBind.TryParse(pdu, out var bind, out _));

        Assert.Null(bind.FindInterface());
    }

    [Fact]
    public void Contexts_are_read_in_their_order_with_identifier_and_interface()
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes(Header + Unknown + Samr), out var pdu, out _));
        Assert.True(DceRpcBind.TryParse(pdu, out var bind, out _));
        var contexts = new DceRpcBind.Contexts(bind);

        Assert.True(contexts.TryRead(out var first, out var unknown));
        Assert.True(contexts.TryRead(out var second, out var samr));
        Assert.False(contexts.TryRead(out _, out _));
        Assert.Equal((0, new Guid("01234567-89ab-4cde-8f01-23456789abcd"), 1, "samr"),
            (first, unknown, second, RpcInterfaces.Find(samr)));
    }

    [Fact]
    public void Another_type_has_no_contexts()
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes("0500000310000000 1800 0000 01000000 0000000000000000"), out var pdu,
            out _));

        Assert.False(DceRpcBind.TryParse(pdu, out _, out var error));
        Assert.Equal(ParseError.BadValue, error);
    }

    [Fact]
    public void It_is_a_sound_view() =>
        ViewContract.Holds(Header + Unknown + Samr, DceRpcPdu.HeaderLength + DceRpcBind.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (DceRpcPdu.TryParse(bytes, out var pdu, out var error) && DceRpcBind.TryParse(pdu, out var bind, out error))
            _ = (bind.ContextCount, bind.FindInterface());
        return error;
    }
}
