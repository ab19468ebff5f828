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
/// <param name="Format">Format in words.</param>
/// <param name="Packets">Frames read from it.</param>
/// <param name="FirstNs">Earliest timestamp in nanoseconds since the Unix epoch; null without a packet.</param>
/// <param name="LastNs">Latest timestamp; null without a packet.</param>
/// <param name="TimestampDigits">Decimal digits of a second that its timestamps resolve, the finest of its
/// interfaces.</param>
/// <param name="UnreadLinks">Link types that are not read here, ascending, with their frames.</param>
/// <param name="End">How reading ended.</param>
public sealed record CaptureSummary(
    string Path, string Format, long Packets, long? FirstNs, long? LastNs, int TimestampDigits,
    ImmutableArray<UnreadLink> UnreadLinks, CaptureEnd End)
{
    /// <summary>What it told besides its frames (drops, names, comments), and damaged places behind which reading went
    /// on. Nothing for a capture that was stopped.</summary>
    public CaptureAnnotations Annotations { get; init; } = CaptureAnnotations.None;

    /// <summary>How steadily its times run.</summary>
    public CaptureClock Clock { get; init; }

    /// <summary>Frames by link type, ascending.</summary>
    public ImmutableArray<LinkCount> Links { get; init; } = [];

    /// <summary>Files in which its packets were kept while they passed, in the order of their frames; empty for a
    /// capture that is a file itself.</summary>
    public ImmutableArray<RingFile> Files { get; init; } = [];

    /// <summary>True when all of it was read and nothing was damaged.</summary>
    public bool IsWhole => End.IsComplete && Annotations is { Damages.IsEmpty: true, DamagesNotListed: 0 };

    /// <summary>True when nothing can refer to it: it holds no packet, lost none that it knows of, and is not
    /// damaged.</summary>
    internal bool IsIdle => Packets == 0 && Annotations is { Damages.IsEmpty: true, DamagesNotListed: 0 }
        && (Annotations.Dropped ?? 0) == 0;
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
public sealed record DecodeStopCount(DecodeLayer Layer, DecodeReason Reason, long Packets,
    FrameReference First);

/// <summary>Frames that carry the same protocol instead of IP.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Packets">Number of frames.</param>
/// <param name="First">The first such frame.</param>
public sealed record LinkProtocolCount(LinkProtocol Protocol, long Packets, FrameReference First);

/// <summary>A time between captures in which nothing was recorded.</summary>
/// <param name="FromNs">Time of the last packet before it, in nanoseconds since the Unix epoch.</param>
/// <param name="ToNs">Time of the first packet behind it.</param>
public readonly record struct CaptureGap(long FromNs, long ToNs);

/// <summary>What was read, where decoding ended, and which limits were reached: the ground on which an audit
/// stands.</summary>
public sealed record ObservationSummary
{
    /// <summary>
    /// Captures, the latest, whose comments, names and damage are kept when observations are joined; those of older
    /// ones are counted.
    /// </summary>
    public const int MaximumDetailedCaptures = 1_000;

    /// <summary>The captures, in the order in which <see cref="FrameReference.Capture"/>
    /// counts them.</summary>
    public required ImmutableArray<CaptureSummary> Captures { get; init; }

    /// <summary>The first captures whose details are only counted, being before the latest
    /// <see cref="MaximumDetailedCaptures"/> of joined observations.</summary>
    public int CapturesWithoutDetail { get; init; }

    /// <summary>The capture points, in ordinal order of their names.</summary>
    public required ImmutableArray<PointSummary> Points { get; init; }

    /// <summary>Where decoding ended, in the order of layer and reason; fully decoded frames are not listed.</summary>
    public required ImmutableArray<DecodeStopCount> DecodeStops { get; init; }

    /// <summary>Frames that carry no IP, in the order of their protocols; <see cref="DecodeStops"/> does not count
    /// them.</summary>
    public ImmutableArray<LinkProtocolCount> LinkProtocols { get; init; } = [];

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

    /// <summary>Names of addresses that were seen on the way, by address, best ground first. They enrich; nothing is
    /// judged by them.</summary>
    public ImmutableArray<NameSighting> Names { get; init; } = [];

    /// <summary>Sightings of names beyond those that are kept.</summary>
    public long NameSightingsNotKept { get; init; }

    /// <summary>Flows that were longer than what is read of one for names.</summary>
    public long FlowsReadInPartForNames { get; init; }

    /// <summary>Times that a flow told a hop limit of a host beyond those that are kept: who sent a reset in such a
    /// host's name is not known.</summary>
    public long HopLimitsNotKept { get; init; }

    /// <summary>Flows of which nothing was kept that other capture points could compare, because too many were under
    /// way.</summary>
    public long FlowsNotTraced { get; init; }

    /// <summary>What was not looked at because packets came faster than that.</summary>
    public ShedCounts Shed { get; init; }

    /// <summary>Number of the announcement that comes next: <see cref="ObserverOptions.FirstAnnouncement"/> of an
    /// observation that is to be appended.</summary>
    public int NextAnnouncement => Announcements.IsEmpty ? 1 : Announcements[^1].Announcement.Number + 1;

    /// <summary>
    /// The holes between captures, by time: between the last packet of all that came before and the first of what
    /// follows, where that is longer than any silence inside a capture. What one capture recorded meanwhile is no hole.
    /// </summary>
    public ImmutableArray<CaptureGap> Gaps => CaptureGaps.Between(Captures);

    /// <summary>
    /// This observation and one that follows it, as one: captures one behind the other, all else added up by name. What
    /// is too much is left out and counted, as a single observation does it; captures before the latest
    /// <see cref="MaximumDetailedCaptures"/> lose their details and keep their places.
    /// </summary>
    /// <param name="later">Made with <see cref="ObserverOptions.FirstCapture"/> and
    /// <see cref="ObserverOptions.FirstAnnouncement"/> behind this one's, so that its frames and announcements are
    /// numbered on.</param>
    /// <exception cref="ArgumentException">It is not numbered on.</exception>
    public ObservationSummary Append(ObservationSummary later) => ObservationSequence.Append(this, later);

    /// <summary>The observation without its last captures that hold nothing: nothing refers to them, and an observation
    /// that follows takes their numbers. For a program that starts often and sees nothing.</summary>
    public ObservationSummary WithoutIdleEnd()
    {
        var kept = Captures.Length;
        while (kept > 0 && Captures[kept - 1].IsIdle)
            kept--;
        return this with { Captures = Captures[..kept] };
    }

    /// <summary>Frames whose decoding ended for a reason, whatever the layer.</summary>
    public long FramesStoppedBy(DecodeReason reason) =>
        DecodeStops.Where(stop => stop.Reason == reason).Sum(stop => stop.Packets);
}

/// <summary>Frames of one link type.</summary>
/// <param name="LinkType">The link type.</param>
/// <param name="Packets">Number of frames.</param>
public sealed record LinkCount(LinkType LinkType, long Packets)
{
    /// <summary>Link types listed, the lowest numbers: about as many as the registry has.</summary>
    public const int MaximumListed = 300;
}

/// <summary>Finds the times between captures in which nothing was recorded.</summary>
internal static class CaptureGaps
{
    /// <summary>The gaps by time. Shorter ones than the longest silence inside a capture may be such a silence: files
    /// that a program changes over without a stop are none apart.</summary>
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
