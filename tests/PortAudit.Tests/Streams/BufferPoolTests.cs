using PortAudit.Traffic.Streams;

namespace PortAudit.Tests.Streams;

public sealed class BufferPoolTests
{
    [Fact]
    public void What_is_free_of_one_size_makes_room_for_another()
    {
        var pool = new BufferPool(maximumBytes: 2048);
        var small = Enumerable.Range(0, 8).Select(_ => pool.Rent(256)!).ToList();
        Assert.Null(pool.Rent(1024));
        foreach (var buffer in small)
            pool.Return(buffer);

        Assert.Equal(1024, pool.Rent(1000)?.Length);
        Assert.Equal(1024, pool.Rent(1000)?.Length);
        Assert.Null(pool.Rent(1));
        Assert.Equal(2, pool.Refusals);
    }

    [Fact]
    public void What_is_in_use_is_not_let_go()
    {
        var pool = new BufferPool(maximumBytes: 1280);
        var used = pool.Rent(1024)!;
        pool.Return(pool.Rent(256)!);

        Assert.Null(pool.Rent(2048));
        pool.Return(used);
        Assert.Same(used, pool.Rent(1024));
    }
}
