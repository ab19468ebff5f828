using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Policies.Lint;
using PortAudit.Audit.Policies.Model;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Policies;

/// <summary>What is wrong with configurations as one JSON document
/// (<c>docs/schema/policy-check.schema.json</c>).</summary>
public static class PolicyCheckJson
{
    /// <summary>Version of the document's shape. It rises when a property is renamed or removed, not when one is
    /// added.</summary>
    private const int SchemaVersion = 1;

    /// <summary>Writes the document with a line end behind it.</summary>
    public static void Write(ImmutableArray<PolicyCheck> checks, string toolVersion, TextWriter writer) =>
        JsonFormat.WriteDocument(writer, json =>
        {
            var fields = new JsonFields(json, TimestampDigits: 0);
            json.WriteNumber("schema_version", SchemaVersion);
            fields.Object("tool", () =>
            {
                json.WriteString("name", AuditRun.ToolName);
                json.WriteString("version", toolVersion);
            });
            fields.Objects("policies", checks, check => WriteCheck(fields, check));
        });

    private static void WriteCheck(JsonFields fields, PolicyCheck check)
    {
        var policy = check.Policy;
        fields.Name("name", policy.Name);
        fields.Name("format", policy.Format);
        fields.Objects("files", policy.Files, file =>
        {
            fields.Name("path", file.Path);
            fields.Name("sha256", file.Sha256);
        });
        fields.Object("lines", () =>
        {
            fields.Number("total", policy.Lines.Total);
            fields.Number("understood", policy.Lines.Understood);
            fields.Number("not_evaluable", policy.Lines.NotEvaluable);
            fields.Number("other", policy.Lines.Other);
        });
        fields.Objects("lists", policy.Lists, list => WriteList(fields, list));
        fields.Objects("not_evaluable", policy.NotEvaluable, line =>
        {
            WriteLine(fields, line.Line);
            fields.Name("text", line.Text);
            fields.Name("reason", line.Reason);
        });
        fields.Objects("findings", check.Lint.Findings, finding => WriteFinding(fields, finding));
        fields.Number("rules_not_analysed", check.Lint.NotAnalysed);
    }

    private static void WriteList(JsonFields fields, PolicyList list)
    {
        fields.Name("name", list.Name);
        fields.Name("order", list.Order.ToText());
        fields.Number("rules", list.Rules.Count(rule => !rule.IsImplicit));
        fields.Objects("applied", list.Bindings, binding =>
        {
            fields.Name("hook", binding.Hook.ToText());
            fields.Name("from", BindingWords.Zones(binding.From));
            fields.Name("to", BindingWords.Zones(binding.To));
        });
    }

    private static void WriteFinding(JsonFields fields, PolicyFinding finding)
    {
        fields.Name("kind", finding.Kind.Name);
        fields.Name("severity", finding.Kind.Severity.ToText());
        WriteLine(fields, finding.Line);
        fields.Name("list", finding.List);
        fields.Name("rule", finding.Rule?.Name ?? "");
        fields.Name("text", finding.Rule?.Text ?? "");
        fields.Name("explanation", finding.Explanation);
        fields.Objects("others", finding.Others, other =>
        {
            fields.Name("rule", other.Name);
            WriteLine(fields, other.Line);
        });
    }

    private static void WriteLine(JsonFields fields, PolicyLine line)
    {
        fields.Name("file", line.File);
        fields.Number("line", line.Line);
    }
}
