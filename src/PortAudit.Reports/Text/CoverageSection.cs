using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Writing;
using PortAudit.Traffic;

namespace PortAudit.Reports.Text;

/// <summary>What the captures could see, and what therefore cannot be said.</summary>
internal static class CoverageSection
{
    /// <summary>The field of what cannot be said.</summary>
    internal const string CannotSay = "Cannot say";

    /// <summary>The field of the catalogs, which the method of the audit names, too.</summary>
    internal const string Catalogs = "Catalogs";

    private const int LabelWidth = 13;

    /// <summary>Lines of a field at most: a rotation has thousands of captures.</summary>
    private const int MaximumLines = 16;

    /// <summary>Writes the section.</summary>
    public static void Write(ReportPage page, AuditRun run)
    {
        page.Heading("What the captures could see");
        page.Fields(
            Fields(run)
                .Where(field => field.Label != Catalogs)
                .Select(field => field with { Lines = Shortened.Lines(field.Lines, MaximumLines, "line"), Style = field.Label == CannotSay ? SeverityStyle.Of(Severity.Medium) : field.Style }),
            LabelWidth);
    }

    /// <summary>What was seen, in the order in which a reader asks; a field without lines has nothing to say. Captures that were not read whole come first.</summary>
    internal static IEnumerable<ReportField> Fields(AuditRun run)
    {
        var (report, coverage, observation) = (run.Report, run.Report.Coverage, run.Report.Observation);
        var total = observation.Total;
        return
            [
                new("Window", Window(coverage)),
                new("Captures", [.. run.Unread.Select(input => $"{input.Path}: not opened: {input.Reason}"), .. observation.Captures.OrderBy(capture => capture.IsWhole).SelectMany(CaptureLines.Of)]),
                new("Points", [.. coverage.Points.Select(Point)]),
                new("Packets", TrafficLines.Packets(coverage, total)),
                new("Loss", TrafficLines.Loss(observation.Captures, total)),
                new("Flows", TrafficLines.Flows(report)),
                new("Encrypted", TrafficLines.Encrypted(coverage.Shares, observation)),
                new("Links", TrafficLines.Links(observation.Links)),
                new("VLANs", TrafficLines.Breakdown(observation.Vlans)),
                new("Tunnels", TrafficLines.Breakdown(observation.Tunnels)),
                new("TCP", TrafficLines.Tcp(total.Streams)),
                new("Fragments", TrafficLines.Fragments(observation.Fragments)),
                new("Names", TrafficLines.Names(report.Names)),
                new("Control", TrafficLines.Channels(observation)),
                new("Not decoded", [.. observation.DecodeStops.Select(stop => Stop(stop, observation))]),
                new("Limits", Limits(observation, total)),
                new("Segments", string.Join(", ", coverage.SegmentsSeen)),
                new("Roles seen", coverage.RolesSeen.IsEmpty ? "none" : string.Join(", ", coverage.RolesSeen)),
                new("Roles silent", coverage.RolesSilent.IsEmpty ? "none" : string.Join(", ", coverage.RolesSilent)),
                new(Catalogs, [.. report.Catalogs.Select(catalog => $"{catalog.Id}: {catalog.Title}, {Quantity.Of(catalog.Rules, "rule")}")]),
                new(CannotSay, coverage.CannotSay),
            ];
    }

    private static string Window(CoverageSummary coverage) => coverage is { WindowStartNs: { } start, WindowEndNs: { } end }
        ? ReportTime.Span(start, end)
        : "no packet";

    private static string Point(PointSummary point)
    {
        var name = point.Name.Length == 0 ? "(unnamed)" : point.Name;
        var filters = point.Filters.IsEmpty ? "" : $"; capture filter {string.Join(" | ", point.Filters)}";
        var silence = point.Packets < 2 ? "" : $", longest silence {ReportTime.Duration(point.Clock.LargestForwardNs)}";
        return $"{name}: {Quantity.Of(point.Packets, "packet")}, {Quantity.Bytes(point.Bytes)}{silence}{filters}";
    }

    private static string Stop(DecodeStopCount stop, ObservationSummary observation)
    {
        var first = $"first {observation.Captures[stop.First.Capture].Path} frame {Quantity.Count(stop.First.Number)}";
        return $"{Quantity.Of(stop.Packets, "frame")} at {DecodeWords.ToText(stop.Layer)}: {DecodeWords.ToClause(stop.Reason)} ({first})";
    }

    private static string Limits(ObservationSummary observation, PointSummary total)
    {
        var reached = new List<string>();
        if (observation.PointsMerged > 0)
            reached.Add($"{Quantity.Of(observation.PointsMerged, "interface")} counted to the last capture point because there were too many points");
        if (observation.FlowsEvicted > 0)
            reached.Add($"{Quantity.Of(observation.FlowsEvicted, "flow")} closed early because the flow table was full");
        if (observation.AnnouncementsForgotten > 0)
            reached.Add($"{Quantity.Of(observation.AnnouncementsForgotten, "announcement")} of ports forgotten because there were too many");
        if (observation.IdentificationsSkipped > 0)
            reached.Add($"the protocol of {Quantity.Of(observation.IdentificationsSkipped, "conversation")} was not looked for because the buffers were full");
        if (observation.NameSightingsNotKept > 0)
            reached.Add($"{Quantity.Of(observation.NameSightingsNotKept, "sighting")} of names of addresses not kept because there were too many");
        if (observation.HopLimitsNotKept > 0)
            reached.Add($"{Quantity.Of(observation.HopLimitsNotKept, "hop limit")} of hosts not kept, so that who sent their resets is not known");
        if (observation.FlowsReadInPartForNames > 0)
            reached.Add($"{Quantity.Of(observation.FlowsReadInPartForNames, "flow")} read for names at {(observation.FlowsReadInPartForNames == 1 ? "its" : "their")} start only");
        if (observation.PacketsOfOtherTunnels > 0)
            reached.Add($"{Quantity.Of(observation.PacketsOfOtherTunnels, "packet")} of tunnels not told apart because there were too many");
        if (total.HolesClosedEarly > 0)
            reached.Add($"{Quantity.Of(total.HolesClosedEarly, "hole")} of TCP streams closed early because a connection had too many");
        return string.Join("; ", reached);
    }
}
