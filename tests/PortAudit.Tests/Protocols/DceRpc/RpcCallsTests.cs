using PortAudit.Traffic.Protocols.DceRpc;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class RpcCallsTests
{
    private readonly RpcCalls _calls = new();

    [Fact]
    public void Calls_of_one_identifier_are_answered_in_their_order()
    {
        _calls.Add(1, 0, 3, 7);
        _calls.Add(1, 0, 2, null);

        Assert.True(_calls.TryFind(1, out var first));
        _calls.Remove(1);
        Assert.True(_calls.TryFind(1, out var second));
        _calls.Remove(1);
        Assert.Equal((3, 7u), (first.Operation, first.Argument!.Value));
        Assert.Equal(2, second.Operation);
        Assert.Null(second.Argument);
        Assert.False(_calls.TryFind(1, out _));
    }

    [Fact]
    public void Of_more_than_the_bound_the_oldest_is_forgotten()
    {
        for (var id = 0u; id <= RpcCalls.Maximum; id++)
            _calls.Add(id, 0, 3, null);

        Assert.False(_calls.TryFind(0, out _));
        Assert.True(_calls.TryFind(1, out _));
        _calls.Remove(0);
        _calls.Clear();
        Assert.False(_calls.TryFind(1, out _));
    }
}
