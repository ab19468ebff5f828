using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;

namespace PortAudit.Reports.Json;

/// <summary>Writes the sources of a rule, with title and checksum of the text in which lines are counted.</summary>
internal sealed class JsonSources(ImmutableArray<CatalogUse> catalogs)
{
    private readonly FrozenDictionary<string, SourceDocument> _documents = Writing.CitedDocuments.ById(catalogs);

    /// <summary>The property <c>source</c>: null for a rule of the site itself, and where there is no rule.</summary>
    public void Write(JsonFields fields, Rule? rule)
    {
        if (rule?.Source is not { } source)
        {
            fields.Writer.WriteNull("source");
            return;
        }

        var document = _documents.GetValueOrDefault(source.Document);
        var json = fields.Writer;
        json.WriteStartObject("source");
        json.WriteString("document", source.Document);
        json.WriteString("section", source.Section);
        json.WriteStartArray("lines");
        foreach (var line in source.Lines)
            json.WriteNumberValue(line);
        json.WriteEndArray();
        json.WriteString("title", document?.Title);
        json.WriteString("sha256", document?.Sha256);
        DocumentJson.WriteAddress(json, document);
        json.WriteEndObject();
    }
}
