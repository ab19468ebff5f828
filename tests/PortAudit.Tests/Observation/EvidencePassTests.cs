using PortAudit.Tests.Capture;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Observation;

public sealed class EvidencePassTests : IDisposable
{
    private static readonly byte[] Syn = Tcp("10.0.0.1", 40000, "10.0.0.2", 5061, TcpFlags.Syn, 100);
    private static readonly byte[] Other = Udp("10.0.0.9", 1000, "10.0.0.8", 3478, [0]);
    private readonly string _folder = Directory.CreateTempSubdirectory("portaudit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_frames_of_a_flow_and_the_errors_about_it_are_found_and_no_others()
    {
        var error = Icmp("10.0.0.254", "10.0.0.1", 3, 13, Syn);
        var frames = FramesOf(flow => flow.Responder.Port == 5061,
            [(1, Other), (2, Syn), (3, error), (4, Other), (5, Syn), (6, error), (60, error)]);

        Assert.Equal([2, 3, 5, 6], frames.Frames.Select(frame => (int)frame.Number));
        Assert.Equal(0, frames.NotListed);
    }

    [Fact]
    public void Frames_beyond_the_limit_are_counted()
    {
        var frames = FramesOf(flow => flow.Responder.Port == 3478,
            Enumerable.Range(1, 50).Select(second => ((uint)second, Other)));

        Assert.Equal(Enumerable.Range(1, FrameReference.MaximumPerFlow),
            frames.Frames.Select(frame => (int)frame.Number));
        Assert.Equal(50 - FrameReference.MaximumPerFlow, frames.NotListed);
    }

    [Fact]
    public void The_frame_that_stopped_the_flow_is_listed_even_when_it_comes_late()
    {
        var packets = Enumerable.Range(1, 30).Select(second => ((uint)second, Other))
            .Append((31u, Icmp("10.0.0.254", "10.0.0.9", 3, 10, Other)));
        var frames = FramesOf(flow => flow.Responder.Port == 3478, packets);

        Assert.Equal(31, frames.Frames[^1].Number);
        Assert.Equal(FrameReference.MaximumPerFlow, frames.Frames.Length);
        Assert.Equal(30 - (FrameReference.MaximumPerFlow - 1), frames.NotListed);
    }

    [Fact]
    public void A_later_flow_on_the_same_ports_keeps_its_own_frames()
    {
        var frames = FramesOf(flow => flow.StartNs > ObservedSeconds(100),
            [(1, Syn), (2, Syn), (1000, Tcp("10.0.0.1", 40000, "10.0.0.2", 5061, TcpFlags.Syn, 9))]);

        Assert.Equal(3, Assert.Single(frames.Frames).Number);
    }

    [Fact]
    public void Flows_of_one_key_and_start_have_evidence_of_their_own()
    {
        byte[] Segment(TcpFlags flags, uint sequence) => Tcp("10.0.0.1", 40000, "10.0.0.2", 5061, flags, sequence);
        var path = PcapFile.Write(Path.Combine(_folder, "a.pcap"), [(1, Segment(TcpFlags.Syn, 100)),
            (1, Segment(TcpFlags.Rst, 101)), (1, Segment(TcpFlags.Syn, 9_000)), (1, Segment(TcpFlags.Rst, 9_001)),
            (1, Segment(TcpFlags.Syn, 70_000)), (2, Other)]);
        var (flows, found) = Twice(path);

        var twins = flows.Where(flow => flow.Responder.Port == 5061).ToList();
        Assert.Equal(3, twins.Select(flow => flow.Id).Distinct().Count());
        Assert.All(twins, flow => Assert.Contains(flow.Id, found));
        Assert.Equal(flows.Select(flow => flow.Id), Twice(path).Flows.Select(flow => flow.Id));
    }

    private static (List<FlowRecord> Flows, IReadOnlyDictionary<ulong, FlowFrames> Found) Twice(string path)
    {
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        var flows = new List<FlowRecord>();
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null, CancellationToken.None);
        return (flows, EvidencePass.Find(captures, new ObserverOptions(), flows, long.MaxValue, null,
            CancellationToken.None));
    }

    private static long ObservedSeconds(double seconds) => PortAudit.Tests.Flows.ObservedTraffic.Seconds(seconds);

    private FlowFrames FramesOf(Func<FlowRecord, bool> which, IEnumerable<(uint, byte[])> packets)
    {
        var path = PcapFile.Write(Path.Combine(_folder, "a.pcap"), packets);
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        var flows = new List<FlowRecord>();
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null, CancellationToken.None);
        var wanted = Assert.Single(flows, flow => which(flow));
        return EvidencePass.Find(captures, new ObserverOptions(), [wanted], long.MaxValue, null,
            CancellationToken.None)[wanted.Id];
    }
}
