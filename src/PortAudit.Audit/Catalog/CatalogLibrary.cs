using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Finds catalogs by identifier: shipped ones from any working directory, and those of a rules
/// directory.</summary>
public static class CatalogLibrary
{
    /// <summary>Identifiers of the catalogs that can be had, in ordinal order.</summary>
    /// <param name="rulesDirectory">Directory whose catalogs add to the shipped ones or override those of the same
    /// identifier; null for none.</param>
    /// <param name="diagnostics">Receives what is wrong with the directory.</param>
    public static ImmutableArray<string> Ids(string? rulesDirectory, ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        return [.. CatalogShelf.Open(rulesDirectory, diagnostics).Ids];
    }

    /// <summary>Reads catalogs and holds them against each other.</summary>
    /// <param name="ids">Identifiers of the catalogs, in the order of the result.</param>
    /// <param name="rulesDirectory">Directory whose catalogs add to the shipped ones or override those of the same
    /// identifier, and whose <c>sources.yaml</c> adds documents; null for none.</param>
    /// <param name="diagnostics">Receives everything that is wrong with the catalogs.</param>
    /// <returns>The catalogs; null when a diagnostic is an error.</returns>
    public static CatalogSet? Load(ImmutableArray<string> ids, string? rulesDirectory,
        ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        var noted = new List<Diagnostic>();
        var shelf = CatalogShelf.Open(rulesDirectory, noted);
        foreach (var id in ids.Where(id => !shelf.Ids.Contains(id)))
            noted.Add(new Diagnostic(DiagnosticSeverity.Error, rulesDirectory ?? "rules", 0, 0,
                $"unknown catalog {Spelling.Quote(id)}", Spelling.Suggest(id, shelf.Ids)));
        var catalogs = shelf.Read(ids, noted);
        foreach (var diagnostic in noted)
            diagnostics.Add(diagnostic);
        return noted.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? null : catalogs;
    }

    /// <summary>Reads one catalog alone: by identifier, or from a file, which may cite the <c>sources.yaml</c> next to
    /// it.</summary>
    /// <param name="name">Identifier or path; an identifier goes before a file of that name.</param>
    /// <param name="rulesDirectory">Directory of further catalogs, as for <see cref="Load"/>; null for none.</param>
    /// <param name="diagnostics">Receives everything that is wrong with it.</param>
    /// <returns>The catalog; null when a diagnostic is an error.</returns>
    public static CatalogSet? LoadOne(string name, string? rulesDirectory, ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Ids(rulesDirectory, []).Contains(name) || !IsPath(name))
            return Load([name], rulesDirectory, diagnostics);
        var file = new FileDiagnostics(name);
        var shelf = CatalogShelf.OpenNextTo(name, diagnostics);
        var text = YamlFile.Read(name, file) is { } yaml ? CatalogReader.Read(yaml, shelf.Documents, file) : null;
        file.MoveTo(diagnostics);
        return text is null || diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            ? null
            : new CatalogSet([text.File], shelf.Documents);
    }

    private static bool IsPath(string name) => Path.Exists(name) || Path.GetFileName(name) != name
        || Path.GetExtension(name) is ".yaml" or ".yml";
}
