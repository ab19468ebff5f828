using System.Collections.Immutable;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Text;

/// <summary>What captures hold and how well, whatever is then said of it: a field each.</summary>
internal static class ObservationFields
{
    /// <summary>Columns of the labels.</summary>
    public const int LabelWidth = 13;

    /// <summary>Lines of a field at most: a rotation has thousands of captures.</summary>
    private const int MaximumLines = 16;

    /// <summary>The fields in the order in which a reader asks; a field without lines has nothing to say. Captures that
    /// were not read whole come first.</summary>
    /// <param name="observation">What was read.</param>
    /// <param name="shares">What part of it is less than whole.</param>
    /// <param name="unread">Inputs that were not opened.</param>
    /// <param name="flows">What there is to say of flows.</param>
    /// <param name="names">What there is to say of names of addresses.</param>
    public static IEnumerable<ReportField> Of(ObservationSummary observation, CoverageShares shares,
        ImmutableArray<UnreadInput> unread, string flows, string names)
    {
        var total = observation.Total;
        return
            [
                new("Window", Window(observation.Captures)),
                new("Captures", [.. unread.Select(input => $"{input.Path}: not opened: {input.Reason}"),
                    .. observation.Captures.OrderBy(capture => capture.IsWhole).SelectMany(CaptureLines.Of)]),
                new("Points", [.. observation.Points.Select(Point)]),
                new("Packets", TrafficLines.Packets(total, shares)),
                new("Loss", TrafficLines.Loss(observation.Captures, total)),
                new("Flows", flows),
                new("Encrypted", TrafficLines.Encrypted(shares, observation)),
                new("Links", TrafficLines.Links(observation.Links)),
                new("VLANs", TrafficLines.Breakdown(observation.Vlans)),
                new("Tunnels", TrafficLines.Breakdown(observation.Tunnels)),
                new("TCP", TrafficLines.Tcp(total.Streams)),
                new("Fragments", TrafficLines.Fragments(observation.Fragments)),
                new("Names", names),
                new("Control", TrafficLines.Channels(observation)),
                new("Without IP", [.. observation.LinkProtocols.Select(link => Link(link, observation))]),
                new("Not decoded", [.. observation.DecodeStops.Select(stop => Stop(stop, observation))]),
                new("Limits", Limits(observation, total)),
            ];
    }

    /// <summary>A field with no more lines than fit on a page.</summary>
    public static ReportField Shorten(ReportField field) =>
        field with { Lines = Shortened.Lines(field.Lines, MaximumLines, "line") };

    private static string Window(ImmutableArray<CaptureSummary> captures) => (captures.Min(capture => capture.FirstNs),
        captures.Max(capture => capture.LastNs)) is ({ } start, { } end)
        ? ReportTime.Span(start, end)
        : "no packet";

    private static string Point(PointSummary point)
    {
        var name = point.Name.Length == 0 ? "(unnamed)" : point.Name;
        var filters = point.Filters.IsEmpty ? "" : $"; capture filter {string.Join(" | ", point.Filters)}";
        var silence = point.Packets < 2 ? "" : $", longest silence {Duration.ToText(point.Clock.LargestForwardNs)}";
        return $"{name}: {Quantity.Of(point.Packets, "packet")}, {Quantity.Bytes(point.Bytes)}{silence}{filters}";
    }

    private static string Link(LinkProtocolCount link, ObservationSummary observation) =>
        $"{LinkProtocols.NameOf(link.Protocol)}: {Quantity.Of(link.Packets, "frame")} "
        + $"({First(link.First, observation)})";

    private static string First(FrameReference frame, ObservationSummary observation) =>
        observation.Captures.Length == 1
            ? $"first frame {Quantity.Count(frame.Number)}"
            : $"first {observation.Captures[frame.Capture].Path} frame {Quantity.Count(frame.Number)}";

    private static string Stop(DecodeStopCount stop, ObservationSummary observation)
    {
        var first = First(stop.First, observation);
        return $"{Quantity.Of(stop.Packets, "frame")} at {DecodeWords.ToText(stop.Layer)}: "
            + $"{DecodeWords.ToClause(stop.Reason)} ({first})";
    }

    private static string Limits(ObservationSummary observation, PointSummary total)
    {
        var reached = new List<string>();
        if (observation.PointsMerged > 0)
            reached.Add($"{Quantity.Of(observation.PointsMerged, "interface")} counted to the last capture point "
                + $"because there were too many points");
        if (observation.FlowsEvicted > 0)
            reached.Add(
                $"{Quantity.Of(observation.FlowsEvicted, "flow")} closed early because the flow table was full");
        if (observation.AnnouncementsForgotten > 0)
            reached.Add($"{Quantity.Of(observation.AnnouncementsForgotten, "announcement")} of ports forgotten because "
                + $"there were too many");
        if (observation.Shed.Identifications > 0)
            reached.Add($"the protocol of {Quantity.Of(observation.Shed.Identifications, "conversation")} was not "
                + $"identified because packets came too fast");
        if (observation.Shed.Names > 0)
            reached.Add($"{Quantity.Of(observation.Shed.Names, "conversation")} "
                + $"{(observation.Shed.Names == 1 ? "was" : "were")} not read for names and credentials because "
                + $"packets came too fast");
        if (observation.IdentificationsSkipped > 0)
            reached.Add($"the protocol of {Quantity.Of(observation.IdentificationsSkipped, "conversation")} was not "
                + $"identified because the buffers were full");
        if (observation.NameSightingsNotKept > 0)
            reached.Add($"{Quantity.Of(observation.NameSightingsNotKept, "sighting")} of names of addresses not kept "
                + $"because there were too many");
        if (observation.HopLimitsNotKept > 0)
            reached.Add($"{Quantity.Of(observation.HopLimitsNotKept, "hop limit")} of hosts not kept: the senders of "
                + $"their resets are unknown");
        if (observation.FlowsNotTraced > 0)
            reached.Add($"{Quantity.Of(observation.FlowsNotTraced, "flow")} not compared by packets with other capture "
                + "points because too many were under way");
        if (observation.BehavioursNotKept > 0)
            reached.Add($"{Quantity.Of(observation.BehavioursNotKept, "flow")} without a behaviour because too many "
                + "were under way");
        if (observation.FlowsReadInPartForNames > 0)
            reached.Add($"{Quantity.Of(observation.FlowsReadInPartForNames, "flow")} read for names at "
                + $"{(observation.FlowsReadInPartForNames == 1 ? "its" : "their")} start only");
        if (observation.PacketsOfOtherTunnels > 0)
            reached.Add($"{Quantity.Of(observation.PacketsOfOtherTunnels, "packet")} of tunnels not separated because "
                + $"there were too many");
        if (total.HolesClosedEarly > 0)
            reached.Add($"{Quantity.Of(total.HolesClosedEarly, "hole")} of TCP streams closed early because a "
                + $"connection had too many");
        return string.Join("; ", reached);
    }
}
