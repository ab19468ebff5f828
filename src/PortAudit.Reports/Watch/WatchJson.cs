using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Watching;
using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Watch;

/// <summary>
/// Writes what comes to light while traffic is watched, one JSON object a line: <c>docs/schema/watch.schema.json</c>
/// describes it. Findings and rules are the objects of the audit's JSON report.
/// </summary>
public static class WatchJson
{
    /// <summary>Version of the lines' shape. Adding a property does not change it.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The line of an event, without its end.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="report">The report of the look that it belongs to.</param>
    public static string ToLine(WatchEvent happened, AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentNullException.ThrowIfNull(report);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonFormat.Line))
        {
            var fields = new JsonFields(json, report.Coverage.TimestampDigits);
            json.WriteStartObject();
            json.WriteNumber("schema_version", SchemaVersion);
            json.WriteString("time",
                happened.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteNumber("sequence", happened.Sequence);
            Write(fields, happened, new JsonSources(report.Catalogs));
            json.WriteEndObject();
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        JsonFormat.Write(text, buffer.WrittenSpan);
        return text.ToString();
    }

    private static void Write(JsonFields fields, WatchEvent happened, JsonSources sources)
    {
        switch (happened)
        {
            case FindingEvent finding:
                WriteFinding(fields, finding, sources);
                break;
            case StatusEvent status:
                fields.Writer.WriteString("event", "status");
                fields.Writer.WriteString("status_before", status.Before?.ToText());
                fields.Object("rule", () => JsonRules.Write(fields, status.Row, sources));
                break;
            case DropsEvent drops:
                fields.Writer.WriteString("event", "drops");
                fields.Writer.WriteNumber("dropped", drops.Dropped);
                fields.Writer.WriteNumber("dropped_since", drops.MoreDropped);
                JsonCoverage.WriteShed(fields.Writer, drops.Shed);
                break;
            case SummaryEvent summary:
                WriteSummary(fields, summary);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(happened));
        }
    }

    private static void WriteFinding(JsonFields fields, FindingEvent happened, JsonSources sources)
    {
        var json = fields.Writer;
        json.WriteString("event", "finding");
        json.WriteString("change", happened.Change.ToText());
        fields.Strings("changed", happened.Changed);
        json.WriteString("id", happened.Id);
        json.WriteString("kind", happened.Kind.ToText());
        if (happened.Finding is { } finding)
            fields.Object("finding", () => JsonFindings.Write(fields, finding, sources));
        else
            json.WriteNull("finding");
    }

    private static void WriteSummary(JsonFields fields, SummaryEvent summary)
    {
        var (json, report) = (fields.Writer, summary.Report);
        json.WriteString("event", "summary");
        json.WriteBoolean("last", summary.IsLast);
        fields.Time("window_start", report.Coverage.WindowStartNs);
        fields.Time("window_end", report.Coverage.WindowEndNs);
        json.WriteNumber("packets", report.Coverage.Packets);
        json.WriteNumber("bytes", report.Coverage.Bytes);
        json.WriteNumber("flows_judged", report.FlowsJudged);
        json.WriteNumber("dropped", report.Observation.Total.Dropped);
        JsonCoverage.WriteShed(json, report.Observation.Shed);
        fields.Object("findings", () =>
        {
            foreach (var severity in Enum.GetValues<Severity>().Reverse())
                json.WriteNumber(severity.ToText(), report.Findings.Count(finding => finding.Severity == severity));
        });
        fields.Object("rules", () =>
        {
            foreach (var status in Enum.GetValues<RuleStatus>())
                json.WriteNumber(status.ToText(), report.Rules.Count(row => row.Status == status));
        });
    }
}
