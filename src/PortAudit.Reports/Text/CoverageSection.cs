using PortAudit.Audit;
using PortAudit.Reports.Writing;
using PortAudit.Traffic;

namespace PortAudit.Reports.Text;

/// <summary>What the captures could see, and what therefore cannot be said.</summary>
internal static class CoverageSection
{
    private const int LabelWidth = 13;

    /// <summary>Writes the section.</summary>
    public static void Write(ReportPage page, AuditRun run)
    {
        var (report, coverage) = (run.Report, run.Report.Coverage);
        page.Heading("What the captures could see");
        page.Fields(
            [
                new("Window", Window(coverage)),
                new("Captures", [.. report.Observation.Captures.SelectMany(Capture), .. run.Unread.Select(input => $"{input.Path}: not opened: {input.Reason}")]),
                new("Points", [.. coverage.Points.Select(Point)]),
                new("Packets", Packets(coverage)),
                new("Flows", Flows(report)),
                new("Not decoded", [.. report.Observation.DecodeStops.Select(stop => Stop(stop, report.Observation))]),
                new("Limits", Limits(report.Observation)),
                new("Segments", string.Join(", ", coverage.SegmentsSeen)),
                new("Roles seen", coverage.RolesSeen.IsEmpty ? "none" : string.Join(", ", coverage.RolesSeen)),
                new("Roles silent", coverage.RolesSilent.IsEmpty ? "none" : string.Join(", ", coverage.RolesSilent)),
                new("Catalogs", [.. report.Catalogs.Select(catalog => $"{catalog.Id}: {catalog.Title}, {Quantity.Of(catalog.Rules, "rule")}")]),
                new("Cannot say", coverage.CannotSay),
            ],
            LabelWidth);
    }

    private static string Window(CoverageSummary coverage) => coverage is { WindowStartNs: { } start, WindowEndNs: { } end }
        ? ReportTime.Span(start, end)
        : "no packet";

    private static IEnumerable<string> Capture(CaptureSummary capture)
    {
        var state = !capture.End.IsComplete ? $"stopped at byte {Quantity.Count(capture.End.Offset)}: {capture.End.Reason}"
            : capture.IsWhole ? "whole"
            : "read to its end, damaged on the way";
        yield return $"{capture.Path}: {capture.Format}; {Quantity.Of(capture.Packets, "packet")}; {state}";
        foreach (var damage in capture.Annotations.Damages)
            yield return $"{capture.Path}: {damage.Reason}";
        if (capture.Annotations.DamagesNotListed > 0)
            yield return $"{capture.Path}: {Quantity.Of(capture.Annotations.DamagesNotListed, "more damaged place")} not listed";
    }

    private static string Point(PointSummary point)
    {
        var name = point.Name.Length == 0 ? "(unnamed)" : point.Name;
        var filters = point.Filters.IsEmpty ? "" : $"; capture filter {string.Join(" | ", point.Filters)}";
        return $"{name}: {Quantity.Of(point.Packets, "packet")}, {Quantity.Bytes(point.Bytes)}{filters}";
    }

    private static string Packets(CoverageSummary coverage)
    {
        var cut = coverage.CutPackets == 0 ? "none cut by the snap length" : $"{Quantity.Count(coverage.CutPackets)} cut by the snap length";
        return $"{Quantity.Count(coverage.Packets)} ({Quantity.Bytes(coverage.Bytes)} on the wire), {cut}";
    }

    private static string Flows(AuditReport report)
    {
        var coverage = report.Coverage;
        return $"{Quantity.Count(coverage.Flows)}, {Quantity.Count(report.FlowsJudged)} judged, {Quantity.Count(coverage.OneWayFlows)} seen in one direction only";
    }

    private static string Stop(DecodeStopCount stop, ObservationSummary observation)
    {
        var first = $"first {observation.Captures[stop.First.Capture].Path} frame {Quantity.Count(stop.First.Number)}";
        return $"{Quantity.Of(stop.Packets, "frame")} at {DecodeWords.ToText(stop.Layer)}: {DecodeWords.ToClause(stop.Reason)} ({first})";
    }

    private static string Limits(ObservationSummary observation)
    {
        var reached = new List<string>();
        if (observation.FlowsEvicted > 0)
            reached.Add($"{Quantity.Of(observation.FlowsEvicted, "flow")} closed early because the flow table was full");
        if (observation.IdentificationsSkipped > 0)
            reached.Add($"the protocol of {Quantity.Of(observation.IdentificationsSkipped, "conversation")} was not looked for because the buffers were full");
        return string.Join("; ", reached);
    }
}
