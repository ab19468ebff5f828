using System.Text.Json;
using PortAudit.Audit.Catalog;
using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Catalog;

/// <summary>Entries as one JSON document (<c>docs/schema/catalog-list.schema.json</c>). What an entry does not have is
/// null or an empty list.</summary>
internal static class CatalogJson
{
    /// <summary>Version of the document's shape. It rises when a property is renamed or removed, not when one is
    /// added.</summary>
    private const int SchemaVersion = 1;

    public static void Write(CatalogList list, TextWriter writer)
    {
        JsonFormat.WriteDocument(writer, json =>
        {
            var fields = new JsonFields(json, TimestampDigits: 0);
            json.WriteNumber("schema_version", SchemaVersion);
            fields.Objects("entries", list.Rows, row => WriteEntry(fields, row, list));
        });
    }

    private static void WriteEntry(JsonFields fields, CatalogRow row, CatalogList list)
    {
        fields.Name("kind", row.Kind.ToText());
        fields.Name("id", row.Id);
        fields.Name("catalog", row.Catalog);
        fields.Name("title", row.Title);
        fields.Strings("from", row.From);
        fields.Strings("to", row.To);
        fields.Strings("transport", row.Transports);
        fields.Ports("ports", row.Ports);
        fields.Name("parameter", row.Parameter);
        fields.Strings("protocol", row.Protocols);
        fields.Name("security", row.Security);
        fields.Name("need", row.Need);
        fields.Name("when", row.When);
        fields.Name("via", row.Via);
        fields.Strings("services", row.Services);
        fields.Name("period", row.Period);
        fields.Writer.WriteStartObject("details");
        foreach (var (name, values) in row.Details)
            fields.Strings(name, values);
        fields.Writer.WriteEndObject();
        fields.Objects("sources", row.Sources,
            source => WriteSource(fields.Writer, source, list.Document(source.Document)));
        fields.Name("note", row.Note);
        fields.Name("why_off", row.WhyOff);
    }

    internal static void WriteSource(Utf8JsonWriter json, SourceReference source, SourceDocument document)
    {
        json.WriteString("document", document.Id);
        json.WriteString("title", document.Title);
        json.WriteString("sha256", document.Sha256);
        DocumentJson.WriteAddress(json, document);
        json.WriteString("section", source.Section);
        json.WriteStartArray("lines");
        foreach (var line in source.Lines)
            json.WriteNumberValue(line);
        json.WriteEndArray();
    }
}
