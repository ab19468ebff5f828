using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>
/// The catalogs that can be had by identifier: those that travel inside the program and those of a directory, which win over shipped
/// ones of the same identifier, and the documents that they may cite.
/// </summary>
internal sealed class CatalogShelf
{
    private readonly RulesDirectory? _directory;
    private readonly ImmutableArray<SourceDocument> _documents;

    private CatalogShelf(RulesDirectory? directory, ImmutableArray<SourceDocument> documents)
    {
        _directory = directory;
        _documents = documents;
        Ids = [.. ShippedRules.CatalogIds, .. directory?.Catalogs.Keys ?? []];
    }

    /// <summary>Identifiers of the catalogs.</summary>
    public ImmutableSortedSet<string> Ids { get; }

    /// <summary>Opens the shipped catalogs and those of a directory.</summary>
    /// <param name="rulesDirectory">Directory whose files add to the shipped ones; null for none.</param>
    /// <param name="diagnostics">Receives what is wrong with the directory, its list of sources, and its files that are no catalog.</param>
    public static CatalogShelf Open(string? rulesDirectory, ICollection<Diagnostic> diagnostics)
    {
        var file = new FileDiagnostics(ShippedRules.PathOf(ShippedRules.SourcesName));
        var documents = Add([], ShippedRules.Read(ShippedRules.SourcesName, file), file, diagnostics);
        if (rulesDirectory is null)
            return new CatalogShelf(null, documents);

        var directory = RulesDirectory.Open(rulesDirectory, diagnostics);
        if (directory.Sources is { } sources)
        {
            file = new FileDiagnostics(sources);
            documents = Add(documents, YamlFile.Read(sources, file), file, diagnostics);
        }

        return new CatalogShelf(directory, documents);
    }

    /// <summary>
    /// Reads catalogs and holds them against each other; null when an error was noted. Identifiers that are not in <see cref="Ids"/> are left out.
    /// </summary>
    public CatalogSet? Read(IEnumerable<string> ids, ICollection<Diagnostic> diagnostics)
    {
        var known = ids.Where(Ids.Contains).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var texts = known.Select(id => Read(id, diagnostics)).OfType<CatalogText>().ToImmutableArray();
        return CatalogAgreement.Check(texts, diagnostics) && texts.Length == known.Length
            ? new CatalogSet([.. texts.Select(text => text.File)], _documents)
            : null;
    }

    private CatalogText? Read(string id, ICollection<Diagnostic> diagnostics)
    {
        var own = _directory?.Catalogs.GetValueOrDefault(id) ?? default;
        var file = new FileDiagnostics(own.Path ?? ShippedRules.PathOf(id));
        var yaml = own.Yaml ?? ShippedRules.Read(id, file);
        var text = yaml is null ? null : CatalogReader.Read(yaml, _documents, file);
        file.MoveTo(diagnostics);
        return text;
    }

    private static ImmutableArray<SourceDocument> Add(
        ImmutableArray<SourceDocument> documents, YamlFile? yaml, FileDiagnostics file, ICollection<Diagnostic> diagnostics)
    {
        var all = yaml is null ? documents : SourcesReader.Read(yaml, documents, file);
        file.MoveTo(diagnostics);
        return all;
    }
}
