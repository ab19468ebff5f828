using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class RpcContextsTests
{
    private const string Ndr = "045d888aeb1cc9119fe808002b104860 02000000";
    private const string Header = "05000b0310000000 7400 0000 01000000 d016d01600000000 02000000";
    private const string Epm = "00000100 0883afe11f5dc91191a408002b14a0fa 03000000" + Ndr;
    private const string Samr = "01000100 785734123412cdabef000123456789ac 01000000" + Ndr;

    private readonly RpcContexts _contexts = new();

    [Fact]
    public void A_result_is_of_the_context_at_its_place_in_the_bind_of_its_call()
    {
        Propose(Header + Epm + Samr);

        Assert.False(_contexts.TryAccept(2, 0, isAccepted: true, Guid.Empty, out _));
        Assert.True(_contexts.TryAccept(1, 1, isAccepted: true, Guid.Empty, out var second));
        Assert.True(_contexts.TryAccept(1, 0, isAccepted: true, NdrSyntax.Ndr64, out var first));
        Assert.Equal(("samr", "epm"), (RpcInterfaces.Find(second), RpcInterfaces.Find(first)));
        Assert.False(_contexts.TryAccept(1, 0, isAccepted: true, Guid.Empty, out _));
    }

    [Fact]
    public void Accepted_contexts_are_kept_with_their_syntax_and_only_some_announce()
    {
        Propose(Header + Epm + Samr);
        Assert.True(_contexts.MayAnnounce(0));
        Assert.False(_contexts.TryFind(0, out _));
        _contexts.TryAccept(1, 0, isAccepted: true, NdrSyntax.Ndr64, out _);
        _contexts.TryAccept(1, 1, isAccepted: true, Guid.Empty, out _);

        Assert.True(_contexts.TryFind(0, out var epm));
        Assert.True(epm.Is64);
        Assert.True(_contexts.TryFind(1, out var samr));
        Assert.Equal("samr", samr.Name);
        Assert.False(_contexts.MayAnnounce(1));
    }

    [Fact]
    public void A_refused_bind_leaves_nothing()
    {
        Propose(Header + Epm + Samr);
        _contexts.Refuse(1);

        Assert.False(_contexts.MayAnnounce(0));
        Assert.False(_contexts.TryAccept(1, 0, isAccepted: true, Guid.Empty, out _));
    }

    [Fact]
    public void Of_more_than_the_bound_the_oldest_are_forgotten()
    {
        for (var i = 0; i <= RpcContexts.Maximum / 2; i++)
            Propose(Header + Epm + Samr);
        var accepted = 0;
        while (_contexts.TryAccept(1, 0, isAccepted: true, Guid.Empty, out _))
            accepted++;

        Assert.Equal(RpcContexts.Maximum / 2, accepted);
    }

    [Fact]
    public void What_a_call_asks_for_behind_its_answer_was_accepted_by_it()
    {
        Assert.False(_contexts.TryAccept(1, 0, isAccepted: true, new Guid("8a885d04-1ceb-11c9-9fe8-08002b104860"),
            out _));
        Propose(Header + Epm + Samr);

        Assert.True(_contexts.TryFind(0, out var epm));
        Assert.Equal("epm", epm.Name);
        Assert.False(_contexts.TryFind(1, out _));
    }

    private void Propose(string hex)
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes(hex), out var pdu, out _));
        Assert.True(DceRpcBind.TryParse(pdu, out var bind, out _));
        _contexts.Propose(pdu.CallId, bind);
    }
}
