using PortAudit.Audit;
using PortAudit.Audit.Behaviour;

namespace PortAudit.Reports.Json;

/// <summary>Writes what a model of behaviour takes flows for.</summary>
internal static class JsonBehaviour
{
    /// <summary>The property <c>behaviour</c>, null without a model.</summary>
    public static void Write(JsonFields fields, BehaviourReport? behaviour)
    {
        if (behaviour is null)
        {
            fields.Writer.WriteNull("behaviour");
            return;
        }

        fields.Object("behaviour", () =>
        {
            fields.Objects("kinds", behaviour.Kinds, row => WriteKind(fields, row));
            fields.Objects("unlike", behaviour.Unlike, row =>
            {
                fields.Writer.WriteString("finding", row.Finding);
                fields.Writer.WriteString("from", row.FromRole);
                fields.Writer.WriteString("to", row.ToRole);
                fields.Writer.WriteString("rule", row.Rule.Id);
                fields.Numbers("sizes_out", row.SizesOut);
                fields.Numbers("sizes_in", row.SizesIn);
            });
        });
    }

    private static void WriteKind(JsonFields fields, BehaviourRow row)
    {
        fields.Writer.WriteString("kind", row.Kind.ToText());
        fields.Writer.WriteNumber("flows", row.Flows);
        fields.Writer.WriteNumber("precision", row.Measured.Precision);
        fields.Writer.WriteNumber("precision_low", row.Measured.PrecisionLow);
        fields.Writer.WriteNumber("recall", row.Measured.Recall);
    }
}
