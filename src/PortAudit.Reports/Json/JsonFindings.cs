using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Json;

/// <summary>Writes the elements of <c>findings</c>.</summary>
internal static class JsonFindings
{
    public static void Write(JsonFields fields, Finding finding, JsonSources sources)
    {
        var json = fields.Writer;
        json.WriteString("id", finding.Id);
        json.WriteString("kind", finding.Kind.ToText());
        json.WriteString("severity", finding.Severity.ToText());
        fields.Name("from_role", finding.FromRole);
        fields.Name("to_role", finding.ToRole);
        fields.Strings("originators", finding.Originators.Select(host => host.Address));
        fields.Strings("responders", finding.Responders.Select(host => host.Address));
        fields.Name("transport", finding.Transport);
        fields.Port("port", finding.Ports);
        json.WriteString("protocol", finding.Protocol);
        json.WriteString("verdict", finding.Verdict?.ToText());
        json.WriteString("rule", finding.Rule?.Id);
        json.WriteNumber("flows", finding.Flows);
        json.WriteNumber("bytes", finding.Bytes);
        fields.Time("first_seen", finding.FirstSeenNs);
        fields.Time("last_seen", finding.LastSeenNs);
        json.WriteString("explanation", finding.Explanation);
        json.WriteString("remedy", finding.Remedy);
        WriteEvidence(fields, finding.Evidence);
        sources.Write(fields, finding.Rule);
        fields.Strings("capture_points", finding.CapturePoints.Where(point => point.Length > 0));
        json.WriteString("reference", finding.Reference);
        fields.Strings("other_rules", finding.OtherRules.Select(rule => rule.Id));
        json.WriteString("direction_basis", finding.DirectionBasis?.ToText());
        json.WriteString("headline", FindingHeadline.Of(finding));
        json.WriteString("severity_reason", SeverityReason.Of(finding));
    }

    /// <summary>The property <c>evidence</c>.</summary>
    public static void WriteEvidence(JsonFields fields, Evidence evidence)
    {
        var json = fields.Writer;
        json.WriteStartObject("evidence");
        fields.Name("filter", evidence.Filter);
        fields.Objects("frames", evidence.Frames, frames =>
        {
            json.WriteString("capture", frames.Capture);
            json.WriteStartArray("numbers");
            foreach (var number in frames.Numbers)
                json.WriteNumberValue(number);
            json.WriteEndArray();
            json.WriteString("filter", frames.Filter);
            if (!frames.Rows.IsEmpty)
                fields.Objects("lines", frames.Rows, row =>
                {
                    json.WriteNumber("line", row.Line);
                    json.WriteString("id", row.Identifier.Length == 0 ? null : row.Identifier);
                });
        });
        json.WriteNumber("frames_not_listed", evidence.FramesNotListed);
        json.WriteEndObject();
    }
}
