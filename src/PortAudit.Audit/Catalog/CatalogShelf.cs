using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>
/// The catalogs that can be had by identifier: those that travel inside the program and those of a directory, which win
/// over shipped ones of the same identifier, and the documents that they may cite.
/// </summary>
internal sealed class CatalogShelf
{
    private readonly RulesDirectory? _directory;

    private CatalogShelf(RulesDirectory? directory, ImmutableArray<SourceDocument> documents)
    {
        _directory = directory;
        Documents = documents;
        Ids = [.. ShippedRules.CatalogIds, .. directory?.Catalogs.Keys ?? []];
    }

    public ImmutableSortedSet<string> Ids { get; }

    public ImmutableArray<SourceDocument> Documents { get; }

    public bool IsOwn(string id) => _directory is not null && _directory.Catalogs.ContainsKey(id);

    /// <summary>Opens the shipped catalogs and those of a directory.</summary>
    /// <param name="rulesDirectory">Directory whose files add to the shipped ones; null for none.</param>
    /// <param name="diagnostics">Receives what is wrong with the directory, its list of sources, and its files that are
    /// no catalog.</param>
    public static CatalogShelf Open(string? rulesDirectory, ICollection<Diagnostic> diagnostics)
    {
        var file = new FileDiagnostics(ShippedRules.PathOf(ShippedRules.SourcesName));
        var documents = Add([], ShippedRules.Read(ShippedRules.SourcesName, file), file, diagnostics);
        if (rulesDirectory is null)
            return new CatalogShelf(null, documents);

        var directory = RulesDirectory.Open(rulesDirectory, diagnostics);
        return new CatalogShelf(directory,
            directory.Sources is { } sources ? AddFile(documents, sources, diagnostics) : documents);
    }

    /// <summary>Opens the shipped catalogs, and the list of documents next to a user's file.</summary>
    public static CatalogShelf OpenNextTo(string path, ICollection<Diagnostic> diagnostics)
    {
        var shelf = Open(null, diagnostics);
        var sources = Path.Combine(Path.GetDirectoryName(path) ?? "",
            ShippedRules.FileNameOf(ShippedRules.SourcesName));
        return File.Exists(sources) ? new CatalogShelf(null, AddFile(shelf.Documents, sources, diagnostics)) : shelf;
    }

    /// <summary>Reads catalogs and holds them against each other; null after an error. Identifiers that are not in
    /// <see cref="Ids"/> are left out.</summary>
    public CatalogSet? Read(IEnumerable<string> ids, ICollection<Diagnostic> diagnostics)
    {
        var known = ids.Where(Ids.Contains).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var texts = known.Select(id => Read(id, diagnostics)).OfType<CatalogText>().ToImmutableArray();
        return CatalogAgreement.Check(texts, diagnostics) && texts.Length == known.Length
            ? new CatalogSet([.. texts.Select(text => text.File)], Documents)
            : null;
    }

    /// <summary>Reads one catalog of the user and holds it against the shipped ones of other identifiers; null after an
    /// error.</summary>
    /// <param name="yaml">The catalog.</param>
    /// <param name="file">Where its own faults are noted.</param>
    /// <param name="disagreements">Receives what it and the shipped ones disagree on.</param>
    public CatalogFile? ReadWithShipped(YamlFile yaml, FileDiagnostics file, ICollection<Diagnostic> disagreements)
    {
        if (CatalogReader.Read(yaml, Documents, file) is not { } own)
            return null;
        var shipped = Ids.Remove(own.File.Id).Select(id => Read(id, disagreements)).OfType<CatalogText>();
        return CatalogAgreement.Check([.. shipped, own], disagreements) ? own.File : null;
    }

    private CatalogText? Read(string id, ICollection<Diagnostic> diagnostics)
    {
        var own = _directory?.Catalogs.GetValueOrDefault(id) ?? default;
        var file = new FileDiagnostics(own.Path ?? ShippedRules.PathOf(id));
        var yaml = own.Yaml ?? ShippedRules.Read(id, file);
        var text = yaml is null ? null : CatalogReader.Read(yaml, Documents, file);
        file.MoveTo(diagnostics);
        return text;
    }

    private static ImmutableArray<SourceDocument> AddFile(ImmutableArray<SourceDocument> documents, string path,
        ICollection<Diagnostic> diagnostics)
    {
        var file = new FileDiagnostics(path);
        return Add(documents, YamlFile.Read(path, file), file, diagnostics);
    }

    private static ImmutableArray<SourceDocument> Add(
        ImmutableArray<SourceDocument> documents, YamlFile? yaml, FileDiagnostics file,
        ICollection<Diagnostic> diagnostics)
    {
        var all = yaml is null ? documents : SourcesReader.Read(yaml, documents, file);
        file.MoveTo(diagnostics);
        return all;
    }
}
