using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Flows;

public sealed class HopLimitTableTests
{
    [Fact]
    public void Hosts_have_the_hop_limits_that_came_of_them_where_they_were_seen()
    {
        var book = new HopLimitTable();
        for (var number = 0u; number < 5000; number++)
            book.Add(HostOf(number), (byte)(1 + (number % 200)));

        for (var number = 0u; number < 5000; number++)
            Assert.Equal((byte)(1 + (number % 200)), book.Of(HostOf(number)).Nearest);
        Assert.True(book.Of(HostOf(5000)).IsEmpty);
        Assert.True(book.Of(HostOf(1) with { Point = 1 }).IsEmpty);
        Assert.True(book.Of(HostOf(1) with { Tunnel = 1 }).IsEmpty);
        Assert.True(book.Of(HostOf(1) with { Vlan = new VlanTags(11, 0) }).IsEmpty);
        Assert.Equal(0, book.NotKept);
    }

    [Fact]
    public void Those_who_come_when_it_is_full_are_counted_and_change_nothing()
    {
        var book = new HopLimitTable(maximumHosts: 3);
        for (var number = 0u; number < 5; number++)
            book.Add(HostOf(number), 64);
        book.Add(HostOf(2), 63);

        Assert.Equal(2, book.NotKept);
        Assert.True(book.Of(HostOf(3)).IsEmpty);
        Assert.True(book.Of(HostOf(2)).Contains(63));
    }

    [Fact]
    public void A_set_keeps_each_once_and_no_more_than_it_has_room_for()
    {
        var set = default(HopLimitSet);
        Assert.Equal((true, 0), (set.IsEmpty, set.Nearest));
        foreach (var hopLimit in new byte[] { 61, 61, 60, 124, 59, 58, 57, 56 })
            set.Add(hopLimit);

        Assert.False(set.IsFull);
        Assert.Equal(61, set.Nearest);
        set.Add(250);
        Assert.True(set.IsFull);
        set.Add(64);
        Assert.False(set.Contains(64));
        Assert.True(set.Contains(250));
    }

    [Theory]
    [InlineData(new byte[] { 60, 62, 61 }, 62)]
    [InlineData(new byte[] { 60, 253 }, 253)]
    [InlineData(new byte[] { 62, 253 }, 253)]
    [InlineData(new byte[] { 64, 1 }, 1)]
    public void The_nearest_is_told_by_its_distance_and_what_tells_none_goes_first(byte[] hopLimits, byte nearest)
    {
        var (set, reversed) = (default(HopLimitSet), default(HopLimitSet));
        foreach (var hopLimit in hopLimits)
            set.Add(hopLimit);
        foreach (var hopLimit in hopLimits.Reverse())
            reversed.Add(hopLimit);

        Assert.Equal((nearest, nearest), (set.Nearest, reversed.Nearest));
    }

    [Fact]
    public void What_is_known_already_allocates_nothing()
    {
        var book = new HopLimitTable();
        var host = HostOf(7);
        book.Add(host, 64);

        Assert.Equal(0, Allocation.LeastMeasured(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            book.Add(host, 64);
            _ = book.Of(host).Nearest;
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    private static HostLocation HostOf(uint number) =>
        new(new IpAddress(0, 0xFFFF_0000_0000ul | number), VlanTags.None, 0, 0);
}
