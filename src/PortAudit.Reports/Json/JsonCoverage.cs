using System.Text.Json;
using PortAudit.Reports.Writing;
using PortAudit.Traffic;

namespace PortAudit.Reports.Json;

/// <summary>Writes <c>coverage</c>: what the captures could see. It names no file, so that the same packets in other files give the same text.</summary>
internal static class JsonCoverage
{
    /// <summary>The property <c>coverage</c>.</summary>
    public static void Write(JsonFields fields, AuditRun run)
    {
        var (coverage, observation, json) = (run.Report.Coverage, run.Report.Observation, fields.Writer);
        json.WriteStartObject("coverage");
        json.WriteBoolean("partial", run.IsPartial);
        json.WriteBoolean("interrupted", run.Interrupted);
        fields.Time("window_start", coverage.WindowStartNs);
        fields.Time("window_end", coverage.WindowEndNs);
        json.WriteNumber("packets", coverage.Packets);
        json.WriteNumber("bytes", coverage.Bytes);
        json.WriteNumber("flows", coverage.Flows);
        json.WriteNumber("one_way_flows", coverage.OneWayFlows);
        json.WriteNumber("cut_packets", coverage.CutPackets);
        fields.Strings("roles_seen", coverage.RolesSeen);
        fields.Strings("roles_silent", coverage.RolesSilent);
        fields.Strings("segments_seen", coverage.SegmentsSeen);
        fields.Objects("points", coverage.Points, point => WritePoint(fields, point));
        fields.Objects("decode_stops", observation.DecodeStops, stop => WriteStop(json, stop));
        json.WriteNumber("flows_evicted", observation.FlowsEvicted);
        json.WriteNumber("identifications_skipped", observation.IdentificationsSkipped);
        fields.Strings("cannot_say", coverage.CannotSay);
        json.WriteEndObject();
    }

    private static void WritePoint(JsonFields fields, PointSummary point)
    {
        fields.Name("name", point.Name);
        fields.Writer.WriteNumber("packets", point.Packets);
        fields.Writer.WriteNumber("bytes", point.Bytes);
        fields.Writer.WriteNumber("cut_packets", point.CutPackets);
        fields.Time("first_seen", point.FirstNs);
        fields.Time("last_seen", point.LastNs);
        fields.Strings("filters", point.Filters);
    }

    private static void WriteStop(Utf8JsonWriter json, DecodeStopCount stop)
    {
        json.WriteString("layer", DecodeWords.ToText(stop.Layer));
        json.WriteString("reason", DecodeWords.ToText(stop.Reason));
        json.WriteNumber("packets", stop.Packets);
    }
}
