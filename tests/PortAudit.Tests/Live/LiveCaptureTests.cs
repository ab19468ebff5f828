using System.Buffers.Binary;
using System.Diagnostics;
using PortAudit.Live.Interfaces;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Live;

/// <summary>Capture on links that the tests make themselves, between two namespaces.</summary>
public sealed class LiveCaptureTests
{
    private const int Many = 4_000;

    /// <summary>Bytes before the payload of a datagram: Ethernet, IPv4, UDP.</summary>
    private const int Headers = 14 + 20 + 8;

    private const int LongestStopMs = 200;

    [NeedsFact(Part.Live, Part.Tcpdump)]
    public void Packets_are_those_that_tcpdump_records_byte_for_byte_and_stamp_for_stamp()
    {
        using var folder = new TemporaryDirectory();
        using var link = new VethPair();
        using var tcpdump = link.StartTcpdump(folder["reference.pcap"], Many);
        var run = LiveRun.Of(link, LiveRun.Options(), Many, () => link.Send(Many, Varied));
        Assert.True(tcpdump.WaitForExit(20_000));
        using var file = CaptureFile.Open(folder["reference.pcap"]);
        var reference = PacketCopy.All(file);

        Assert.Equal(Many, reference.Count);
        Assert.Equal(reference, run.Packets);
        Assert.Equal(9, Assert.Single(run.Interfaces).TimestampDigits);
        Assert.Contains(run.Packets, packet => packet.TimestampNs % 1000 != 0);
        Assert.True(run.Ending.IsComplete);
    }

    [NeedsFact(Part.Live, Part.Tcpdump)]
    public void The_observer_behind_it_sees_the_flows_that_it_sees_in_the_file()
    {
        using var folder = new TemporaryDirectory();
        using var link = new VethPair();
        using var tcpdump = link.StartTcpdump(folder["reference.pcap"], Many);
        var live = link.Near.In(() =>
        {
            using var stop = new CancellationTokenSource();
            using var captures = CaptureSet.Of(LiveRun.Open(LiveRun.Options(), stop.Token));
            var traffic = Task.Run(() =>
            {
                link.Send(Many, Varied);
                tcpdump.WaitForExit(20_000);
                Thread.Sleep(200);
                stop.Cancel();
            });
            var observed = Observe(captures);
            traffic.Wait();
            return observed;
        });
        using var files = CaptureSet.Open([folder["reference.pcap"]], () => Stream.Null);
        var offline = Observe(files);

        Assert.Equal(offline.Flows.Select(Facts), live.Flows.Select(Facts));
        Assert.Equal(VethPair.Interface(), Assert.Single(live.Summary.Points).Name);
        Assert.Equal(Many, live.Summary.Captures[0].Annotations.Drops[0].Received);
        Assert.Equal(VethPair.Interface(), Assert.Single(live.Summary.Captures[0].Points));
        Assert.True(live.Summary.Captures[0].IsWhole);
        Assert.Equal(offline.Summary.Captures[0]
            with
        { Path = "", Format = "", Annotations = CaptureAnnotations.None, Links = [], Points = [] },
                live.Summary.Captures[0] with
                {
                    Path = "",
                    Format = "",
                    Annotations = CaptureAnnotations.None,
                    Links = [],
                    Points = [],
                    End = offline.Summary.Captures[0].End
                });
    }

    [NeedsFact(Part.Live)]
    public void A_quiet_link_holds_nobody_up()
    {
        using var link = new VethPair();
        var waited = link.Near.In(() =>
        {
            using var live = LiveRun.Open(LiveRun.Options() with { Filter = "tcp" }, CancellationToken.None);
            var clock = Stopwatch.StartNew();
            Assert.Equal(CaptureRead.Quiet, live.Read(0, out _));
            Assert.Equal(CaptureRead.Quiet, live.Read(120, out _));
            return clock.ElapsedMilliseconds;
        });

        Assert.InRange(waited, 120, 5_000);
    }

    [NeedsFact(Part.Live)]
    public void It_stops_soon_after_it_was_told_to_on_a_quiet_link()
    {
        using var link = new VethPair();

        Assert.InRange(LeastStopMs(link), 0, LongestStopMs);
    }

