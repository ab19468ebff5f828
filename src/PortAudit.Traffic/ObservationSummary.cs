using System.Collections.Immutable;
using PortAudit.Traffic.Announcements;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Names;
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

    /// <summary>Frames by link type, ascending.</summary>
    public ImmutableArray<LinkCount> Links { get; init; } = [];

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

/// <summary>What was read, where decoding ended, and which limits were reached: the ground on which an audit stands.</summary>
public sealed record ObservationSummary
{
    /// <summary>The captures, in the order in which <see cref="Flows.FrameReference.Capture"/> counts them.</summary>
    public required ImmutableArray<CaptureSummary> Captures { get; init; }

    /// <summary>The capture points, in ordinal order of their names.</summary>
    public required ImmutableArray<PointSummary> Points { get; init; }

    /// <summary>Where decoding ended, in the order of layer and reason; fully decoded frames are not listed.</summary>
    public required ImmutableArray<DecodeStopCount> DecodeStops { get; init; }

    /// <summary>All points as one.</summary>
    public PointSummary Total => PointSummary.SumOf(Points);

    /// <summary>Frames of all captures by link type, ascending.</summary>
    public ImmutableArray<LinkCount> Links =>
    [
        .. Captures.SelectMany(capture => capture.Links)
            .GroupBy(link => link.LinkType.Value)
            .OrderBy(group => group.Key)
            .Select(group => new LinkCount(group.First().LinkType, group.Sum(link => link.Packets))),
    ];

    /// <summary>Flows by VLAN.</summary>
    public FlowBreakdown Vlans { get; init; } = FlowBreakdown.None;

    /// <summary>Flows by the tunnel that they are in.</summary>
    public FlowBreakdown Tunnels { get; init; } = FlowBreakdown.None;

    /// <summary>Flows that were closed early because the flow table was full.</summary>
    public required long FlowsEvicted { get; init; }

    /// <summary>What became of fragmented datagrams.</summary>
    public FragmentCounts Fragments { get; init; } = FragmentCounts.None;

    /// <summary>Interfaces whose capture point was not told apart because there were too many.</summary>
    public long PointsMerged { get; init; }

    /// <summary>Packets of tunnels that were not told apart because there were too many.</summary>
    public long PacketsOfOtherTunnels { get; init; }

    /// <summary>Conversations whose protocol was not looked for because the identification buffers were full.</summary>
    public required long IdentificationsSkipped { get; init; }

    /// <summary>What was announced, and what became of it, by number.</summary>
    public ImmutableArray<AnnouncementUse> Announcements { get; init; } = [];

    /// <summary>Announcements that were forgotten because there were too many.</summary>
    public long AnnouncementsForgotten { get; init; }

    /// <summary>How far the conversations of control protocols could be followed, by their names.</summary>
    public ImmutableArray<ControlChannelCount> ControlChannels { get; init; } = [];

    /// <summary>Names of addresses that were seen on the way, by address, best ground first. They enrich; nothing is judged by them.</summary>
    public ImmutableArray<NameSighting> Names { get; init; } = [];

    /// <summary>Sightings of names beyond those that are kept.</summary>
    public long NameSightingsNotKept { get; init; }

    /// <summary>Flows that were longer than what is read of one for names.</summary>
    public long FlowsReadInPartForNames { get; init; }

    /// <summary>Times that a flow told a hop limit of a host beyond those that are kept: who sent a reset in such a host's name is not known.</summary>
    public long HopLimitsNotKept { get; init; }

    /// <summary>What was not looked at because packets came faster than that.</summary>
    public ShedCounts Shed { get; init; }

    /// <summary>Frames whose decoding ended for a reason, whatever the layer.</summary>
    public long FramesStoppedBy(DecodeReason reason) => DecodeStops.Where(stop => stop.Reason == reason).Sum(stop => stop.Packets);
}
