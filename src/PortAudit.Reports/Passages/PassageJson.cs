using System.Collections.Immutable;
using PortAudit.Audit.Passages;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Passages;

/// <summary>A comparison of capture points as one JSON document (<c>docs/schema/compare.schema.json</c>).</summary>
public static class PassageJson
{
    /// <summary>Writes the document of a comparison, with a line end behind it.</summary>
    public static void Write(ImmutableArray<PassageReport> reports, string toolVersion, TextWriter writer) =>
        JsonFormat.WriteDocument(writer, json =>
        {
            json.WriteNumber("schema_version", AuditRun.SchemaVersion);
            json.WriteStartObject("tool");
            json.WriteString("name", AuditRun.ToolName);
            json.WriteString("version", toolVersion);
            json.WriteEndObject();
            var digits = reports.SelectMany(report => report.Passages).Select(passage => passage.Flow.TimestampDigits)
                .DefaultIfEmpty(ReportTime.MicrosecondDigits).Max();
            JsonPassages.Write(new JsonFields(json, digits), reports);
        });
}
