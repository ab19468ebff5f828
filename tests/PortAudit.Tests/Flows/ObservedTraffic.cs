using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Flows;

/// <summary>Walks frames through an observer at the times a test gives, and collects the flows.</summary>
internal sealed class ObservedTraffic
{
    private readonly List<FlowRecord> _flows = [];
    private readonly TrafficObserver _observer;
    private long _number;

    public ObservedTraffic(ObserverOptions? options = null) =>
        _observer = new TrafficObserver(options ?? new ObserverOptions(), _flows.Add);

    public static long Seconds(double seconds) => (long)(seconds * 1_000_000_000);

    public long Evicted => _observer.Flows.Evicted;

    /// <summary>What the capture points recorded, once the capture has ended.</summary>
    public IReadOnlyList<PointSummary> Points => _observer.Points.Summarise();

    /// <summary>What became of fragments.</summary>
    public FragmentCounts Fragments => _observer.Memory.Fragments.Counts;

    /// <summary>The VLANs of the flows that have ended, and of frames without a flow.</summary>
    public FlowBreakdown Vlans => _observer.Encapsulation.Vlans;

    /// <summary>The tunnels of the flows that have ended.</summary>
    public FlowBreakdown Tunnels => _observer.Encapsulation.Tunnels;

    /// <summary>The names of addresses that were seen.</summary>
    public HostNameTable Names => _observer.Names.Book;

    /// <summary>Flows that were longer than what is read of one for names.</summary>
    public long FlowsReadInPart => _observer.Names.FlowsReadInPart;

    /// <summary>What was announced, and what became of it.</summary>
    public IReadOnlyList<AnnouncementUse> Announced => _observer.Announcements.Book.ToUses();

    /// <summary>How far conversations of control protocols were followed.</summary>
    public IReadOnlyList<ControlChannelCount> Channels => _observer.Announcements.Channels.ToCounts();

    /// <summary>Frames that were shown.</summary>
    public long Shown => _number;

    /// <summary>Shows a frame.</summary>
    /// <param name="seconds">Time since the start of the capture.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="point">Name of the capture point.</param>
    /// <param name="originalLength">Length on the wire when the frame is cut.</param>
    public ObservedTraffic At(double seconds, byte[] frame, string point = "", int? originalLength = null) =>
        AtNs(Seconds(seconds), frame, point, originalLength);

    /// <summary>As <see cref="At"/>, with the time in nanoseconds since the Unix epoch.</summary>
    public ObservedTraffic AtNs(long timestampNs, byte[] frame, string point = "", int? originalLength = null)
    {
        var packet =
            new CapturedPacket(++_number, timestampNs, 0, LinkType.Ethernet, originalLength ?? frame.Length, frame);
        _observer.Observe(packet, capture: 0, _observer.Points.IndexOf(point), timestampDigits: 6);
        return this;
    }

    /// <summary>Ends the capture: its flows, by start.</summary>
    public IReadOnlyList<FlowRecord> Flows()
    {
        _observer.Complete();
        return [.. _flows.OrderBy(flow => flow.StartNs)];
    }

    /// <summary>Ends the capture, which holds one flow.</summary>
    public FlowRecord Flow() => Assert.Single(Flows());
}
