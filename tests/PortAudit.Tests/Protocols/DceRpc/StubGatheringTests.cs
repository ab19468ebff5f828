using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.DceRpc;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class StubGatheringTests
{
    private readonly StubGathering _stubs = new();
    private readonly AnnouncementNotes _notes = new();

    [Fact]
    public void A_single_fragment_is_its_own_stub_data() =>
        Assert.Equal("ab", Take(1, isFirst: true, isLast: true, "ab"));

    [Fact]
    public void Fragments_of_several_calls_may_come_by_turns()
    {
        Assert.Null(Take(1, isFirst: true, isLast: false, "a"));
        Assert.Null(Take(2, isFirst: true, isLast: false, "x"));
        Assert.Null(Take(1, isFirst: false, isLast: false, "b"));
        Assert.Equal("xy", Take(2, isFirst: false, isLast: true, "y"));
        Assert.Equal("abc", Take(1, isFirst: false, isLast: true, "c"));
    }

    [Fact]
    public void A_call_that_begins_anew_forgets_what_came_before()
    {
        Take(1, isFirst: true, isLast: false, "a");
        Take(1, isFirst: true, isLast: false, "b");

        Assert.Equal("bc", Take(1, isFirst: false, isLast: true, "c"));
    }

    [Fact]
    public void A_call_without_its_first_fragment_is_none()
    {
        Assert.Null(Take(1, isFirst: false, isLast: true, "a"));
        Assert.Equal(0, _notes.NotTaken);
    }

    [Fact]
    public void One_call_too_many_takes_the_place_of_the_oldest()
    {
        for (var call = 0u; call <= StubGathering.MaximumCalls; call++)
            Take(call, isFirst: true, isLast: false, "a");

        Assert.Null(Take(0, isFirst: false, isLast: true, "b"));
        Assert.Equal("ab", Take(1, isFirst: false, isLast: true, "b"));
    }

    [Fact]
    public void Stub_data_beyond_the_bound_are_missed_and_their_memory_is_given_back()
    {
        var fragment = new string('a', 60_000);
        Take(1, isFirst: true, isLast: false, fragment);
        for (var length = fragment.Length; length <= StubGathering.MaximumLength; length += fragment.Length)
            Take(1, isFirst: false, isLast: false, fragment);

        Assert.Null(Take(1, isFirst: false, isLast: true, "b"));
        Assert.Equal(1, _notes.NotTaken);
        AssertAllMemoryIsThere();
    }

    [Fact]
    public void Memory_that_is_taken_elsewhere_is_missed()
    {
        Assert.True(_notes.Memory.TryTake((int)TrackerMemory.DefaultMaximumBytes));

        Take(1, isFirst: true, isLast: false, "a");
        Assert.Null(Take(1, isFirst: false, isLast: true, "b"));
        Assert.Equal(1, _notes.NotTaken);
    }

    [Fact]
    public void A_cleared_one_gives_its_memory_back()
    {
        Take(1, isFirst: true, isLast: false, "a");
        Take(2, isFirst: true, isLast: false, "a");
        _stubs.Clear();

        AssertAllMemoryIsThere();
    }

    private void AssertAllMemoryIsThere()
    {
        Assert.True(_notes.Memory.TryTake((int)TrackerMemory.DefaultMaximumBytes));
        Assert.False(_notes.Memory.TryTake(1));
    }

    private string? Take(uint call, bool isFirst, bool isLast, string fragment) =>
        _stubs.TryComplete(new RpcCallKey(call), isFirst, isLast, System.Text.Encoding.ASCII.GetBytes(fragment), _notes,
            out var stub) ? System.Text.Encoding.ASCII.GetString(stub) : null;
}
