using System.Diagnostics;
using PortAudit.Live;
using PortAudit.Live.Host;
using PortAudit.Live.Interfaces;
using PortAudit.Tests.Capture;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Live;

/// <summary>Interfaces that are lost during capture and come back.</summary>
public sealed class ReopeningTests
{
    private const int PatienceMs = 15_000;

    [NeedsFact(Part.Live)]
    public void An_interface_that_comes_back_goes_on_as_the_same_and_its_counters_add_up()
    {
        using var link = new VethPair();
        var run = Watch(link, Options("in0"), live =>
        {
            live.Expect(200, () => link.Send(200, _ => new byte[10]));
            link.Remove(0);
            live.AwaitLoss();
            Assert.Equal(LiveProblemKind.DeviceVanished, Assert.Single(live.Capture.Problems).Kind);
            link.Connect(0);
            live.AwaitReturn();
            live.Expect(300, () => link.Send(300, _ => new byte[20]));
        });
        var outage = Assert.Single(run.Told.Outages);
        var counters = Assert.Single(run.Told.Drops);

        Assert.All(run.Packets, packet => Assert.Equal(0, packet.InterfaceIndex));
        Assert.Equal(Enumerable.Range(1, 500).Select(number => (long)number),
            run.Packets.Select(packet => packet.Number));
        Assert.Equal((500, 500, 0),
            ((int)counters.Received!.Value, (int)counters.Delivered!.Value, (int)counters.Dropped!.Value));
        Assert.Equal(("in0", 0), (outage.Name, outage.Interface));
        Assert.InRange(outage.FromNs, run.Packets[199].TimestampNs, outage.ToNs!.Value);
        Assert.InRange(run.Packets[200].TimestampNs, outage.ToNs!.Value, long.MaxValue);
        Assert.Single(run.Interfaces);
        Assert.True(run.Ending.IsComplete, run.Ending.Reason);
    }

    [NeedsFact(Part.Live)]
    public void The_others_go_on_meanwhile_and_it_may_happen_more_than_once()
    {
        using var link = new VethPair(links: 2);
        var run = Watch(link, Options("in0", "in1"), live =>
        {
            for (var time = 0; time < 2; time++)
            {
                live.Expect(100, () => link.Send(100, _ => new byte[10], number => number % 2));
                link.Remove(0);
                live.AwaitLoss();
                live.Expect(1_000, () => link.Send(1_000, _ => new byte[10], _ => 1));
                link.Connect(0);
                live.AwaitReturn();
            }

            live.Expect(100, () => link.Send(100, _ => new byte[10], number => number % 2));
        });

        Assert.Equal([150, 2_150], run.Told.Drops.Select(drops => (int)drops.Delivered!.Value));
        Assert.Equal([150, 2_150], run.Told.Drops.Select(drops => (int)drops.Received!.Value));
        Assert.Equal(["in0", "in0"], run.Told.Outages.Select(outage => outage.Name));
        Assert.True(run.Ending.IsComplete);
    }

    [NeedsFact(Part.Live)]
    public void One_that_comes_back_with_another_link_type_is_another_interface_of_the_capture()
    {
        using var link = new VethPair();
        var run = Watch(link, Options("in0"), live =>
        {
            for (var time = 0; time < 2; time++)
            {
                live.Expect(20, () => link.Send(20, _ => new byte[10]));
                link.Remove(0);
                live.AwaitLoss();
                NetworkNamespace.Ip("-n", link.Near.Name, "tuntap", "add", "dev", "in0", "mode", "tun");
                NetworkNamespace.Ip("-n", link.Near.Name, "link", "set", "in0", "up");
                live.AwaitReturn();
                NetworkNamespace.Ip("-n", link.Near.Name, "link", "del", "in0");
                live.AwaitLoss();
                link.Connect(0);
                live.AwaitReturn();
            }

            live.Expect(20, () => link.Send(20, _ => new byte[10]));
        });

        Assert.Equal([LinkType.Ethernet, new LinkType(101)], run.Interfaces.Select(one => one.LinkType));
        Assert.Equal([(0, 60), (1, 0)], run.Told.Drops.Select(drops => (drops.Interface, (int)drops.Delivered!.Value)));
        Assert.Equal([0, 1, 0, 1], run.Told.Outages.Select(outage => outage.Interface));
        Assert.All(run.Packets,
            packet => Assert.Equal((0, LinkType.Ethernet), (packet.InterfaceIndex, packet.LinkType)));
    }

    [NeedsFact(Part.Live)]
    public void What_came_before_the_loss_is_handed_out()
    {
        using var link = new VethPair();
        var run = Watch(link, Options("in0"), live =>
        {
            link.Send(100, _ => new byte[10]);
            Thread.Sleep(200);
            link.Remove(0);
            live.AwaitLoss();
        });

        Assert.Equal(100, run.Packets.Count);
        Assert.Equal(100, Assert.Single(run.Told.Drops).Received);
    }

