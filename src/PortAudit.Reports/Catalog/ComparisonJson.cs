using System.Text.Json;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Needs;
using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Catalog;

/// <summary>A comparison as one JSON document (<c>docs/schema/catalog-compare.schema.json</c>).</summary>
internal static class ComparisonJson
{
    /// <summary>Version of the document's shape. It rises when a property is renamed or removed, not when one is
    /// added.</summary>
    private const int SchemaVersion = 1;

    public static void Write(ComparedCatalogs compared, TextWriter writer)
    {
        JsonFormat.WriteDocument(writer, json =>
        {
            var fields = new JsonFields(json, TimestampDigits: 0);
            json.WriteNumber("schema_version", SchemaVersion);
            fields.Object("first", () => WriteCatalog(json, compared.Comparison.First));
            fields.Object("second", () => WriteCatalog(json, compared.Comparison.Second));
            fields.Objects("roles", compared.Comparison.Roles, role =>
            {
                json.WriteString("id", role.Role);
                json.WriteString("catalog", role.IsOfFirst ? "first" : "second");
                json.WriteString("basis", role.Basis.ToText());
                fields.Strings("counterparts", role.Others);
            });
            fields.Objects("pairs", compared.Comparison.Pairs, pair =>
            {
                json.WriteString("from", pair.From);
                json.WriteString("to", pair.To);
                fields.Objects("needs", pair.Needs, need => WriteNeed(fields, need, compared));
            });
            json.WriteNumber("pairs_left_out", compared.Comparison.PairsLeftOut);
        });
    }

    private static void WriteCatalog(Utf8JsonWriter json, CatalogFile file)
    {
        json.WriteString("catalog", file.Id);
        json.WriteString("title", file.Title);
        json.WriteString("file", file.File);
        json.WriteString("sha256", file.Sha256);
    }

    private static void WriteNeed(JsonFields fields, ComparedNeed need, ComparedCatalogs compared)
    {
        fields.Name("change", need.Change.ToText());
        fields.Name("transport", need.Transport.ToString());
        fields.Name("parameter", need.Parameter);
        fields.Ports("common", need.Common);
        fields.Ports("only_first", need.OnlyFirst);
        fields.Ports("only_second", need.OnlySecond);
        fields.Objects("narrower", need.Narrower, pair =>
        {
            fields.Name("from", pair.From);
            fields.Name("to", pair.To);
        });
        WriteAsked(fields, "first", need.First, compared);
        WriteAsked(fields, "second", need.Second, compared);
    }

    private static void WriteAsked(JsonFields fields, string name, AskedPorts? asked, ComparedCatalogs compared)
    {
        if (asked is null)
        {
            fields.Writer.WriteNull(name);
            return;
        }

        fields.Object(name, () =>
        {
            fields.Ports("ports", asked.Ports);
            fields.Name("need", NeedWords.ToText(asked.Need));
            fields.Objects("rules", asked.Rules,
                asking => WriteRule(fields, asking, id => compared.Document(id, isOfFirst: name == "first")));
        });
    }

    private static void WriteRule(JsonFields fields, AskingRule asking, Func<string, SourceDocument> document)
    {
        var rule = asking.Rule;
        fields.Name("id", rule.Id);
        fields.Name("title", rule.Title);
        fields.Strings("from", rule.From);
        fields.Strings("to", rule.To);
        fields.Writer.WriteBoolean("inherited", asking.IsInherited);
        fields.Ports("ports", asking.Ports);
        fields.Name("parameter", rule.PortParameter ?? "");
        fields.Strings("protocol", rule.Protocols);
        fields.Name("security", EntryWords.Of(rule.Security));
        fields.Name("need", NeedWords.ToText(rule.Need));
        fields.Name("when", EntryWords.Of(rule.When));
        fields.Name("via", CatalogRows.Via(rule));
        fields.Objects("sources", [.. rule.Source?.All ?? []],
            source => CatalogJson.WriteSource(fields.Writer, source, document(source.Document)));
    }
}
