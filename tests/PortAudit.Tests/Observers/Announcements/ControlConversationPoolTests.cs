using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Streams;

namespace PortAudit.Tests.Observers.Announcements;

public sealed class ControlConversationPoolTests
{
    /// <summary>Number of a protocol that has a tracker.</summary>
    private static readonly int Protocol = ProtocolRegistry.Rows.IndexOf(ProtocolRegistry.Find("ftp")!) + 1;

    [Fact]
    public void A_conversation_whose_streams_find_no_room_takes_no_place()
    {
        var pool = new ControlConversationPool(maximumConversations: 2, maximumBytes: 300);
        var known = new StreamStart();
        Assert.True(known.Low.Insert(1, 1, [1, 2, 3], new BufferPool()));
        Assert.True(known.High.Insert(1, 1, [1, 2, 3], new BufferPool()));

        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Null(pool.Rent(Protocol, known));

        Assert.NotNull(pool.Rent(Protocol, null));
        Assert.NotNull(pool.Buffers.Rent(256));
    }

    [Fact]
    public void What_is_over_makes_room_and_is_used_again()
    {
        var pool = new ControlConversationPool(maximumConversations: 1);
        var first = pool.Rent(Protocol, null)!;
        Assert.Null(pool.Rent(Protocol, null));

        pool.Return(first);

        Assert.Same(first, pool.Rent(Protocol, null));
    }
}
