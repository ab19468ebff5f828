using System.Collections.Immutable;
using System.Text.Json;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Sarif;

/// <summary>
/// The rules of the tool (SARIF §3.49): the kinds of finding, by which viewers group. Rules of catalogs are hundreds, with a finding or two each; they stand in the property bags of
/// results. A kind of an earlier report that this version does not know comes last.
/// </summary>
internal sealed class SarifRules
{
    private readonly ImmutableArray<string> _kinds;

    /// <summary>Collects the kinds.</summary>
    public SarifRules(BaselineComparison? baseline) => _kinds =
    [
        .. Enum.GetValues<FindingKind>().Select(kind => kind.ToText()).Concat(baseline?.Findings.Select(finding => finding.Kind) ?? []).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The property <c>rules</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("rules");
        foreach (var kind in _kinds)
        {
            var words = KindSentences.Of(kind);
            json.WriteStartObject();
            json.WriteString("id", kind);
            WriteText(json, "shortDescription", words.Title);
            WriteText(json, "fullDescription", words.Sentence);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", SarifText.Level(words.Usual));
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

    /// <summary>A property that holds a message.</summary>
    public static void WriteText(Utf8JsonWriter json, string property, string text)
    {
        json.WriteStartObject(property);
        json.WriteString("text", SarifText.Message(text));
        json.WriteEndObject();
    }
}
