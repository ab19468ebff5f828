using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>Options of an observation.</summary>
public sealed record ObserverOptions
{
    /// <summary>Maps a file and a pcapng interface name (null when absent) to a capture point.</summary>
    public Func<string, string?, string> CapturePointOf { get; init; } = (_, interfaceName) => interfaceName ?? "";

    /// <summary>True to keep the first frame numbers of every flow, for input that cannot be read twice.</summary>
    public bool KeepFrames { get; init; }

    /// <summary>True to read host names from protocols.</summary>
    public bool ReadNames { get; init; } = true;

    /// <summary>True to keep TLS handshakes in <see cref="PortAudit.Traffic.Records.FlowRecord.Tls"/>. Identification
    /// does not depend on it.</summary>
    public bool ReadHandshakes { get; init; } = true;

    /// <summary>True to keep <see cref="PortAudit.Traffic.Records.FlowRecord.Trace"/>, which several capture points
    /// compare; up to a kilobyte per flow.</summary>
    public bool TraceFlows { get; init; }

    /// <summary>True to keep <see cref="PortAudit.Traffic.Records.FlowRecord.ByteTimes"/>, which plots show; up to six
    /// kilobytes for a long flow.</summary>
    public bool TimeBytes { get; init; }

    /// <summary>Of which flows to keep <see cref="PortAudit.Traffic.Records.FlowRecord.Behaviour"/>, by which they can
    /// be named; 128 bytes per active flow.</summary>
    public BehaviourCounting Behaviour { get; init; }

    /// <summary>Number of the first capture, for <see cref="PortAudit.Traffic.Capture.FrameReference.Capture"/> and
    /// <see cref="PortAudit.Traffic.Records.FlowRecord.Capture"/>: 0, or the number of captures in the observation to
    /// append to (<see cref="ObservationSummary.Append"/>).</summary>
    public int FirstCapture { get; init; }

    /// <summary>Number of the first announcement: 1, or <see cref="ObservationSummary.NextAnnouncement"/> of the
    /// observation to append to.</summary>
    public int FirstAnnouncement { get; init; } = 1;

    /// <summary>VLANs that count as one.</summary>
    public VlanEquivalence Vlans { get; init; } = VlanEquivalence.None;

    /// <summary>True to exclude packets that were recorded twice from packet and byte counts of flows.</summary>
    public bool DropDuplicates { get; init; }

    /// <summary>Threads to use, at least 1. The result does not depend on it. Two are used at most, plus one for each
    /// of a few gzip files to decompress.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Called at most once, after reading, in the sink's thread: the remaining flows come in order of their
    /// starts. Not called when too many flows are active to sort them.</summary>
    public Action OrderBegins { get; init; } = () => { };

    /// <summary>Called in the reading thread for the first packet of each side of a flow that came in an Ethernet frame
    /// and no tunnel; null to read no link addresses.</summary>
    public Action<LinkSighting>? SeenOnLink { get; init; }

    /// <summary>Active flows at most.</summary>
    public int MaximumFlows { get; init; } = FlowTable.DefaultMaximumFlows;
}

/// <summary>Whose packets are counted by size, gap and turn.</summary>
public enum BehaviourCounting
{
    /// <summary>Those of no flow.</summary>
    None,

    /// <summary>Those of flows whose protocol their bytes do not prove: only these are named by behaviour.</summary>
    Unproved,

    /// <summary>Those of all flows, from which a model learns.</summary>
    All,
}
