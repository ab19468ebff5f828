using System.Globalization;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;

namespace PortAudit.Reports.Json;

/// <summary>Writes what was learned: entries of a baseline, and what an audit saw that a baseline does not
/// know.</summary>
internal static class JsonLearned
{
    /// <summary>The share of connections whose size is shown beside the largest.</summary>
    private const double MostConnections = 0.99;

    /// <summary>The property <c>news</c>, null without a baseline.</summary>
    public static void WriteNews(JsonFields fields, TrafficNews? news)
    {
        if (news is null)
        {
            fields.Writer.WriteNull("news");
            return;
        }

        fields.Object("news", () =>
        {
            fields.Object("baseline", () => WriteBaseline(fields, news.Baseline));
            fields.Strings("caveats", news.Caveats);
            fields.Objects("entries", news.Rows, row =>
            {
                fields.Writer.WriteString("finding", row.Finding);
                fields.Writer.WriteString("kind", row.Kind.ToText());
                fields.Writer.WriteBoolean("new", row.IsNew);
                fields.Object("entry", () => WriteEntry(fields, row.Entry));
            });
            fields.Writer.WriteNumber("not_listed", news.NotListed);
        });
    }

    /// <summary>What a baseline is about, without its entries.</summary>
    public static void WriteBaseline(JsonFields fields, LearnedTraffic learned)
    {
        fields.Writer.WriteString("site", learned.Site);
        fields.Writer.WriteString("site_sha256", learned.SiteSha256);
        fields.Strings("catalogs", learned.Catalogs);
        fields.Objects("watched", learned.Watched, span =>
        {
            fields.Time("from", span.FromNs);
            fields.Time("to", span.ToNs);
        });
        fields.Writer.WriteBoolean("more_entries", learned.HasMoreEntries);
        fields.Writer.WriteBoolean("more_pairs", learned.HasMorePairs);
    }

    /// <summary>The properties of an entry.</summary>
    public static void WriteEntry(JsonFields fields, LearnedEntry entry)
    {
        var json = fields.Writer;
        json.WriteString("id", entry.Id);
        json.WriteString("from_role", entry.FromRole);
        json.WriteString("to_role", entry.ToRole);
        json.WriteString("from_segment", entry.FromSegment);
        json.WriteString("to_segment", entry.ToSegment);
        json.WriteString("transport", entry.Transport.ToString());
        fields.Name("ports", entry.Ports);
        fields.Name("name", entry.Name);
        json.WriteString("accepted", entry.Accepted);
        json.WriteNumber("connections", entry.Connections);
        fields.Time("first_seen", entry.FirstNs);
        fields.Time("last_seen", entry.LastNs);
        fields.Strings("days", entry.Days.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        fields.Object("hours", () =>
        {
            for (var hour = 0; hour < entry.Hours.Length; hour++)
            {
                if (entry.Hours[hour] > 0)
                    json.WriteNumber(hour.ToString("00", CultureInfo.InvariantCulture), entry.Hours[hour]);
            }
        });
        WriteSet(fields, "clients", entry.Clients, address => json.WriteStringValue(address.ToString()));
        WriteSet(fields, "servers", entry.Servers, address => json.WriteStringValue(address.ToString()));
        WriteSizes(fields, "bytes_sent", entry.Sent);
        WriteSizes(fields, "bytes_received", entry.Received);
        WriteSet(fields, "issuers", entry.Issuers, json.WriteStringValue);
        WriteSet(fields, "interfaces", entry.Interfaces, json.WriteStringValue);
        WriteSet(fields, "periods_ns", entry.Periods, json.WriteNumberValue);
    }

    private static void WriteSet<T>(JsonFields fields, string name, LearnedSet<T> set, Action<T> write) =>
        fields.Object(name, () =>
        {
            fields.Writer.WriteStartArray("kept");
            foreach (var member in set.Kept)
                write(member);
            fields.Writer.WriteEndArray();
            fields.Writer.WriteBoolean("more", set.HasMore);
        });

    private static void WriteSizes(JsonFields fields, string name, SizeDistribution sizes) => fields.Object(name, () =>
    {
        fields.Writer.WriteNumber("median", sizes.Within(0.5));
        fields.Writer.WriteNumber("p99", sizes.Within(MostConnections));
        fields.Writer.WriteNumber("largest", sizes.Largest);
        fields.Objects("steps", sizes.Steps, step =>
        {
            fields.Writer.WriteNumber("below", step.Below);
            fields.Writer.WriteNumber("connections", step.Connections);
        });
    });
}
