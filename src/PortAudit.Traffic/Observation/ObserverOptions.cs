using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>How an observation is made.</summary>
public sealed record ObserverOptions
{
    /// <summary>Names the capture point of a file and, in pcapng, of an interface's name (null where there is
    /// none).</summary>
    public Func<string, string?, string> CapturePointOf { get; init; } = (_, interfaceName) => interfaceName ?? "";

    /// <summary>True to keep the first frame numbers of every flow while they pass: for input that cannot be read
    /// twice.</summary>
    public bool KeepFrames { get; init; }

    /// <summary>True to read the names of hosts that protocols tell on the way.</summary>
    public bool ReadNames { get; init; } = true;

    /// <summary>True to keep what TLS handshakes show: <see cref="PortAudit.Traffic.Records.FlowRecord.Tls"/>. What
    /// names protocol and service does not depend on it.</summary>
    public bool ReadHandshakes { get; init; } = true;

    /// <summary>True to keep of every flow what several capture points compare:
    /// <see cref="PortAudit.Traffic.Records.FlowRecord.Trace"/>. It takes up to a kilobyte for a flow.</summary>
    public bool TraceFlows { get; init; }

    /// <summary>
    /// Number of the first capture, from which <see cref="PortAudit.Traffic.Capture.FrameReference.Capture"/> and
    /// <see cref="PortAudit.Traffic.Records.FlowRecord.Capture"/> count: 0, or the number of captures of an earlier
    /// observation that this one is appended to (<see cref="ObservationSummary.Append"/>).
    /// </summary>
    public int FirstCapture { get; init; }

    /// <summary>Number of the first announcement: 1, or <see cref="ObservationSummary.NextAnnouncement"/> of an earlier
    /// observation that this one is appended to.</summary>
    public int FirstAnnouncement { get; init; } = 1;

    /// <summary>VLANs that count as one.</summary>
    public VlanEquivalence Vlans { get; init; } = VlanEquivalence.None;

    /// <summary>True to leave packets that were recorded twice out of the packet and byte counts of flows.</summary>
    public bool DropDuplicates { get; init; }

    /// <summary>Threads to use, at least 1. The result is the same with any number; more than two are not used, but
    /// that each of a few files in gzip is decompressed on one more.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Called at most once, after reading: the flows that come now come in the order of their starts. Called where the
    /// sink is called; not when so many flows are under way that their order is not worth the memory.
    /// </summary>
    public Action OrderBegins { get; init; } = () => { };

    /// <summary>Flows held at once at most.</summary>
    public int MaximumFlows { get; init; } = FlowTable.DefaultMaximumFlows;
}
