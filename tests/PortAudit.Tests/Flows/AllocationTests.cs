using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Flows;

/// <summary>After a flow's first packet, a packet costs no allocation: decoded, counted, put in order, identified and
/// read for announcements. Each announcement is a fact that is kept.</summary>
public sealed class AllocationTests
{
    private const long DayNs = 86_400_000_000_000;

    [Theory]
    [InlineData("firewall-outside.pcap")]
    [InlineData("firewall-inside.pcapng")]
    public void Only_the_first_packet_of_a_flow_and_one_that_announces_allocate(string name)
    {
        var path = Repository.PathOf("captures", "lync-edge", name);
        var observer = new TrafficObserver(new ObserverOptions { Behaviour = BehaviourCounting.All }, _ => { });

        // The first walk fills the pools with as many buffers as the capture's busiest moment needs; the second needs
        // no more.
        Walk(observer, path, shiftNs: 0);
        observer.Complete();
        var day = 0;
        var allocated = Allocation.LeastMeasured(() =>
        {
            var (packets, later, allocatedLater) = Walk(observer, path, ++day * DayNs);
            observer.Complete();
            Assert.True(later > packets / 2, $"{later} of {packets} packets are not the first of their flow");
            return allocatedLater;
        });

        Assert.Equal(0, allocated);
    }

    /// <summary>Walks a capture; returns its packets, those that began no flow and announced nothing, and the bytes
    /// that these allocated.</summary>
    private static (long Packets, long Later, long AllocatedLater) Walk(TrafficObserver observer, string path,
        long shiftNs)
    {
        var (packets, later, allocatedLater) = (0L, 0L, 0L);
        using var source = CaptureFile.Open(path);
        var point = observer.Points.IndexOf("");
        while (true)
        {
            // A reader's buffer grows at first, from a few bytes in a debug build; that it then allocates nothing is
            // the readers' test.
            if (!source.TryRead(out var packet))
                return (packets, later, allocatedLater);
            var (begun, made) = (observer.Flows.Begun, observer.Announcements.Book.Made);
            var before = GC.GetAllocatedBytesForCurrentThread();
            observer.Observe(new CapturedPacket(packet.Number, packet.TimestampNs + shiftNs, packet.InterfaceIndex,
                packet.LinkType, packet.OriginalLength, packet.Bytes), 0, point, 6);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            packets++;
            if (observer.Flows.Begun != begun || observer.Announcements.Book.Made != made)
                continue;
            later++;
            allocatedLater += allocated;
        }
    }
}
