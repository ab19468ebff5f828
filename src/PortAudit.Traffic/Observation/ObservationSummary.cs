using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Capture.Ring;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>One capture file that was read.</summary>
/// <param name="Path">Path as the user gave it, or <c>-</c>.</param>
/// <param name="Format">Name of the format.</param>
/// <param name="Packets">Frames read from it.</param>
/// <param name="FirstNs">Earliest timestamp in nanoseconds since the Unix epoch; null without a packet.</param>
/// <param name="LastNs">Latest timestamp; null without a packet.</param>
/// <param name="TimestampDigits">Decimal digits of a second in its timestamps, the finest of its interfaces.</param>
/// <param name="UnreadLinks">Unsupported link types, ascending, with their frames.</param>
/// <param name="End">How reading ended.</param>
public sealed record CaptureSummary(
    string Path, string Format, long Packets, long? FirstNs, long? LastNs, int TimestampDigits,
    ImmutableArray<UnreadLink> UnreadLinks, CaptureEnd End)
{
    /// <summary>Drops, names and comments in the capture, and damage that was skipped. Empty for a capture that was
    /// stopped.</summary>
    public CaptureAnnotations Annotations { get; init; } = CaptureAnnotations.None;

    /// <summary>Regularity of its timestamps.</summary>
    public CaptureClock Clock { get; init; }

    /// <summary>Frames by link type, ascending.</summary>
    public ImmutableArray<LinkCount> Links { get; init; } = [];

    /// <summary>Names of the capture points at which its packets were recorded, in ordinal order.</summary>
    public ImmutableArray<string> Points { get; init; } = [];

    /// <summary>Ring files that hold its packets, in frame order; empty for a capture file.</summary>
    public ImmutableArray<RingFile> Files { get; init; } = [];

    /// <summary>What wrote it, when it is a flow log; null for a capture.</summary>
    public LogSource? Log { get; init; }

    /// <summary>Rows of a flow log that are flows; 0 for a capture. <see cref="Packets"/> is then what they
    /// count.</summary>
    public long Rows { get; init; }

    /// <summary>True when all of it was read and nothing is damaged.</summary>
    public bool IsWhole => End.IsComplete && Annotations is { Damages.IsEmpty: true, DamagesNotListed: 0 };

    /// <summary>True when nothing can refer to it: no packets, no known losses, no damage.</summary>
    internal bool IsIdle => Packets == 0 && Annotations is { Damages.IsEmpty: true, DamagesNotListed: 0 }
        && (Annotations.Dropped ?? 0) == 0;
}

/// <summary>Frames of a capture with an unsupported link type.</summary>
/// <param name="LinkType">The link type.</param>
/// <param name="Packets">Number of frames.</param>
/// <param name="FirstFrame">Number of the first of them.</param>
public sealed record UnreadLink(LinkType LinkType, long Packets, long FirstFrame);

/// <summary>Frames whose decoding ended at the same layer for the same reason.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Packets">Number of frames.</param>
/// <param name="First">The first such frame.</param>
public sealed record DecodeStopCount(DecodeLayer Layer, DecodeReason Reason, long Packets,
    FrameReference First);

/// <summary>Frames without IP that carry the same protocol.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Packets">Number of frames.</param>
/// <param name="First">The first such frame.</param>
public sealed record LinkProtocolCount(LinkProtocol Protocol, long Packets, FrameReference First);

/// <summary>A period between captures in which nothing was recorded.</summary>
/// <param name="FromNs">Time of the last packet before it, in nanoseconds since the Unix epoch.</param>
/// <param name="ToNs">Time of the first packet after it.</param>
public readonly record struct CaptureGap(long FromNs, long ToNs);

/// <summary>What was read, where decoding ended and which limits were reached: the basis of an audit.</summary>
public sealed record ObservationSummary
{
    /// <summary>Latest captures whose comments, names and damage are kept when observations are joined; for older ones
    /// only counts.</summary>
    public const int MaximumDetailedCaptures = 1_000;

    /// <summary>The captures, indexed by <see cref="FrameReference.Capture"/>.</summary>
    public required ImmutableArray<CaptureSummary> Captures { get; init; }

    /// <summary>Number of first captures without details: joined observations keep them for the latest
    /// <see cref="MaximumDetailedCaptures"/> only.</summary>
    public int CapturesWithoutDetail { get; init; }

    /// <summary>The capture points, by name (ordinal).</summary>
    public required ImmutableArray<PointSummary> Points { get; init; }

    /// <summary>Where decoding ended, by layer and reason, without fully decoded frames.</summary>
    public required ImmutableArray<DecodeStopCount> DecodeStops { get; init; }

    /// <summary>Frames without IP, by protocol; not in <see cref="DecodeStops"/>.</summary>
    public ImmutableArray<LinkProtocolCount> LinkProtocols { get; init; } = [];

    /// <summary>The sum of all points.</summary>
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

    /// <summary>Flows by tunnel.</summary>
    public FlowBreakdown Tunnels { get; init; } = FlowBreakdown.None;

    /// <summary>Flows closed early because the flow table was full.</summary>
    public required long FlowsEvicted { get; init; }

    /// <summary>What became of fragmented datagrams.</summary>
    public FragmentCounts Fragments { get; init; } = FragmentCounts.None;

    /// <summary>Interfaces merged into the last capture point because there were too many.</summary>
    public long PointsMerged { get; init; }

    /// <summary>Packets in tunnels not distinguished because there were too many.</summary>
    public long PacketsOfOtherTunnels { get; init; }

