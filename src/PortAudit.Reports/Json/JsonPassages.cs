using System.Collections.Immutable;
using PortAudit.Audit.Passages;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Json;

/// <summary>Writes the elements of <c>passages</c>: what devices between capture points did.</summary>
internal static class JsonPassages
{
    /// <summary>Writes the list <c>passages</c>.</summary>
    public static void Write(JsonFields fields, ImmutableArray<PassageReport> reports) =>
        fields.Objects("passages", reports, report => Write(fields, report));

    private static void Write(JsonFields fields, PassageReport report)
    {
        var json = fields.Writer;
        fields.Strings("points", [report.First, report.Second]);
        fields.Object("clock", () =>
        {
            json.WriteString("fit", report.Clock.Fit.ToText());
            fields.Objects("windows", report.Clock.Windows, window =>
            {
                fields.Time("from", window.FromNs);
                fields.Number("lowest_ns", window.LowestNs == long.MinValue ? null : window.LowestNs);
                fields.Number("highest_ns", window.HighestNs == long.MaxValue ? null : window.HighestNs);
            });
            fields.Number("drift_ns_per_second", (decimal)Math.Round(report.Clock.DriftPerSecond, 3));
        });
        Write(fields, "forward_delay", report.DelayOut);
        Write(fields, "return_delay", report.DelayIn);
        fields.Objects("fates", report.Fates, row =>
        {
            json.WriteString("fate", row.Fate.ToText());
            json.WriteString("transport", row.Transport);
            json.WriteNumber("connections", row.Connections);
            json.WriteNumber("syns", row.Syns);
        });
        fields.Objects("translations", report.Translations, row =>
        {
            json.WriteString("kind", row.IsSource ? "source" : "destination");
            json.WriteString("from", row.From);
            json.WriteString("to", row.To);
            json.WriteNumber("connections", row.Connections);
            json.WriteNumber("port_kept", row.KeptPort);
        });
        fields.Objects("changes", report.Changes, row =>
        {
            Write(fields, row.Change);
            json.WriteNumber("connections", row.Connections);
        });
        fields.Objects("connections", report.Passages, passage => Write(fields, passage));
        fields.Strings("notes", report.Notes);
    }

    private static void Write(JsonFields fields, string name, PassageDelay? delay)
    {
        var json = fields.Writer;
        if (delay is null)
        {
            json.WriteNull(name);
            return;
        }

        fields.Object(name, () =>
        {
            fields.Number("median_ns", delay.IsBelowClock ? null : delay.MedianNs);
            fields.Number("p95_ns", delay.IsBelowClock ? null : delay.P95Ns);
            json.WriteNumber("half_width_ns", delay.HalfWidthNs);
            json.WriteNumber("packets", delay.Packets);
        });
    }

    private static void Write(JsonFields fields, Passage passage)
    {
        var json = fields.Writer;
        json.WriteString("fate", passage.Fate.ToText());
        json.WriteString("basis", passage.Basis?.ToText());
        json.WriteString("certainty", passage.Basis?.ToCertainty());
        json.WriteString("transport", passage.Flow.Transport.ToString());
        Write(fields, "near", passage.Near);
        Write(fields, "far", passage.Far);
        fields.Objects("changes", passage.Changes, change => Write(fields, change));
        json.WriteString("why", passage.Why);
    }

    private static void Write(JsonFields fields, string name, FlowRecord? flow)
    {
        var json = fields.Writer;
        if (flow is null)
        {
            json.WriteNull(name);
            return;
        }

        fields.Object(name, () =>
        {
            json.WriteString("point", flow.CapturePoint);
            json.WriteString("flow_id", flow.FlowId);
            json.WriteString("originator", flow.Originator.Address.ToString());
            json.WriteNumber("originator_port", flow.Originator.Port);
            json.WriteString("responder", flow.Responder.Address.ToString());
            json.WriteNumber("responder_port", flow.Responder.Port);
            fields.Time("start", flow.StartNs);
            fields.Time("end", flow.EndNs);
            json.WriteNumber("packets_out", flow.Out.Packets);
            json.WriteNumber("packets_in", flow.In.Packets);
        });
    }

    private static void Write(JsonFields fields, PassageChange change)
    {
        var json = fields.Writer;
        json.WriteString("kind", change.Kind.ToText());
        json.WriteString("sender", change.IsOut ? "originator" : "responder");
        fields.Name("from", change.From);
        fields.Name("to", change.To);
    }
}
