using PortAudit.Reports.Baseline;
using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Machine;

/// <summary>What was found of this machine as one JSON document (<c>docs/schema/doctor.schema.json</c>).</summary>
internal static class MachineReportJson
{
    /// <summary>Version of the document's shape. It rises when a property is renamed or removed, not when one is
    /// added.</summary>
    private const int SchemaVersion = 1;

    public static void Write(MachineReport report, TextWriter writer)
    {
        JsonFormat.WriteDocument(writer, json =>
        {
            var fields = new JsonFields(json, TimestampDigits: 0);
            json.WriteNumber("schema_version", SchemaVersion);
            json.WriteStartObject("tool");
            json.WriteString("name", AuditRun.ToolName);
            json.WriteString("version", report.ToolVersion);
            json.WriteEndObject();
            json.WriteString("state", report.State);
            fields.Objects("checks", report.Findings, finding =>
            {
                json.WriteString("name", finding.Name);
                json.WriteString("state", finding.State);
                json.WriteString("text", finding.Text);
                fields.Name("remedy", finding.Remedy);
            });
        });
    }
}
