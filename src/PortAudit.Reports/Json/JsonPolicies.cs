using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;

namespace PortAudit.Reports.Json;

/// <summary>Writes the elements of <c>policies</c>: the rules of firewalls beside documents and traffic.</summary>
internal static class JsonPolicies
{
    /// <summary>Prefixes and ranges that a rule lists at most on a side.</summary>
    private const int MaxAddresses = 1_000;

    /// <summary>Writes the list <c>policies</c>.</summary>
    public static void Write(JsonFields fields, ImmutableArray<PolicyReport> reports, JsonSources sources) =>
        fields.Objects("policies", reports, report => Write(fields, report, sources));

    private static void Write(JsonFields fields, PolicyReport report, JsonSources sources)
    {
        var json = fields.Writer;
        json.WriteString("name", report.Name);
        json.WriteString("format", report.Policy.Format);
        fields.Objects("files", report.Policy.Files, file =>
        {
            json.WriteString("path", file.Path);
            json.WriteString("sha256", file.Sha256);
        });
        json.WriteString("position", report.Where);
        fields.Object("lines", () =>
        {
            json.WriteNumber("understood", report.Policy.Lines.Understood);
            json.WriteNumber("not_evaluable", report.Policy.Lines.NotEvaluable);
            json.WriteNumber("other", report.Policy.Lines.Other);
        });
        json.WriteNumber("connections", report.Connections);
        json.WriteNumber("undecided", report.Undecided);
        json.WriteNumber("not_compared", report.Undirected);
        fields.Objects("rules", report.Rules, row => Write(fields, row));
        fields.Objects("requirements", report.Requirements, row => Write(fields, row, sources));
        fields.Objects("not_evaluable", report.Policy.NotEvaluable, line =>
        {
            json.WriteString("line", line.Line.ToString());
            json.WriteString("text", line.Text);
            json.WriteString("reason", line.Reason);
        });
    }

    private static void Write(JsonFields fields, PolicyRuleRow row)
    {
        var json = fields.Writer;
        json.WriteString("list", row.List);
        json.WriteString("name", row.Rule.Name);
        json.WriteString("line", row.Rule.Line.ToString());
        json.WriteString("text", row.Rule.Text);
        json.WriteString("action", row.Rule.Action.ToText());
        json.WriteBoolean("enabled", row.Rule.IsEnabled);
        json.WriteBoolean("implicit", row.Rule.IsImplicit);
        fields.Strings("from", Addresses(row.Rule.Source));
        fields.Strings("to", Addresses(row.Rule.Destination));
        fields.Strings("services", row.Rule.Services.Select(ServiceText.Of));
        fields.Strings("conditions", row.Rule.Conditions.Select(condition => condition.Text));
        json.WriteString("use", row.Use.ToText());
        fields.Name("use_reason", row.UseReason);
        json.WriteString("need", row.Need.ToText());
        fields.Name("need_reason", row.NeedReason);
        fields.Strings("documents", row.Documents.Select(rule => rule.Id));
        json.WriteNumber("connections", row.Connections);
        json.WriteNumber("bytes", row.Bytes);
        json.WriteNumber("originators", row.Originators);
        json.WriteNumber("responders", row.Responders);
        fields.Name("ports", row.Ports);
        fields.Time("first_seen", row.FirstNs);
        fields.Time("last_seen", row.LastNs);
        fields.Strings("capture_points", row.CapturePoints);
        fields.Strings("covered_by", row.CoveredBy.Select(rule => rule.Name));
        fields.Number("hits", row.Rule.Hits);
        json.WriteString("advice", row.Advice.ToText());
        json.WriteString("advice_reason", row.AdviceReason);
    }

    private static IEnumerable<string> Addresses(AddressMatch match)
    {
        if (match.Set.IsAll)
            return ["any"];
        var prefixes = AddressSet.Prefixes(match.Set, MaxAddresses).Select(prefix => prefix.ToString());
        return match.IsOpen ? prefixes.Append("unknown") : prefixes;
    }

    private static void Write(JsonFields fields, RequirementRow row, JsonSources sources)
    {
        var json = fields.Writer;
        json.WriteString("rule", row.Rule.Id);
        json.WriteBoolean("needed", row.Needed);
        json.WriteString("status", row.Status.ToText());
        json.WriteNumber("probes", row.Probes);
        json.WriteNumber("stopped", row.Stopped);
        fields.Objects("examples", row.Examples, example =>
        {
            json.WriteString("from", example.From);
            json.WriteString("to", example.To);
            json.WriteString("service", example.Service);
            json.WriteString("outcome", example.Outcome.ToText());
            json.WriteString("rule", example.Decider?.Name);
            json.WriteString("line", example.Decider?.Line.ToString());
        });
        sources.Write(fields, row.Rule);
    }
}
