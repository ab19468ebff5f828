using System.Text.Json;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows;

/// <summary>Who stopped a flow, and how, as properties of its JSON line.</summary>
internal static class StopJson
{
    /// <summary>Writes the properties; null where nothing stopped the flow, or it is unknown who.</summary>
    public static void Write(Utf8JsonWriter json, FlowRecord flow)
    {
        json.WriteString("stopped_by", flow.StoppedBy?.ToString());
        json.WriteString("stopped_how", flow.StoppedHow);
        if (flow.Reset is not { } reset)
        {
            json.WriteNull("reset");
            return;
        }

        json.WriteStartObject("reset");
        json.WriteString("origin", reset.Origin.ToText());
        json.WriteString("from", reset.ByOriginator ? "originator" : "responder");
        WriteHopLimit(json, "hop_limit", reset.HopLimit);
        WriteHopLimit(json, "usual_hop_limit", reset.UsualHopLimit);
        json.WriteEndObject();
    }

    private static void WriteHopLimit(Utf8JsonWriter json, string property, byte hopLimit)
    {
        if (hopLimit == 0)
            json.WriteNull(property);
        else
            json.WriteNumber(property, hopLimit);
    }
}
