using System.Diagnostics;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Capture.Ring;

namespace PortAudit.Tests.Live;

/// <summary>A live capture whose packets are kept in a ring of files.</summary>
public sealed class LiveRingTests
{
    private const int Many = 4_000;

    [NeedsFact(Part.Live, Part.Tcpdump)]
    public void The_files_hold_what_tcpdump_records_and_their_counters_add_up_to_the_captures()
    {
        using var folder = new TemporaryDirectory();
        using var link = new VethPair();
        using var tcpdump = link.StartTcpdump(folder["reference.pcap"], Many);
        var (files, counters) = Keep(link, folder["ring.pcapng"],
            () => link.Send(Many, number => new byte[number % 1_400]));
        Assert.True(tcpdump.WaitForExit(20_000));
        var readings = files.Select(file => Reading(file.Path)).ToList();
        using var reference = CaptureFile.Open(folder["reference.pcap"]);

        Assert.InRange(files.Length, 8, 40);
        Assert.Equal(PacketCopy.All(reference).Select(Content),
            readings.SelectMany(reading => reading.Packets).Select(Content));
        Assert.Equal((Many, Many, 0), (readings.Sum(reading => reading.Counters.Received),
            readings.Sum(reading => reading.Counters.Delivered), readings.Sum(reading => reading.Counters.Dropped)));
        Assert.Equal((Many, Many), (counters.Received, counters.Delivered));
        Assert.All(readings, reading =>
            Assert.Equal(("in0", 9), (reading.Interface.Name, reading.Interface.TimestampDigits)));
    }

    private static (RingFile[] Files, InterfaceStatistics Counters) Keep(VethPair link, string path,
        Action traffic) => link.Near.In(() =>
    {
        using var stop = new CancellationTokenSource();
        using var live = LiveRun.Open(LiveRun.Options() with { Reopens = true }, stop.Token);
        using var ring = PcapngRing.TryOpen(live,
            new PcapngRingOptions { Path = path, MaximumBytes = 200_000, MaximumFiles = 100 }, out _)!;
        var sending = Task.Run(traffic);
        var clock = Stopwatch.StartNew();
        for (var packets = 0; packets < Many;)
        {
            Assert.InRange(clock.ElapsedMilliseconds, 0, 30_000);
            if (live.Read(100, out var packet) != CaptureRead.Packet)
                continue;
            packets++;
            ring.Write(packet);
        }

        sending.Wait();
        stop.Cancel();
        while (live.TryRead(out var late))
            ring.Write(late);
        ring.Dispose();
        return (ring.Files.ToArray(), Assert.Single(live.Annotations.Drops));
    });

    private static object Content(PacketCopy packet) =>
        (packet.TimestampNs, packet.OriginalLength, packet.LinkType, packet.Hex);

    private static (List<PacketCopy> Packets, InterfaceStatistics Counters,
        CaptureInterface Interface) Reading(string path)
    {
        using var source = CaptureFile.Open(path);
        var packets = PacketCopy.All(source);
        Assert.True(source.Ending!.IsComplete, source.Ending.Reason);
        return (packets, Assert.Single(source.Annotations.Drops), Assert.Single(source.Interfaces));
    }
}
