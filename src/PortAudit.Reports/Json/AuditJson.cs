using System.Text.Json;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Json;

/// <summary>
/// The audit as one JSON document (design §7, <c>docs/schema/audit.schema.json</c>): the order of properties and of
/// lists is fixed, so that the same run gives the same bytes.
/// </summary>
public static class AuditJson
{
    /// <summary>Writes the document with a line end behind it.</summary>
    public static void Write(AuditRun run, TextWriter writer) =>
        JsonFormat.WriteDocument(writer, json => WriteProperties(json, run));

    private static void WriteProperties(Utf8JsonWriter json, AuditRun run)
    {
        var report = run.Report;
        var fields = new JsonFields(json, report.Coverage.TimestampDigits);
        var sources = new JsonSources(report.Catalogs);

        json.WriteNumber("schema_version", AuditRun.SchemaVersion);
        json.WriteStartObject("tool");
        json.WriteString("name", AuditRun.ToolName);
        json.WriteString("version", run.ToolVersion);
        json.WriteEndObject();
        JsonInputs.WriteSite(json, report);
        fields.Objects("catalogs", report.Catalogs, catalog => JsonInputs.WriteCatalog(fields, catalog));
        JsonCaptures.Write(fields, run);
        JsonCoverage.Write(fields, run);
        JsonPassages.Write(fields, report.Passages);
        JsonPolicies.Write(fields, report.Policies, sources);
        JsonWatched.Write(fields, report.Watched);
        fields.Objects("role_pairs", report.RolePairs, pair => JsonRolePairs.Write(fields, pair));
        fields.Objects("segment_pairs", report.SegmentPairs, pair =>
            JsonSegmentPairs.Write(fields, pair, run.Baseline));
        fields.Objects("rules", report.Rules, row => JsonRules.Write(fields, row, sources));
        fields.Objects("findings", report.Findings, finding => JsonFindings.Write(fields, finding, sources));
        fields.Objects("hosts", report.Hosts, host => JsonInputs.WriteHost(fields, host));
        fields.Objects("dynamic_ports", report.DynamicPorts,
            row => JsonDynamicPorts.Write(fields, row, report, sources));
        fields.Objects("exceptions", report.Exceptions, exception => JsonInputs.WriteException(fields, exception));
        json.WriteNumber("flows_judged", report.FlowsJudged);
        fields.Strings("diagnostics", report.Diagnostics);
        JsonBaseline.Write(fields, run.Baseline);
        JsonLearned.WriteNews(fields, report.News);
        JsonBehaviour.Write(fields, report.Behaviour);
        JsonInputs.WriteNotJudged(json, report);
        JsonSelection.Write(fields, report.Selection);
        JsonTrend.Write(fields, report.Trend);
    }
}
