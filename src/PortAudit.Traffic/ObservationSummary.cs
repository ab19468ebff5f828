using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic;

/// <summary>One capture file that was read.</summary>
/// <param name="Path">Path as the user gave it, or <c>-</c>.</param>
/// <param name="Format">Format in words.</param>
/// <param name="Packets">Frames read from it.</param>
/// <param name="FirstNs">Earliest timestamp in nanoseconds since the Unix epoch; null without a packet.</param>
/// <param name="LastNs">Latest timestamp; null without a packet.</param>
/// <param name="TimestampDigits">Decimal digits of a second that its timestamps resolve, the finest of its interfaces.</param>
/// <param name="UnreadLinks">Link types that are not read here, ascending, with their frames.</param>
/// <param name="End">How reading ended.</param>
public sealed record CaptureSummary(
    string Path, string Format, long Packets, long? FirstNs, long? LastNs, int TimestampDigits, ImmutableArray<UnreadLink> UnreadLinks, CaptureEnd End)
{
    /// <summary>What it told beside its frames (drops, names, comments), and damaged places behind which reading went on. Nothing for a capture that was stopped.</summary>
    public CaptureAnnotations Annotations { get; init; } = CaptureAnnotations.None;

    /// <summary>How steadily its times run.</summary>
    public CaptureClock Clock { get; init; }

    /// <summary>True when all of it was read and nothing was damaged.</summary>
    public bool IsWhole => End.IsComplete && Annotations.Damages.IsEmpty;
}

/// <summary>Frames of a capture whose link type is not read here.</summary>
/// <param name="LinkType">The link type.</param>
/// <param name="Packets">Number of frames.</param>
/// <param name="FirstFrame">Number of the first of them.</param>
public sealed record UnreadLink(LinkType LinkType, long Packets, long FirstFrame);

/// <summary>Frames whose decoding ended at the same layer for the same reason.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Packets">Number of frames.</param>
/// <param name="First">The first such frame.</param>
public sealed record DecodeStopCount(DecodeLayer Layer, DecodeReason Reason, long Packets, Flows.FrameReference First);

/// <summary>What one capture point recorded.</summary>
/// <param name="Name">Name of the point; empty when the site names none.</param>
/// <param name="Packets">Frames.</param>
/// <param name="Bytes">Sum of original frame lengths in bytes.</param>
/// <param name="CutPackets">Frames of which the capture holds less than passed on the wire.</param>
/// <param name="FirstNs">Earliest timestamp in nanoseconds since the Unix epoch; null without a packet.</param>
/// <param name="LastNs">Latest timestamp; null without a packet.</param>
/// <param name="Filters">Capture filters recorded in the files, distinct, in ordinal order.</param>
public sealed record PointSummary(
    string Name, long Packets, long Bytes, long CutPackets, long? FirstNs, long? LastNs, ImmutableArray<string> Filters)
{
    /// <summary>Packets that repeat another record of themselves (<see cref="FlowRecord.Duplicates"/>); they are among <see cref="Packets"/>.</summary>
    public long Duplicates { get; init; }

    /// <summary>What of its TCP connections did not come once and in order, both directions together.</summary>
    public StreamCounters Streams { get; init; }

    /// <summary>Holes in TCP streams that were given up because a connection had too many at one time: acknowledgments that came later are not counted as gaps.</summary>
    public long HolesClosedEarly { get; init; }
}

/// <summary>What was read, where decoding ended, and which limits were reached: the ground on which an audit stands.</summary>
public sealed record ObservationSummary
{
    /// <summary>The captures, in the order in which <see cref="Flows.FrameReference.Capture"/> counts them.</summary>
    public required ImmutableArray<CaptureSummary> Captures { get; init; }

    /// <summary>The capture points, in ordinal order of their names.</summary>
    public required ImmutableArray<PointSummary> Points { get; init; }

    /// <summary>Where decoding ended, in the order of layer and reason; fully decoded frames are not listed.</summary>
    public required ImmutableArray<DecodeStopCount> DecodeStops { get; init; }

    /// <summary>Flows that were closed early because the flow table was full.</summary>
    public required long FlowsEvicted { get; init; }

    /// <summary>What became of fragmented datagrams.</summary>
    public FragmentCounts Fragments { get; init; } = FragmentCounts.None;

    /// <summary>Packets of tunnels that were not told apart because there were too many.</summary>
    public long PacketsOfOtherTunnels { get; init; }

    /// <summary>Conversations whose protocol was not looked for because the identification buffers were full.</summary>
    public required long IdentificationsSkipped { get; init; }
}
