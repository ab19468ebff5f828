using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic;
using PortAudit.Traffic.Capture;

namespace PortAudit.Reports.Json;

/// <summary>Writes what the audit was made from: site, catalogs, captures, hosts and exceptions.</summary>
internal static class JsonInputs
{
    /// <summary>The property <c>site</c>.</summary>
    public static void WriteSite(Utf8JsonWriter json, AuditReport report)
    {
        json.WriteStartObject("site");
        json.WriteString("name", report.Site);
        json.WriteString("file", report.SiteFile);
        json.WriteString("sha256", report.SiteSha256);
        json.WriteEndObject();
    }

    /// <summary>An element of <c>catalogs</c>.</summary>
    public static void WriteCatalog(JsonFields fields, CatalogUse catalog)
    {
        fields.Writer.WriteString("id", catalog.Id);
        fields.Writer.WriteString("title", catalog.Title);
        fields.Writer.WriteString("sha256", catalog.Sha256);
        fields.Writer.WriteNumber("rules", catalog.Rules);
        fields.Objects("documents", catalog.Documents, document => WriteDocument(fields.Writer, document));
    }

    /// <summary>The property <c>captures</c>: those that were read, in their order, then those that could not be opened.</summary>
    public static void WriteCaptures(JsonFields fields, AuditRun run)
    {
        var json = fields.Writer;
        json.WriteStartArray("captures");
        foreach (var capture in run.Report.Observation.Captures)
        {
            json.WriteStartObject();
            WriteCapture(fields with { TimestampDigits = capture.TimestampDigits }, capture);
            json.WriteEndObject();
        }

        foreach (var input in run.Unread)
        {
            json.WriteStartObject();
            WriteUnread(fields, input);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>An element of <c>hosts</c>.</summary>
    public static void WriteHost(JsonFields fields, HostRow host)
    {
        fields.Writer.WriteString("name", host.Name);
        fields.Strings("addresses", host.Addresses);
        fields.Strings("roles", host.Roles);
        fields.Writer.WriteNumber("flows", host.Flows);
        fields.Time("first_seen", host.FirstSeenNs);
        fields.Time("last_seen", host.LastSeenNs);
    }

    /// <summary>An element of <c>exceptions</c>.</summary>
    public static void WriteException(JsonFields fields, ExceptionRow row)
    {
        var json = fields.Writer;
        json.WriteString("id", row.Exception.Id);
        json.WriteString("from", row.Exception.From);
        json.WriteString("to", row.Exception.To);
        fields.Strings("transports", row.Exception.Transports.Select(transport => transport.ToString()));
        fields.Ports("ports", row.Exception.Ports);
        json.WriteString("reason", row.Exception.Reason);
        json.WriteString("owner", row.Exception.Owner);
        json.WriteString("expires", row.Exception.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteNumber("flows", row.Flows);
        json.WriteBoolean("expired", row.Expired);
    }

    private static void WriteDocument(Utf8JsonWriter json, SourceDocument document)
    {
        json.WriteString("id", document.Id);
        json.WriteString("title", document.Title);
        json.WriteString("publisher", document.Publisher);
        json.WriteString("date", document.Date);
        json.WriteString("sha256", document.Sha256);
    }

    private static void WriteCapture(JsonFields fields, CaptureSummary capture)
    {
        fields.Writer.WriteString("path", capture.Path);
        fields.Writer.WriteString("format", capture.Format);
        fields.Writer.WriteNumber("packets", capture.Packets);
        fields.Time("first_seen", capture.FirstNs);
        fields.Time("last_seen", capture.LastNs);
        WriteEnd(fields.Writer, capture.End.Kind switch
        {
            CaptureEndKind.Complete => "complete",
            CaptureEndKind.Cut => "cut",
            CaptureEndKind.Damaged => "damaged",
            CaptureEndKind.Stopped => "stopped",
            _ => "unreadable",
        }, capture.End.Offset, capture.End.Reason);
        fields.Objects("damages", capture.Annotations.Damages, damage => WriteDamage(fields.Writer, damage));
        fields.Writer.WriteNumber("damages_not_listed", capture.Annotations.DamagesNotListed);
    }

    private static void WriteDamage(Utf8JsonWriter json, CaptureDamage damage)
    {
        json.WriteNumber("offset", damage.Offset);
        json.WriteNumber("length", damage.Length);
        json.WriteString("reason", damage.Reason);
    }

    private static void WriteUnread(JsonFields fields, UnreadInput input)
    {
        fields.Writer.WriteString("path", input.Path);
        fields.Writer.WriteNull("format");
        fields.Writer.WriteNumber("packets", 0);
        fields.Time("first_seen", null);
        fields.Time("last_seen", null);
        WriteEnd(fields.Writer, "not-opened", input.Offset, input.Reason);
        fields.Objects("damages", ImmutableArray<CaptureDamage>.Empty, damage => WriteDamage(fields.Writer, damage));
        fields.Writer.WriteNumber("damages_not_listed", 0);
    }

    private static void WriteEnd(Utf8JsonWriter json, string kind, long offset, string reason)
    {
        json.WriteStartObject("end");
        json.WriteString("kind", kind);
        json.WriteNumber("offset", offset);
        json.WriteString("reason", reason.Length == 0 ? null : reason);
        json.WriteEndObject();
    }
}
