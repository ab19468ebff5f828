using PortAudit.Audit.Coverage;
using PortAudit.Audit.Segments;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Json;

/// <summary>Writes the elements of <c>segment_pairs</c>.</summary>
internal static class JsonSegmentPairs
{
    public static void Write(JsonFields fields, SegmentPair pair, BaselineComparison? baseline)
    {
        var json = fields.Writer;
        json.WriteString("from", pair.From);
        json.WriteString("to", pair.To);
        json.WriteNumber("flows", pair.Flows);
        json.WriteNumber("bytes", pair.Bytes);
        Write(fields, pair.Words);
        fields.Objects("services", pair.Services, service =>
        {
            Write(fields, service);
            if (baseline?.IsNew(pair, service) is { } isNew)
                json.WriteBoolean("new", isNew);
            else
                json.WriteNull("new");
        });
        json.WriteBoolean("has_more_services", pair.HasMoreServices);
    }

    /// <summary>Writes the field <c>words</c>.</summary>
    public static void Write(JsonFields fields, DispositionCounts words)
    {
        var json = fields.Writer;
        json.WriteStartObject("words");
        json.WriteNumber("permitted", words.Permitted);
        json.WriteNumber("escaped", words.Escaped);
        json.WriteNumber("blocked", words.Blocked);
        json.WriteNumber("misdropped", words.Misdropped);
        json.WriteNumber("unanswered", words.Unanswered);
        json.WriteEndObject();
    }

    private static void Write(JsonFields fields, SegmentService service)
    {
        var json = fields.Writer;
        json.WriteString("transport", service.Transport.ToString());
        fields.Name("port", service.Ports);
        fields.Name("name", service.Name ?? "");
        json.WriteBoolean("attempts", service.IsAttempts);
        json.WriteNumber("flows", service.Flows);
        json.WriteNumber("bytes", service.Bytes);
        Write(fields, service.Words);
        fields.Strings("originators", service.Originators.Select(host => host.Address));
        json.WriteBoolean("has_more_originators", service.HasMoreOriginators);
        fields.Strings("responders", service.Responders.Select(host => host.Address));
        json.WriteBoolean("has_more_responders", service.HasMoreResponders);
        fields.Time("first_seen", service.FirstNs);
        fields.Time("last_seen", service.LastNs);
        fields.Strings("rules", service.Rules);
    }
}
