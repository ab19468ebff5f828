using System.Globalization;
using System.Text.Json;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Json;

/// <summary>Writes what the audit was made from: site, catalogs, hosts and exceptions.</summary>
internal static class JsonInputs
{
    /// <summary>The property <c>site</c>.</summary>
    public static void WriteSite(Utf8JsonWriter json, AuditReport report)
    {
        json.WriteStartObject("site");
        json.WriteString("name", report.Site);
        json.WriteString("file", report.SiteFile);
        json.WriteString("sha256", report.SiteSha256);
        json.WriteBoolean("proposed", report.ProposedSite is not null);
        json.WriteEndObject();
    }

    /// <summary>The property <c>not_judged</c>: why nothing was judged, and the next step; null when something
    /// was.</summary>
    public static void WriteNotJudged(Utf8JsonWriter json, AuditReport report)
    {
        if (report.NotJudged is not { } why)
        {
            json.WriteNull("not_judged");
            return;
        }

        json.WriteStartObject("not_judged");
        json.WriteString("reason", why.Reason);
        json.WriteString("next_step", why.NextStep);
        json.WriteEndObject();
    }

    /// <summary>An element of <c>catalogs</c>.</summary>
    public static void WriteCatalog(JsonFields fields, CatalogUse catalog)
    {
        fields.Writer.WriteString("id", catalog.Id);
        fields.Writer.WriteString("title", catalog.Title);
        fields.Writer.WriteString("sha256", catalog.Sha256);
        fields.Writer.WriteNumber("rules", catalog.Rules);
        fields.Objects("documents", catalog.Documents, document => DocumentJson.Write(fields.Writer, document));
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
        fields.Objects("names", host.Names, name => WriteName(fields, name));
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

    /// <summary>For names from files, sightings would count files, not packets.</summary>
    private static void WriteName(JsonFields fields, NameSighting name)
    {
        fields.Writer.WriteString("address", name.Address.ToString());
        fields.Writer.WriteString("name", name.Name);
        fields.Writer.WriteString("ground", name.Basis.ToText());
        fields.Number("sightings", name.Basis == NameBasis.Pcapng ? null : (long?)name.Sightings);
        fields.Time("first_seen", name.FirstNs);
        fields.Time("last_seen", name.LastNs);
    }
}
