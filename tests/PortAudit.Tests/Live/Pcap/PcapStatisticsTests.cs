using PortAudit.Live.Pcap;

namespace PortAudit.Tests.Live.Pcap;

public sealed class PcapStatisticsTests
{
    [Fact]
    public void Counters_of_32_bits_add_up_beyond_them()
    {
        var statistics = new PcapStatistics();
        foreach (var received in new[] { 2_000_000_000u, 4_000_000_000u, 1_705_032_704u })
            statistics.Note(received, received / 2, 1);

        Assert.Equal(6_000_000_000, statistics.Received);
        Assert.Equal(1, statistics.DroppedByInterface);
    }

    [Fact]
    public void A_counter_that_steps_back_adds_nothing_and_goes_on_from_there()
    {
        var statistics = new PcapStatistics();
        foreach (var dropped in new[] { 1_000u, 10u, 15u })
            statistics.Note(0, dropped, dropped);

        Assert.Equal((1_005, 1_005), (statistics.Dropped, statistics.DroppedByInterface));
    }
}
