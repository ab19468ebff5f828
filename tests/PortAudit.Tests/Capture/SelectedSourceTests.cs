using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Capture;

/// <summary>A selection of packets: what is left out is counted, and what is read keeps its number.</summary>
public sealed class SelectedSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portaudit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_time_is_read_and_the_last_is_not()
    {
        using var captures = Open(Write("a.pcap", 1, 2, 3, 4, 5));
        captures.Selection = new PacketSelection { SinceNs = Ns(2), UntilNs = Ns(4) };

        Assert.Equal([(2L, 2L), (3L, 3L)], Read(captures));
        Assert.Equal(new PacketsLeftOut(3, 0), captures.LeftOut);
    }

    [Fact]
    public void A_filter_is_asked_within_the_time_alone()
    {
        using var captures = Open(Write("a.pcap", 1, 2, 3, 4, 5));
        var asked = new List<long>();
        captures.Selection = new PacketSelection
        {
            SinceNs = Ns(2),
            Filter = "odd",
            Test = (in CapturedPacket packet) =>
            {
                asked.Add(packet.Number);
                return packet.Number % 2 == 1;
            },
        };

        Assert.Equal([(3L, 3L), (5L, 5L)], Read(captures));
        Assert.Equal([2L, 3, 4, 5], asked);
        Assert.Equal(new PacketsLeftOut(1, 2), captures.LeftOut);
    }

    [Fact]
    public void Several_captures_stay_in_order_of_time_though_their_first_packets_are_left_out()
    {
        using var captures = Open(Write("a.pcap", 1, 7), Write("b.pcap", 2, 5, 6), Write("c.pcap", 3));
        captures.Selection = new PacketSelection { SinceNs = Ns(4) };

        Assert.Equal([(2L, 5L), (3, 6), (2, 7)], Read(captures));
        Assert.Equal(new PacketsLeftOut(3, 0), captures.LeftOut);
    }

    [Fact]
    public void A_pipe_whose_first_packet_was_read_when_it_was_opened_is_selected_like_a_file()
    {
        var bytes = File.ReadAllBytes(Write("a.pcap", 1, 2, 3));
        using var captures = CaptureSet.Open(["-"], () => new MemoryStream(bytes));
        captures.Selection = new PacketSelection { SinceNs = Ns(2) };

        Assert.Equal([(2L, 2L), (3, 3)], Read(captures));
        Assert.Equal(new PacketsLeftOut(1, 0), captures.LeftOut);
    }

    [Fact]
    public void The_summary_of_a_capture_knows_the_selected_packets_alone()
    {
        using var captures = Open(Write("a.pcap", 1, 2, 3, 4, 5));
        captures.Selection = new PacketSelection { SinceNs = Ns(2), UntilNs = Ns(4), Filter = "all", Test = All };

        var summary = TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, null, default);

        Assert.Equal((2L, Ns(2), Ns(3)),
            (summary.Captures[0].Packets, summary.Captures[0].FirstNs, summary.Captures[0].LastNs));
        Assert.Equal<string>(["all"], summary.Points[0].Filters);
    }

    [Fact]
    public void A_packet_that_is_left_out_allocates_nothing()
    {
        uint[] seconds = [.. Enumerable.Range(1, 1_000).Select(second => (uint)second)];
        using var source = CaptureFile.Open(Write("a.pcap", seconds));
        var selection = new PacketSelection
        {
            Test = (in CapturedPacket packet) => packet.Number is 10 or 500 or 1_000,
        };
        using var selected = new SelectedSource(source, selection);
        Assert.True(selected.TryRead(out _));

        Assert.Equal(0, Allocation.LeastMeasured(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            selected.TryRead(out _);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    private static bool All(in CapturedPacket packet) => true;

    private static long Ns(long seconds) => seconds * 1_000_000_000;

    private static CaptureSet Open(params string[] paths) => CaptureSet.Open(paths, () => Stream.Null);

    private static List<(long Number, long Second)> Read(CaptureSet captures)
    {
        var read = new List<(long, long)>();
        using (var merge = new CaptureMerge(captures))
        {
            while (merge.TryRead(out var packet))
                read.Add((packet.Number, packet.TimestampNs / 1_000_000_000));
        }

        return read;
    }

    private string Write(string name, params uint[] seconds)
    {
        var capture = new PcapBytes();
        foreach (var second in seconds)
            capture.Record(second, 0, [1, 2, 3, 4]);
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, capture.ToArray());
        return path;
    }
}
