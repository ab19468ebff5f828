using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Json;

/// <summary>Writes the elements of <c>rules</c>: one per rule and pair of roles.</summary>
internal static class JsonRules
{
    public static void Write(JsonFields fields, RuleRow row, JsonSources sources)
    {
        var json = fields.Writer;
        json.WriteString("id", row.Rule.Id);
        json.WriteString("from", row.From);
        json.WriteString("to", row.To);
        json.WriteString("need", NeedWords.ToText(row.Rule.Need));
        json.WriteString("status", row.Status.ToText());
        json.WriteString("reason", row.Reason);
        json.WriteNumber("flows", row.Flows);
        fields.Time("first_seen", row.FirstSeenNs);
        fields.Time("last_seen", row.LastSeenNs);
        fields.Objects("hosts", row.Hosts, hosts =>
        {
            json.WriteString("originator", hosts.Originator);
            json.WriteString("responder", hosts.Responder);
            json.WriteString("status", hosts.Status.ToText());
            json.WriteNumber("flows", hosts.Flows);
        });
        WriteIdle(fields, "originator", row.IdleOriginators);
        WriteIdle(fields, "responder", row.IdleResponders);
        sources.Write(fields, row.Rule);
    }

    private static void WriteIdle(JsonFields fields, string side, NonParticipants idle)
    {
        fields.Objects($"idle_{side}s", idle.Hosts, host =>
        {
            fields.Writer.WriteString("host", host.Name);
            fields.Writer.WriteString("why", host.Why.ToText());
        });
        fields.Writer.WriteNumber($"idle_{side}s_not_listed", idle.NotListed);
        fields.Number($"idle_{side}_addresses", idle.Addresses);
    }
}
