using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PortAudit.Audit;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Observation;

namespace PortAudit.Reports.Flows;

/// <summary>Writes a <see cref="FlowSummary"/> for programs: as CSV, and as JSON that
/// <c>docs/schema/flow-summary.schema.json</c> describes.</summary>
public static class FlowSummaryData
{
    /// <summary>Rises when a property is renamed or removed.</summary>
    private const int SchemaVersion = 1;

    private const string ByPort = "port";

    /// <summary>Writes the flows by protocol as CSV (RFC 4180); unknown values are empty.</summary>
    public static void WriteCsv(FlowSummary summary, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(summary);
        CsvLine.Write(writer, ["protocol", "protocol_by", "service", "service_by", "proxy", "transport", "flows",
            "passed", "stopped", "packets", "bytes"]);
        foreach (var row in summary.Rows)
            CsvLine.Write(writer, [row.Protocol ?? (row.Transport is null ? row.Name : ""),
                row.IsProtocolByPort ? ByPort : "", row.Service ?? "", row.IsServiceByPort ? ByPort : "",
                row.Proxy ?? "", row.Transport ?? "", .. new[] { row.Flows, row.Passed, row.Stopped, row.Packets,
                    row.Bytes }.Select(number => number.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>Writes one JSON document.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="observation">What was read.</param>
    /// <param name="unread">Inputs that were not opened.</param>
    /// <param name="selection">The part of the captures that is summed up; null for all.</param>
    /// <param name="toolVersion">Version of the program.</param>
    /// <param name="writer">Where to.</param>
    public static void WriteJson(FlowSummary summary, ObservationSummary observation,
        ImmutableArray<UnreadInput> unread, CaptureSelection? selection, string toolVersion, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(observation);
        var digits = observation.Captures.Select(capture => capture.TimestampDigits).DefaultIfEmpty().Max();
        JsonFormat.WriteDocument(writer, json =>
        {
            var fields = new JsonFields(json, digits);
            json.WriteNumber("schema_version", SchemaVersion);
            fields.Object("tool", () =>
            {
                json.WriteString("name", AuditRun.ToolName);
                json.WriteString("version", toolVersion);
            });
            JsonSelection.Write(fields, selection);
            fields.Objects("captures", observation.Captures, capture => WriteCapture(fields, capture));
            fields.Objects("unread", unread, input =>
            {
                json.WriteString("path", input.Path);
                json.WriteString("reason", input.Reason);
            });
            json.WriteNumber("packets", observation.Total.Packets);
            json.WriteNumber("bytes", observation.Total.Bytes);
            json.WriteNumber("flows", summary.Flows);
            json.WriteNumber("one_way_flows", summary.OneWayFlows);
            fields.Objects("protocols", summary.Rows, row => WriteRow(json, row));
        });
    }

    private static void WriteCapture(JsonFields fields, CaptureSummary capture)
    {
        fields.Writer.WriteString("path", capture.Path);
        fields.Writer.WriteString("format", capture.Format);
        fields.Writer.WriteNumber("packets", capture.Packets);
        fields.Time("first_seen", capture.FirstNs);
        fields.Time("last_seen", capture.LastNs);
        fields.Writer.WriteBoolean("whole", capture.IsWhole);
    }

    private static void WriteRow(Utf8JsonWriter json, FlowSummaryRow row)
    {
        json.WriteString("protocol", row.Protocol);
        json.WriteBoolean("protocol_by_port", row.IsProtocolByPort);
        json.WriteString("service", row.Service);
        json.WriteBoolean("service_by_port", row.IsServiceByPort);
        json.WriteString("proxy", row.Proxy);
        json.WriteString("transport", row.Transport);
        json.WriteNumber("flows", row.Flows);
        json.WriteNumber("passed", row.Passed);
        json.WriteNumber("stopped", row.Stopped);
        json.WriteNumber("packets", row.Packets);
        json.WriteNumber("bytes", row.Bytes);
    }
}