    [NeedsFact(Part.Live)]
    public void Down_and_up_again_and_another_address_are_no_outage()
    {
        using var link = new VethPair();
        var run = Watch(link, Options("in0") with { Filter = "udp" }, live =>
        {
            live.Expect(10, () => link.Send(10, _ => new byte[10]));
            NetworkNamespace.Ip("-n", link.Near.Name, "link", "set", "in0", "down");
            Assert.Equal(CaptureRead.Quiet, live.Read(1_500));
            NetworkNamespace.Ip("-n", link.Near.Name, "link", "set", "in0", "address", "02:00:00:00:77:01", "up");
            NetworkNamespace.Ip("-n", link.Near.Name, "addr", "add", "10.98.0.1/24", "dev", "in0");
            NetworkNamespace.Ip("-n", link.Near.Name, "addr", "del", "10.99.0.1/24", "dev", "in0");
            Thread.Sleep(300);
            live.Expect(10, () => link.Send(10, _ => new byte[10]));
        });

        Assert.Empty(run.Told.Outages);
        Assert.Equal(20, run.Packets.Count);
    }

    [NeedsFact(Part.Live)]
    public void One_that_is_away_at_the_end_is_told_and_the_stop_is_not_delayed()
    {
        using var link = new VethPair();
        var run = Watch(link, Options("in0"), live =>
        {
            link.Remove(0);
            live.AwaitLoss();
            Assert.Equal(CaptureRead.Quiet, live.Read(1_500));
        });

        Assert.Null(Assert.Single(run.Told.Outages).ToNs);
        Assert.Equal(CaptureEndKind.Unreadable, run.Ending.Kind);
        Assert.InRange(run.StopMs, 0, 1_000);
    }

    [NeedsFact(Part.Live)]
    public void Without_the_right_it_stays_away_and_says_so()
    {
        using var link = new VethPair();
        Watch(link, Options("in0"), live =>
        {
            // A thread that has its rights still when this one has given them up.
            using var isGone = new ManualResetEventSlim();
            var other = new Thread(() =>
            {
                isGone.Wait();
                link.Connect(0);
            });
            other.Start();
            ThreadCapabilities.GiveUp();
            link.Remove(0);
            live.AwaitLoss();
            isGone.Set();
            other.Join();
            Assert.Equal(CaptureRead.Quiet, live.Read(1_500));
            Assert.Equal(LiveProblemKind.PermissionDenied, Assert.Single(live.Capture.Problems).Kind);
        });
    }

    private static LiveOptions Options(params string[] interfaces) =>
        LiveRun.Options(interfaces) with { Reopens = true };

    private static Watched Watch(VethPair link, LiveOptions options, Action<Watching> during) => link.Near.In(() =>
    {
        using var stop = new CancellationTokenSource();
        using var live = LiveRun.Open(options, stop.Token);
        var watching = new Watching(live);
        during(watching);
        var clock = Stopwatch.StartNew();
        stop.Cancel();
        while (live.TryRead(out var packet))
            watching.Packets.Add(PacketCopy.Of(packet));
        return new Watched(watching.Packets, live.Annotations, live.Interfaces, live.Ending!,
            clock.ElapsedMilliseconds);
    });

    /// <summary>A capture that is over.</summary>
    private sealed record Watched(List<PacketCopy> Packets, CaptureAnnotations Told,
        IReadOnlyList<CaptureInterface> Interfaces, CaptureEnd Ending, long StopMs);

    /// <summary>A capture under way, read on the thread that opened it.</summary>
    private sealed class Watching(LiveCapture capture)
    {
        public LiveCapture Capture => capture;

        public List<PacketCopy> Packets { get; } = [];

        public CaptureRead Read(int patienceMs)
        {
            var read = capture.Read(patienceMs, out var packet);
            if (read == CaptureRead.Packet)
                Packets.Add(PacketCopy.Of(packet));
            return read;
        }

        /// <summary>Reads until as many packets more have come as are sent.</summary>
        public void Expect(int packets, Action send)
        {
            var wanted = Packets.Count + packets;
            var traffic = Task.Run(send);
            Await(() => Packets.Count == wanted);
            traffic.Wait();
        }

        public void AwaitLoss() =>
            Await(() => !capture.Problems.IsEmpty && capture.Annotations.Outages is [.., { ToNs: null }]);

        public void AwaitReturn() => Await(() => capture.Problems.IsEmpty);

        private void Await(Func<bool> isReached)
        {
            var clock = Stopwatch.StartNew();
            while (!isReached())
            {
                Assert.InRange(clock.ElapsedMilliseconds, 0, PatienceMs);
                _ = Read(50);
            }
        }
    }
}
