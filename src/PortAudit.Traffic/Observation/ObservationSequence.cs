using System.Collections.Immutable;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Observers.Names;

namespace PortAudit.Traffic.Observation;

/// <summary>Joins two observations that follow each other in time.</summary>
internal static class ObservationSequence
{
    /// <summary><see cref="ObservationSummary.Append"/>.</summary>
    public static ObservationSummary Append(ObservationSummary earlier, ObservationSummary later)
    {
        ArgumentNullException.ThrowIfNull(later);
        if (!IsNumberedOn(earlier, later))
            throw new ArgumentException("its captures and announcements are not numbered on from those before",
                nameof(later));
        ImmutableArray<AnnouncementUse> announcements = [.. earlier.Announcements, .. later.Announcements];
        var forgotten = Math.Max(0, announcements.Length - ExpectationTable.Maximum);
        ImmutableArray<PointSummary> points = JoinPoints(earlier.Points, later.Points, out var merged);
        var names = NamesOf(earlier, later);
        return new ObservationSummary
        {
            Captures = Captures(earlier, later, out var withoutDetail),
            CapturesWithoutDetail = withoutDetail,
            Points = points,
            DecodeStops = Stops(earlier, later),
            LinkProtocols = LinkProtocolsOf(earlier, later),
            Vlans = earlier.Vlans.Join(later.Vlans, FlowBreakdown.ByVlan, FlowBreakdown.MaximumVlans),
            Tunnels = earlier.Tunnels.Join(later.Tunnels, StringComparer.Ordinal, FlowBreakdown.MaximumTunnels),
            FlowsEvicted = earlier.FlowsEvicted + later.FlowsEvicted,
            Fragments = Sum(earlier.Fragments, later.Fragments),
            PointsMerged = earlier.PointsMerged + later.PointsMerged + merged,
            PacketsOfOtherTunnels = earlier.PacketsOfOtherTunnels + later.PacketsOfOtherTunnels,
            IdentificationsSkipped = earlier.IdentificationsSkipped + later.IdentificationsSkipped,
            Announcements = announcements[forgotten..],
            AnnouncementsForgotten = earlier.AnnouncementsForgotten + later.AnnouncementsForgotten + forgotten,
            ControlChannels = Channels(earlier, later),
            Names = names.ToSightings(),
            NameSightingsNotKept = earlier.NameSightingsNotKept + later.NameSightingsNotKept + names.SightingsNotKept,
            FlowsReadInPartForNames = earlier.FlowsReadInPartForNames + later.FlowsReadInPartForNames,
            HopLimitsNotKept = earlier.HopLimitsNotKept + later.HopLimitsNotKept,
            FlowsNotTraced = earlier.FlowsNotTraced + later.FlowsNotTraced,
            BehavioursNotKept = earlier.BehavioursNotKept + later.BehavioursNotKept,
            Shed = earlier.Shed + later.Shed,
        };
    }

    /// <summary><see cref="ObservationSummary.Beside"/>.</summary>
    public static ObservationSummary Beside(ObservationSummary one, ObservationSummary other) => Append(one, other) with
    {
        Captures = [.. one.Captures, .. other.Captures],
        CapturesWithoutDetail = 0,
        Points =
        [
            .. one.Points.Concat(other.Points).GroupBy(point => point.Name, StringComparer.Ordinal)
                .Select(group => PointSummary.SumOf([.. group]) with { Name = group.Key })
                .OrderBy(point => point.Name, StringComparer.Ordinal),
        ],
    };

    /// <summary>The points of both, joined by name. Beyond <see cref="PointTable.MaximumPoints"/> the last one takes
    /// all; their number is reported.</summary>
    internal static ImmutableArray<PointSummary> JoinPoints(ImmutableArray<PointSummary> earlier,
        ImmutableArray<PointSummary> later, out int merged, int maximum = PointTable.MaximumPoints)
    {
        ImmutableArray<PointSummary> points =
        [
            .. earlier.Concat(later).GroupBy(point => point.Name, StringComparer.Ordinal)
                .Select(group => group.Aggregate(PointSummary.Follow))
                .OrderBy(point => point.Name, StringComparer.Ordinal),
        ];
        merged = Math.Max(0, points.Length - maximum);
        return merged == 0 ? points : [.. points.Take(maximum - 1),
            PointSummary.SumOf(points[(maximum - 1)..]) with { Name = points[maximum - 1].Name }];
    }

    private static bool IsNumberedOn(ObservationSummary earlier, ObservationSummary later) =>
        later.DecodeStops.All(stop => stop.First.Capture >= earlier.Captures.Length)
        && later.LinkProtocols.All(link => link.First.Capture >= earlier.Captures.Length)
        && later.Announcements.All(use => use.Announcement.Frame.Capture >= earlier.Captures.Length
            && use.Announcement.Number >= earlier.NextAnnouncement);

    private static ImmutableArray<CaptureSummary> Captures(ObservationSummary earlier, ObservationSummary later,
        out int withoutDetail)
    {
        ImmutableArray<CaptureSummary> all = [.. earlier.Captures, .. later.Captures];
        var old = Math.Max(earlier.CapturesWithoutDetail, all.Length - ObservationSummary.MaximumDetailedCaptures);
        withoutDetail = old;
        return [.. all.Take(old).Select(capture => capture with { Annotations = capture.Annotations.WithoutDetail() }),
            .. all.Skip(old)];
    }

    private static ImmutableArray<DecodeStopCount> Stops(ObservationSummary earlier, ObservationSummary later) =>
    [
        .. earlier.DecodeStops.Concat(later.DecodeStops)
            .GroupBy(stop => (stop.Layer, stop.Reason))
            .OrderBy(group => group.Key)
            .Select(group => group.First() with { Packets = group.Sum(stop => stop.Packets) }),
    ];

    private static ImmutableArray<LinkProtocolCount> LinkProtocolsOf(ObservationSummary earlier,
        ObservationSummary later) =>
    [
        .. earlier.LinkProtocols.Concat(later.LinkProtocols)
            .GroupBy(link => link.Protocol)
            .OrderBy(group => group.Key)
            .Select(group => group.First() with { Packets = group.Sum(link => link.Packets) }),
    ];

    private static FragmentCounts Sum(FragmentCounts one, FragmentCounts other) => new(
        one.Reassembled + other.Reassembled,
        one.Incomplete + other.Incomplete,
        one.Overlapping + other.Overlapping,
        one.Evicted + other.Evicted,
        one.Unassigned + other.Unassigned);

    private static ImmutableArray<ControlChannelCount> Channels(ObservationSummary earlier, ObservationSummary later) =>
    [
        .. earlier.ControlChannels.Concat(later.ControlChannels)
            .GroupBy(channel => channel.Protocol, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ControlChannelCount(
                group.Key,
                group.Sum(channel => channel.Flows),
                group.Sum(channel => channel.Announcements),
                group.Sum(channel => channel.Hidden),
                group.Sum(channel => channel.NotRead),
                group.Sum(channel => channel.Skipped))),
    ];

    private static HostNameTable NamesOf(ObservationSummary earlier, ObservationSummary later)
    {
        var book = new HostNameTable();
        foreach (var sighting in earlier.Names.Concat(later.Names))
            book.Add(sighting);
        return book;
    }
}
