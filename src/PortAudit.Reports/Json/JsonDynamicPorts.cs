using System.Text.Json;
using PortAudit.Audit;
using PortAudit.Audit.Dynamic;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Json;

/// <summary>Writes the elements of <c>dynamic_ports</c>: one per pair of roles and rule.</summary>
internal static class JsonDynamicPorts
{
    public static void Write(JsonFields fields, DynamicPortRow row, AuditReport report, JsonSources sources)
    {
        var json = fields.Writer;
        json.WriteString("from", row.From);
        json.WriteString("to", row.To);
        json.WriteString("rule", row.Rule?.Id);
        json.WriteString("transport", row.Transport);
        fields.Port("range", row.Range);
        json.WriteNumber("flows", row.Flows);
        fields.Counts("explained", row.Explained, grade => grade.ToText());
        json.WriteNumber("unexplained", row.Unexplained);
        if (row.NotObservable > 0)
            json.WriteNumber("not_observable", row.NotObservable);
        fields.Objects("services", row.Services, service => WriteService(fields, service, report));
        json.WriteBoolean("more_services", row.HasMoreServices);
        fields.Ports("announced", row.Announced);
        fields.Port("narrowest_range", row.Narrowest?.ToString() ?? "");
        json.WriteString("warning", row.Warning);
        fields.Objects("advice", row.Advice, advice =>
        {
            json.WriteString("id", advice.Id);
            json.WriteString("text", advice.Text);
            fields.Strings("references", advice.References);
        });
        fields.Objects("pinholes", row.Pinholes, pinhole => WritePinhole(json, pinhole));
        sources.Write(fields, row.Rule);
    }

    private static void WriteService(JsonFields fields, DynamicService service, AuditReport report)
    {
        var json = fields.Writer;
        json.WriteString("announced_by", service.AnnouncedBy);
        json.WriteBoolean("on_port_itself", service.IsOnPortItself);
        json.WriteString("protocol", service.Protocol);
        json.WriteString("service", service.Name);
        json.WriteString("service_id", service.Id);
        json.WriteNumber("flows", service.Flows);
        fields.Ports("ports", service.Ports);
        fields.Time("first_announced", service.FirstNs);
        JsonFindings.WriteEvidence(fields, report.EvidenceOf(service));
    }

    private static void WritePinhole(Utf8JsonWriter json, Pinhole pinhole)
    {
        json.WriteString("announced_by", pinhole.AnnouncedBy);
        json.WriteNumber("announcements", pinhole.Announcements);
        json.WriteNumber("longest_wait_ns", pinhole.LongestWaitNs);
        json.WriteNumber("longest_pause_ns", pinhole.LongestPauseNs);
    }
}
