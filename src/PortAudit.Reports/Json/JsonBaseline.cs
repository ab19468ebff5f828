using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Json;

/// <summary>Writes <c>baseline</c>: what changed since an earlier report.</summary>
internal static class JsonBaseline
{
    /// <summary>The property <c>baseline</c>, null without an earlier report.</summary>
    public static void Write(JsonFields fields, BaselineComparison? baseline)
    {
        var json = fields.Writer;
        if (baseline is null)
        {
            json.WriteNull("baseline");
            return;
        }

        json.WriteStartObject("baseline");
        json.WriteString("file", baseline.File);
        json.WriteString("sha256", baseline.Sha256);
        json.WriteString("window_start", baseline.WindowStart);
        json.WriteString("window_end", baseline.WindowEnd);
        fields.Strings("caveats", baseline.Caveats);
        fields.Objects("findings", baseline.Findings, finding => WriteFinding(fields, finding));
        fields.Objects("rules", baseline.Rules, rule => WriteRule(fields, rule));
        json.WriteEndObject();
    }

    public static void WriteFinding(JsonFields fields, BaselineFinding finding)
    {
        var json = fields.Writer;
        json.WriteString("id", finding.Id);
        json.WriteString("kind", finding.Kind);
        json.WriteString("change", finding.Change.ToText());
        json.WriteString("ground", finding.Basis?.ToText());
        json.WriteString("severity", finding.Severity?.ToText());
        json.WriteString("severity_before", finding.SeverityBefore?.ToText());
        fields.Name("from_role", finding.FromRole);
        fields.Name("to_role", finding.ToRole);
        json.WriteString("rule", finding.Rule);
        json.WriteString("sentence", finding.Sentence);
    }

    private static void WriteRule(JsonFields fields, BaselineRule rule)
    {
        var json = fields.Writer;
        json.WriteString("id", rule.Id);
        json.WriteString("from", rule.From);
        json.WriteString("to", rule.To);
        json.WriteString("before", rule.Before?.ToText());
        json.WriteString("now", rule.Now?.ToText());
        json.WriteString("ground", rule.Basis.ToText());
        json.WriteString("sentence", rule.Sentence);
    }
}
