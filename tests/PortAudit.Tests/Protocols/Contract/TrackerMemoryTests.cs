using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Tests.Protocols.Contract;

public sealed class TrackerMemoryTests
{
    [Fact]
    public void Nothing_is_taken_beyond_the_bound_and_what_is_given_back_can_be_taken_again()
    {
        var memory = new TrackerMemory(100);

        Assert.True(memory.TryTake(60));
        Assert.False(memory.TryTake(41));
        Assert.True(memory.TryTake(40));
        memory.Return(60);
        Assert.True(memory.TryTake(60));
        Assert.False(memory.TryTake(1));
    }
}