    /// <summary>Conversations not identified because the identification buffers were full.</summary>
    public required long IdentificationsSkipped { get; init; }

    /// <summary>Announcements and their use, by number.</summary>
    public ImmutableArray<AnnouncementUse> Announcements { get; init; } = [];

    /// <summary>Announcements dropped because there were too many.</summary>
    public long AnnouncementsForgotten { get; init; }

    /// <summary>How completely control conversations were followed, by protocol.</summary>
    public ImmutableArray<ControlChannelCount> ControlChannels { get; init; } = [];

    /// <summary>Names of addresses seen in the traffic, by address, best basis first. For display only; no verdict
    /// depends on them.</summary>
    public ImmutableArray<NameSighting> Names { get; init; } = [];

    /// <summary>Name sightings beyond the limit.</summary>
    public long NameSightingsNotKept { get; init; }

    /// <summary>Flows only partly read for names.</summary>
    public long FlowsReadInPartForNames { get; init; }

    /// <summary>Hop limits seen beyond the limit: for such a host the sender of a reset is unknown.</summary>
    public long HopLimitsNotKept { get; init; }

    /// <summary>Flows not traced for comparison between capture points, because too many were active.</summary>
    public long FlowsNotTraced { get; init; }

    /// <summary>Flows that could not be named by behaviour, because too many were active.</summary>
    public long BehavioursNotKept { get; init; }

    /// <summary>Work skipped because packets came too fast.</summary>
    public ShedCounts Shed { get; init; }

    /// <summary>Number of the next announcement: <see cref="ObserverOptions.FirstAnnouncement"/> for an observation to
    /// be appended.</summary>
    public int NextAnnouncement => Announcements.IsEmpty ? 1 : Announcements[^1].Announcement.Number + 1;

    /// <summary>Gaps between captures, by time: from the last packet of all earlier ones to the first of the next,
    /// where longer than any silence inside a capture. A time covered by another capture is no gap.</summary>
    public ImmutableArray<CaptureGap> Gaps => CaptureGaps.Between(Captures);

    /// <summary>Joins this observation and the one after it: captures in sequence, the rest added by name. Limits apply
    /// as in a single observation; captures before the latest <see cref="MaximumDetailedCaptures"/> lose their details
    /// but keep their numbers.</summary>
    /// <param name="later">Its <see cref="ObserverOptions.FirstCapture"/> and
    /// <see cref="ObserverOptions.FirstAnnouncement"/> must continue this one's numbers.</param>
    /// <exception cref="ArgumentException">Its numbers do not continue this one's.</exception>
    public ObservationSummary Append(ObservationSummary later) => ObservationSequence.Append(this, later);

    /// <summary>Joins this observation and one of other inputs, whose times may overlap.</summary>
    /// <param name="other">Its captures must be numbered on from this one's; it announces nothing.</param>
    public ObservationSummary Beside(ObservationSummary other) => ObservationSequence.Beside(this, other);

    /// <summary>The observation as far as it is of a time, for flows selected by their start: captures and points
    /// outside it are empty or left out, the times of others are cut to it. What was counted of those, packets and
    /// losses, is of all their time.</summary>
    /// <param name="sinceNs">First time, in nanoseconds since the Unix epoch; null for the beginning.</param>
    /// <param name="untilNs">Time behind the last; null for the end.</param>
    public ObservationSummary Within(long? sinceNs, long? untilNs) =>
        ObservationWindow.Narrow(this, sinceNs, untilNs);

    /// <summary>The observation without empty captures at its end: nothing refers to them, and the next observation
    /// reuses their numbers. For a program that starts often and sees nothing.</summary>
    public ObservationSummary WithoutIdleEnd()
    {
        var kept = Captures.Length;
        while (kept > 0 && Captures[kept - 1].IsIdle)
            kept--;
        return this with { Captures = Captures[..kept] };
    }

    /// <summary>Frames whose decoding ended for a reason, at any layer.</summary>
    public long FramesStoppedBy(DecodeReason reason) =>
        DecodeStops.Where(stop => stop.Reason == reason).Sum(stop => stop.Packets);
}

/// <summary>Frames of one link type.</summary>
/// <param name="LinkType">The link type.</param>
/// <param name="Packets">Number of frames.</param>
public sealed record LinkCount(LinkType LinkType, long Packets)
{
    /// <summary>Link types listed, lowest first: about the size of the registry.</summary>
    public const int MaximumListed = 300;
}

/// <summary>Finds periods between captures in which nothing was recorded.</summary>
internal static class CaptureGaps
{
    /// <summary>The gaps, by time. Only gaps longer than the longest silence inside a capture count: shorter ones may
    /// be silence, as between files of a ring buffer.</summary>
    public static ImmutableArray<CaptureGap> Between(ImmutableArray<CaptureSummary> captures)
    {
        var silenceNs = captures.Select(capture => capture.Clock.LargestForwardNs).DefaultIfEmpty().Max();
        var gaps = ImmutableArray.CreateBuilder<CaptureGap>();
        long? untilNs = null;
        foreach (var capture in captures.Where(capture => capture.FirstNs is not null)
            .OrderBy(capture => capture.FirstNs))
        {
            if (untilNs is { } until && (Int128)capture.FirstNs!.Value - until > silenceNs)
                gaps.Add(new CaptureGap(until, capture.FirstNs.Value));
            untilNs = Math.Max(untilNs ?? long.MinValue, capture.LastNs!.Value);
        }

        return gaps.ToImmutable();
    }
}
