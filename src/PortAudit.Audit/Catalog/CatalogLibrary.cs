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
}
