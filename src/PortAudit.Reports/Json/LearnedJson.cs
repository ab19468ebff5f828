using PortAudit.Audit.Learned;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Json;

/// <summary>A baseline as a JSON document (<c>docs/schema/learned.schema.json</c>). The same baseline gives the same
/// bytes.</summary>
public static class LearnedJson
{
    /// <summary>Version of the document's shape.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes the document with a line end behind it.</summary>
    /// <param name="learned">The baseline.</param>
    /// <param name="toolVersion">Version of the program.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(LearnedTraffic learned, string toolVersion, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(learned);
        JsonFormat.WriteDocument(writer, json =>
        {
            var fields = new JsonFields(json, learned.TimestampDigits);
            json.WriteNumber("schema_version", SchemaVersion);
            fields.Object("tool", () =>
            {
                json.WriteString("name", AuditRun.ToolName);
                json.WriteString("version", toolVersion);
            });
            fields.Object("learned", () => JsonLearned.WriteBaseline(fields, learned));
            fields.Objects("entries", learned.Entries, entry => JsonLearned.WriteEntry(fields, entry));
        });
    }
}
