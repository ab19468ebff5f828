using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>What holds for any bytes, good or bad: readers end, do not throw, and do not keep more than they
/// read.</summary>
public sealed class ReaderRobustnessTests
{
    private const int Rounds = 4000;

    public static TheoryData<string> Samples => ["pcap", "pcap-big-endian", "modified", "pcapng", "pcapng-big-endian",
        "snoop", "network-monitor-1", "network-monitor-2"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Changed_bytes_end_the_reading_without_an_exception(string name)
    {
        var sample = Sample(name);
        var random = new Random(20260731);
        var ends = new HashSet<CaptureEndKind>();
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = sample.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                var source = CaptureFile.Open(round % 2 == 0
                    ? new MemoryStream(bytes)
                    : new ScriptedStream(bytes, random.Next(1, 200)), "-");
                var packets = PacketCopy.All(source);
                Assert.All(packets, p => Assert.InRange(p.InterfaceIndex, 0, source.Interfaces.Count - 1));
                Assert.InRange(packets.Sum(p => p.Hex.Length / 2), 0, bytes.Length);
                Assert.InRange(source.Ending!.Offset, 0, bytes.Length);
                Assert.Equal(source.Ending.IsComplete, source.Ending.Reason.Length == 0);
                ends.Add(source.Ending.Kind);
            }
            catch (CaptureFormatException)
            {
                refused++;
            }
        }

        Assert.DoesNotContain(CaptureEndKind.Unreadable, ends);
        Assert.Contains(CaptureEndKind.Damaged, ends);
        Assert.InRange(refused, 1, Rounds / 2);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_prefix_ends_without_an_exception_and_hands_out_what_the_whole_does(string name)
    {
        var sample = Sample(name);
        var whole = PacketCopy.All(sample).Packets;
        for (var length = 0; length < sample.Length; length++)
        {
            try
            {
                var (packets, source) = PacketCopy.All(sample[..length]);
                Assert.Equal(whole[..packets.Count], packets);
                Assert.InRange(source.Ending!.Offset, 0, length);
            }
            catch (CaptureFormatException)
            {
                Assert.InRange(length, 0, 200);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void How_the_bytes_arrive_changes_nothing(string name)
    {
        var sample = Sample(name);
        var (expected, whole) = PacketCopy.All(sample);
        foreach (var chunk in new[] { 1, 2, 3, 5, 16, 33, 100 })
        {
            using var source = CaptureFile.Open(new ScriptedStream(sample, chunk), "-");
            Assert.Equal(expected, PacketCopy.All(source));
            Assert.Equal(whole.Ending, source.Ending);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_packet_costs_no_allocation(string name)
    {
        const int Packets = 40_000;
        const int PacketsEach = 4_000;
        using var source = CaptureFile.Open(new MemoryStream(Sample(name, Packets)), "-");
        // The buffer grows to its block length while the first packets are read.
        for (var i = 0; i < Packets / 2; i++)
            Assert.True(source.TryRead(out _));

        var read = 0;
        var allocated = Allocation.LeastMeasured(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < PacketsEach && source.TryRead(out _); i++)
                read++;
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.Equal(0, allocated);
        Assert.True(read >= PacketsEach);
    }

    private static byte[] Sample(string name, int packets = 12) => name switch
    {
        "pcap" => Pcap(new PcapBytes(), packets),
        "pcap-big-endian" => Pcap(new PcapBytes(0xA1B23C4D, isBigEndian: true), packets),
        "modified" => Modified(packets),
        "pcapng" => Pcapng(new PcapngBytes(), packets),
        "pcapng-big-endian" => Pcapng(new PcapngBytes(isBigEndian: true), packets),
        "snoop" => Snoop(new SnoopBytes(), packets),
        "network-monitor-1" => NetworkMonitor(new NetworkMonitorBytes(1), packets),
        "network-monitor-2" => NetworkMonitor(new NetworkMonitorBytes(2, 3), packets),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static byte[] Pcap(PcapBytes file, int packets)
    {
        for (var i = 0; i < packets; i++)
            file.Record((uint)i, 0, new byte[i % 20], original: 100);
        return file.ToArray();
    }

    private static byte[] Snoop(SnoopBytes file, int packets)
    {
        for (var i = 0; i < packets; i++)
            file.Record((uint)i, 0, new byte[i % 20], original: 100, padding: i % 4);
        return file.ToArray();
    }

    private static byte[] NetworkMonitor(NetworkMonitorBytes file, int packets)
    {
        for (var i = 0; i < packets; i++)
            file.Record((uint)i, new byte[i % 20], original: 100);
        return file.ToArray();
    }

    private static byte[] Modified(int packets)
    {
        var file = new PcapBytes(0xA1B2CD34);
        for (var i = 0; i < packets; i++)
            file.Add((uint)i).Add(0).Add(4).Add(60).Add(0).Add(0).Raw([1, 2, 3, 4]);
        return file.ToArray();
    }

    private static byte[] Pcapng(PcapngBytes file, int packets)
    {
        file.Section();
        file.Interface(1, 0, file.Option(2, "eth0"u8.ToArray()), file.Option(9, 9), file.Option(14, file.U64(5)))
            .Interface();
        for (var i = 0; i < packets; i++)
        {
            _ = (i % 4) switch
            {
                0 => file.Enhanced(0, (ulong)i, new byte[i % 20],
                    options: [file.Option(1, 65, 66), file.Option(4, file.U64(1))]),
                1 => file.Simple(3, [1, 2, 3]),
                2 => file.Obsolete(1, 0, (ulong)i, new byte[i % 20]),
                _ => file.Block(5, new byte[8]).Enhanced(1, (ulong)i, new byte[i % 20]),
            };
        }

        return file.ToArray();
    }
}
