using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Json;

/// <summary>Writes the elements of <c>role_pairs</c>.</summary>
internal static class JsonRolePairs
{
    public static void Write(JsonFields fields, RolePair pair)
    {
        var json = fields.Writer;
        json.WriteString("from", pair.From);
        json.WriteString("to", pair.To);
        json.WriteNumber("flows", pair.Flows);
        json.WriteNumber("bytes", pair.Bytes);
        fields.Counts("verdicts", pair.Verdicts, verdict => verdict.ToText());
        fields.Counts("outcomes", pair.Outcomes, outcome => outcome.ToText());
        JsonSegmentPairs.Write(fields, pair.Words);
        fields.Strings("services", pair.Services);
    }
}