    [NeedsFact(Part.Live)]
    public void It_stops_soon_after_it_was_told_to_on_a_busy_link_with_a_slow_reader()
    {
        using var link = new VethPair();
        using var over = new CancellationTokenSource();
        var traffic = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
                link.Send(2_000, Numbered);
        });
        try
        {
            Assert.InRange(LeastStopMs(link, slow: true), 0, LongestStopMs);
        }
        finally
        {
            over.Cancel();
            traffic.Wait();
        }
    }

    [NeedsFact(Part.Live)]
    public void What_came_before_the_stop_is_handed_out()
    {
        using var link = new VethPair();
        var got = link.Near.In(() =>
        {
            using var stop = new CancellationTokenSource();
            using var live = LiveRun.Open(LiveRun.Options(), stop.Token);
            link.Send(100, Numbered);
            Thread.Sleep(100);
            stop.Cancel();
            return PacketCopy.All(live).Count;
        });

        Assert.Equal(100, got);
    }

    [NeedsFact(Part.Live)]
    public void Packets_of_several_interfaces_come_in_the_order_of_their_times()
    {
        using var link = new VethPair(links: 3);
        var run = LiveRun.Of(link, LiveRun.Options("in0", "in1", "in2"), Many,
            () => link.Send(Many, Numbered, number => number % 2));

        Assert.Equal(Enumerable.Range(0, Many), run.Packets.Select(NumberOf));
        Assert.Equal(Enumerable.Range(0, Many).Select(number => number % 2),
            run.Packets.Select(packet => packet.InterfaceIndex));
        Assert.Equal(Enumerable.Range(1, Many).Select(number => (long)number),
            run.Packets.Select(packet => packet.Number));
        Assert.Equal([Many / 2, Many / 2, 0], run.Counters.Select(counter => (int)counter.Delivered!.Value));
    }

    [NeedsFact(Part.Live)]
    public void A_quiet_interface_holds_the_others_up_for_a_moment_only()
    {
        using var link = new VethPair(links: 2);
        var waited = link.Near.In(() =>
        {
            using var live = LiveRun.Open(LiveRun.Options("in0", "in1"), CancellationToken.None);
            var least = long.MaxValue;
            for (var attempt = 0; attempt < 5; attempt++)
            {
                link.Send(1, Numbered);
                var clock = Stopwatch.StartNew();
                Assert.Equal(CaptureRead.Packet, live.Read(10_000, out _));
                least = Math.Min(least, clock.ElapsedMilliseconds);
            }

            return least;
        });

        Assert.InRange(waited, 0, 200);
    }

    [NeedsTheory(Part.Live)]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public void A_clock_that_was_set_stops_nobody(int seconds)
    {
        using var link = new VethPair(links: 2);
        var run = LiveRun.Of(link, LiveRun.Options("in0", "in1") with { Clock = new SetClock(seconds) }, 20,
            () => link.Send(20, Numbered));

        Assert.Equal(Enumerable.Range(0, 20), run.Packets.Select(NumberOf));
    }

    [NeedsFact(Part.Live)]
    public void Any_is_all_interfaces_as_one_and_tells_which()
    {
        using var link = new VethPair(links: 2);
        var run = LiveRun.Of(link, LiveRun.Options("any"), 200, () => link.Send(200, Numbered, number => number % 2));

        Assert.Equal(200, run.Packets.Count);
        Assert.All(run.Packets, packet => Assert.Equal(276, packet.LinkType.Value));
        Assert.Equal(2, run.Packets.Select(packet => packet.Hex[8..16]).Distinct().Count());
    }

    [NeedsFact(Part.Live)]
    public void A_filter_leaves_the_rest_to_the_system()
    {
        using var link = new VethPair();
        var run = LiveRun.Of(link, LiveRun.Options() with { Filter = $"udp dst port {VethPair.Port}" }, 50, () =>
        {
            link.Send(50, Numbered, port: VethPair.Port + 1);
            link.Send(50, Numbered);
        });
        var counters = Assert.Single(run.Counters);

        Assert.Equal(Enumerable.Range(0, 50), run.Packets.Select(NumberOf));
        Assert.Equal((null, 50, 50), (counters.Received, counters.Accepted, counters.Delivered));
        Assert.Equal($"udp dst port {VethPair.Port}", run.Interfaces[0].Filter);
    }

    [NeedsFact(Part.Live)]
    public void A_direction_leaves_the_other_out()
    {
        using var link = new VethPair();
        var came = LiveRun.Of(link, LiveRun.Options() with { Direction = LiveDirection.In, Filter = "udp" }, 1, Both);
        var went = LiveRun.Of(link, LiveRun.Options() with { Direction = LiveDirection.Out, Filter = "udp" }, 1, Both);

        Assert.Equal(Convert.ToHexString(Numbered(0)), Assert.Single(came.Packets).Hex[(2 * Headers)..]);
        Assert.Equal(Convert.ToHexString("answer"u8), Assert.Single(went.Packets).Hex[(2 * Headers)..]);

        void Both()
        {
            link.Send(1, Numbered);
            link.Answer();
        }
    }

    [NeedsFact(Part.Live)]
    public void A_snap_length_cuts_and_immediate_mode_hands_over_at_once()
    {
        using var link = new VethPair();
        var run = LiveRun.Of(link, LiveRun.Options() with { SnapLength = 96, IsImmediate = true }, 10,
            () => link.Send(10, _ => new byte[500]));

        Assert.Equal(10, run.Packets.Count);
        Assert.All(run.Packets,
            packet => Assert.Equal((2 * 96, Headers + 500), (packet.Hex.Length, packet.OriginalLength)));
        Assert.Equal(96u, run.Interfaces[0].SnapLength);
    }

    [NeedsFact(Part.Live)]
    public void Received_is_delivered_and_dropped_when_the_buffer_is_too_small()
    {
        using var link = new VethPair();
        const int Sent = 20_000;
        var counters = link.Near.In(() =>
        {
            using var live = LiveRun.Open(LiveRun.Options() with { BufferBytes = 512 * 1024 }, CancellationToken.None);
            Assert.Equal(CaptureRead.Quiet, live.Read(0, out _));
            link.Send(Sent, _ => new byte[400], pauseEvery: Sent);
            while (live.Read(300, out _) == CaptureRead.Packet)
            {
            }

            return Assert.Single(live.Annotations.Drops);
        });

        Assert.Equal(Sent, counters.Received);
        Assert.InRange(counters.DroppedBySystem!.Value, 1, Sent - 1);
        Assert.Equal(counters.Received, counters.Delivered + counters.DroppedBySystem);
        Assert.Equal(counters.DroppedBySystem, counters.Dropped);
    }

    [NeedsFact(Part.Live)]
    public void Reading_allocates_nothing()
    {
        using var link = new VethPair(links: 2);
        var least = link.Near.In(() =>
        {
            using var live = LiveRun.Open(LiveRun.Options("in0", "in1"), CancellationToken.None);
            return Allocation.LeastMeasured(() =>
            {
                link.Send(1_000, Numbered, number => number % 2);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var packets = 0;
                while (live.Read(200, out _) == CaptureRead.Packet)
                    packets++;
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.Equal(1_000, packets);
                return allocated;
            });
        });

        Assert.Equal(0, least);
    }

    /// <summary>The least time, of a few attempts, from telling a capture to stop until it has ended: other work on the
    /// machine may delay any one.</summary>
    private static long LeastStopMs(VethPair link, bool slow = false) => link.Near.In(() =>
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > LongestStopMs / 2; attempt++)
        {
            using var stop = new CancellationTokenSource();
            using var live = LiveRun.Open(LiveRun.Options(), stop.Token);
            var clock = new Stopwatch();
            using var timer = new Timer(_ =>
            {
                clock.Start();
                stop.Cancel();
            });
            timer.Change(150, Timeout.Infinite);
            while (live.TryRead(out _))
            {
                if (slow)
                    Thread.Sleep(1);
            }

            least = Math.Min(least, clock.ElapsedMilliseconds);
            Assert.True(live.Ending!.IsComplete);
        }

        return least;
    });

    /// <summary>The system's clock, set by some seconds: packets are stamped by the right one.</summary>
    private sealed class SetClock(int seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddSeconds(seconds);
    }

    private static (ObservationSummary Summary, List<FlowRecord> Flows) Observe(CaptureSet captures)
    {
        var flows = new List<FlowRecord>();
        return (TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null,
            CancellationToken.None), flows);
    }

    private static object Facts(FlowRecord flow) =>
        (flow.Originator, flow.Responder, flow.Transport, flow.StartNs, flow.EndNs, flow.Out, flow.In, flow.History);

    private static byte[] Varied(int number)
    {
        var payload = new byte[4 + (number * 7 % 1_400)];
        new Random(number).NextBytes(payload);
        return payload;
    }

    private static byte[] Numbered(int number)
    {
        var payload = new byte[64];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        return payload;
    }

    private static int NumberOf(PacketCopy packet) =>
        BinaryPrimitives.ReadInt32BigEndian(Convert.FromHexString(packet.Hex).AsSpan(Headers));
}
