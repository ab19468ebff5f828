using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Fragments;

public sealed class FragmentTableTests
{
    [Fact]
    public void The_oldest_datagram_makes_room_and_is_counted()
    {
        var table = new FragmentTable();
        for (var identification = 0u; identification <= FragmentTable.MaximumDatagrams; identification++)
            table.Add(First(identification, 16), new byte[16], 0, identification);

        Assert.Equal((1, FragmentTable.MaximumDatagrams + 1), (table.Counts.Evicted, table.Counts.Incomplete));
    }

    [Fact]
    public void The_sum_of_all_buffers_is_bounded()
    {
        var table = new FragmentTable();
        var data = new byte[32_768];
        for (var identification = 0u; identification < 1000; identification++)
            table.Add(First(identification, data.Length), data, 0, 0);

        Assert.InRange(table.Counts.Evicted, 1000 - (FragmentTable.MaximumBytes / data.Length) - 1, 1000);
    }

    [Fact]
    public void Data_beyond_any_datagram_are_counted_as_overlapping()
    {
        var table = new FragmentTable();

        Assert.True(table.Add(Packet(new IpFragment(1, 17, 65_528, false, 0, 16, 16)), new byte[16], 0, 0).Overlaps);
        Assert.Equal(1, table.Counts.Overlapping);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    public void A_fragment_that_nobody_may_send_makes_no_whole_datagram(int length)
    {
        var table = new FragmentTable();
        table.Add(Packet(new IpFragment(1, 17, 0, true, 0, length, length)), new byte[8], 0, 0);
        var datagram = table.Add(Packet(new IpFragment(1, 17, 8, false, 0, 8, 8)), new byte[8], 0, 0);

        Assert.False(table.TryTakeWhole(datagram, out _));
        Assert.Equal((1, 0), (table.Counts.Overlapping, table.Counts.Reassembled));
    }

    [Fact]
    public void Datagrams_that_grow_make_room_for_themselves()
    {
        var table = new FragmentTable();
        var data = new byte[65_528];
        for (var identification = 0u; identification < 1_000; identification++)
            table.Add(Packet(new IpFragment(identification, 17, 0, true, 0, 8, 8)), data, 0, 0);
        Assert.Equal(0, table.Counts.Evicted);
        for (var identification = 0u; identification < 1_000; identification++)
            table.Add(Packet(new IpFragment(identification, 17, 8, true, 0, 65_512, 65_512)), data, 0, 0);

        Assert.InRange(table.Counts.Evicted, 1_000 - (FragmentTable.MaximumBytes / 65_520) - 1, 1_000);
    }

    [Theory]
    [InlineData(16, 8)]
    [InlineData(8, 24)]
    public void A_second_end_or_data_beyond_the_end_are_an_overlap(int end, int later)
    {
        var table = new FragmentTable();
        table.Add(Packet(new IpFragment(1, 17, end, false, 0, 8, 8)), new byte[8], 0, 0);
        table.Add(Packet(new IpFragment(1, 17, later, later < end, 0, 8, 8)), new byte[8], 0, 0);
        table.Add(Packet(new IpFragment(1, 17, 40, true, 0, 8, 8)), new byte[8], 0, 0);

        Assert.Equal(1, table.Counts.Overlapping);
    }

    [Theory]
    [InlineData(0, 65_536)]
    [InlineData(65_528, 9)]
    [InlineData(808, int.MaxValue - 20)] // no total length (offloading), in a frame that claims two gigabytes
    public void A_fragment_beyond_any_datagram_is_not_trusted(int position, int wireLength)
    {
        var table = new FragmentTable();

        Assert.True(table.Add(Packet(new IpFragment(1, 17, position, false, 0, 8, wireLength)), new byte[8], 0,
            0).Overlaps);
    }

    [Fact]
    public void A_datagram_in_the_smallest_pieces_and_any_order_is_whole()
    {
        var table = new FragmentTable();
        var whole = new byte[4096];
        new Random(7).NextBytes(whole);
        var positions = Enumerable.Range(0, whole.Length / 8).Select(unit => unit * 8).ToArray();
        new Random(8).Shuffle(positions);
        foreach (var position in positions[..^1])
            Assert.False(table.TryTakeWhole(table.Add(Piece(position), whole, 0, 0), out _));

        Assert.True(table.TryTakeWhole(table.Add(Piece(positions[^1]), whole, 0, 0), out var data));
        Assert.True(data.SequenceEqual(whole));

        DecodedPacket Piece(int position) =>
            Packet(new IpFragment(1, 17, position, position + 8 < whole.Length, position, 8, 8));
    }

    [Fact]
    public void Steady_traffic_allocates_nothing()
    {
        var table = new FragmentTable();
        var data = new byte[1480];
        var identification = 0u;
        void Exchange()
        {
            identification++;
            table.BeginFrame();
            table.Add(First(identification & 0xFF, data.Length), data, 0, identification * 1_000_000_000L);
            table.TryTakeWhole(table.Add(Packet(new IpFragment(identification & 0xFF, 17, data.Length, false, 0, 100,
                100)), data, 0, identification * 1_000_000_000L)!, out _);
        }

        for (var round = 0; round < 1000; round++)
            Exchange();
        Assert.Equal(0, Allocation.Least(() =>
        {
            for (var round = 0; round < 100; round++)
                Exchange();
        }));
    }

    private static DecodedPacket First(uint identification, int length) =>
        Packet(new IpFragment(identification, 17, 0, true, 0, length, length));

    private static DecodedPacket Packet(IpFragment fragment) => new()
    {
        Source = IpAddress.FromIpv4(1),
        Destination = IpAddress.FromIpv4(2),
        IsFragment = true,
        Fragment = fragment,
    };
}
