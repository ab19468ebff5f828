using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>The documents that the sources of a catalog may name.</summary>
/// <param name="documents">The documents, each with its own identifier.</param>
internal sealed class CitableDocuments(ImmutableArray<SourceDocument> documents)
{
    private readonly KnownNames _names =
        KnownNames.Of("document", documents.Select(document => document.Id), "list it in sources.yaml");

    private readonly FrozenDictionary<string, SourceDocument> _byId =
        documents.ToFrozenDictionary(document => document.Id, StringComparer.Ordinal);

    /// <summary>The document of an identifier; null with a diagnostic if unknown.</summary>
    public SourceDocument? Find(YamlText id, FileDiagnostics diagnostics) =>
        _names.Check(id, diagnostics) ? _byId[id.Text] : null;
}
