using System.Collections.Immutable;
using System.Text.Json;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Sarif;

/// <summary>
/// The rules of the tool (SARIF §3.49): the kinds of finding, by which viewers group. Rules of catalogs are hundreds,
/// with a finding or two each; they stand in the property bags of results. A kind of an earlier report that this
/// version does not know comes last.
/// </summary>
internal sealed class SarifRules
{
    private readonly ImmutableArray<string> _kinds;

    public SarifRules(BaselineComparison? baseline) => _kinds =
    [
        .. FindingKindRow.All.Select(row => row.Text).Concat(baseline?.Findings.Select(finding => finding.Kind) ?? [])
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The property <c>rules</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("rules");
        foreach (var kind in _kinds)
        {
            var row = FindingKindRow.Find(kind) ?? new FindingKindRow(kind, Severity.Medium, kind, kind);
            json.WriteStartObject();
            json.WriteString("id", kind);
            WriteText(json, "shortDescription", row.Title);
            WriteText(json, "fullDescription", row.Sentence);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", SarifText.Level(row.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The properties <c>ruleId</c> and <c>ruleIndex</c> of a result.</summary>
    public void WriteReference(Utf8JsonWriter json, string kind)
    {
        json.WriteString("ruleId", kind);
        json.WriteNumber("ruleIndex", _kinds.IndexOf(kind));
    }

    public static void WriteText(Utf8JsonWriter json, string property, string text)
    {
        json.WriteStartObject(property);
        json.WriteString("text", SarifText.Message(text));
        json.WriteEndObject();
    }
}
