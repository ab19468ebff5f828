using PortAudit.Reports.Baseline;
using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Sarif;

/// <summary>
/// The findings as a log of SARIF 2.1.0 (OASIS, errata 01): a result each, with the captures and frames that prove it.
/// The property bag of a result is the finding as <see cref="AuditJson"/> writes it.
/// </summary>
public static class AuditSarif
{
    private const string Version = "2.1.0";
    private const string Schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>Writes the log with a line end behind it.</summary>
    public static void Write(AuditRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        JsonFormat.WriteDocument(writer, json =>
        {
            json.WriteString("$schema", Schema);
            json.WriteString("version", Version);
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteRun(new JsonFields(json, run.Report.Coverage.TimestampDigits), run);
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    private static void WriteRun(JsonFields fields, AuditRun run)
    {
        var json = fields.Writer;
        var rules = new SarifRules(run.Baseline);
        var artifacts = new SarifArtifacts(run);
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", AuditRun.ToolName);
        json.WriteString("version", run.ToolVersion);
        rules.Write(json);
        SarifInvocation.WriteKinds(json);
        json.WriteEndObject();
        json.WriteEndObject();
        SarifInvocation.Write(json, run);
        artifacts.Write(json);
        json.WriteString("columnKind", "utf16CodeUnits");
        new SarifResults(fields, run, rules, artifacts).Write();
    }
}
