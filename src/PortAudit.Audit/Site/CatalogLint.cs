using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>What was read without a fault.</summary>
/// <param name="Catalogs">The catalogs.</param>
/// <param name="Sites">Number of site files.</param>
public sealed record CatalogLintResult(ImmutableArray<CatalogFile> Catalogs, int Sites);

/// <summary>Reads catalogs for their faults: the shipped ones, or files and directories of a user. All faults come in
/// one run.</summary>
public static class CatalogLint
{
    /// <summary>Checks the shipped catalogs and starter sites.</summary>
    public static CatalogLintResult CheckShipped(ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        var shelf = CatalogShelf.Open(null, diagnostics);
        var catalogs = shelf.Read(shelf.Ids, diagnostics);
        foreach (var name in ShippedRules.SiteNames)
        {
            var file = new FileDiagnostics(ShippedRules.PathOf(name));
            if (ShippedRules.Read(name, file) is { } yaml)
                CheckSite(yaml, shelf, file, []);
            file.MoveTo(diagnostics);
        }

        var operations = new FileDiagnostics(ShippedRules.PathOf(SensitiveOperations.FileName));
        if (ShippedRules.Read(SensitiveOperations.FileName, operations) is { } list)
            OperationsReader.Read(list, operations);
        operations.MoveTo(diagnostics);
        return new CatalogLintResult(catalogs?.Files ?? [], ShippedRules.SiteNames.Length);
    }

    /// <summary>
    /// Checks a file or a directory. A directory is checked together with the shipped catalogs, like <c>--rules</c>. A
    /// file is a catalog, which may cite the <c>sources.yaml</c> next to it, such a list, a list of sensitive
    /// operations, or a site.
    /// </summary>
    public static CatalogLintResult Check(string path, ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (!Directory.Exists(path))
            return CheckFile(path, diagnostics);
        var shelf = CatalogShelf.Open(path, diagnostics);
        var catalogs = shelf.Read(shelf.Ids, diagnostics);
        return new CatalogLintResult([.. (catalogs?.Files ?? []).Where(file => shelf.IsOwn(file.Id))], 0);
    }

    private static CatalogLintResult CheckFile(string path, ICollection<Diagnostic> diagnostics)
    {
        var file = new FileDiagnostics(path);
        var yaml = YamlFile.Read(path, file);
        if (yaml is null)
        {
            file.MoveTo(diagnostics);
            return new CatalogLintResult([], 0);
        }

        var isSite = yaml.Root.Entries.Any(entry => entry.Key.Text == "site");
        var isSources = Path.GetFileNameWithoutExtension(path) == ShippedRules.SourcesName;
        var isOperations = Path.GetFileNameWithoutExtension(path) == SensitiveOperations.FileName;
        var shelf =
            isSite || isSources || isOperations
                ? CatalogShelf.Open(null, diagnostics)
                : CatalogShelf.OpenNextTo(path, diagnostics);
        CatalogFile? catalog = null;
        var related = new List<Diagnostic>();
        if (isSite)
            CheckSite(yaml, shelf, file, related);
        else if (isSources)
            SourcesReader.Read(yaml, shelf.Documents, file);
        else if (isOperations)
            OperationsReader.Read(yaml, file);
        else
            catalog = shelf.ReadWithShipped(yaml, file, related);
        file.MoveTo(diagnostics);
        foreach (var diagnostic in related)
            diagnostics.Add(diagnostic);
        return new CatalogLintResult(catalog is null ? [] : [catalog], isSite ? 1 : 0);
    }

    private static void CheckSite(YamlFile yaml, CatalogShelf shelf, FileDiagnostics file,
        ICollection<Diagnostic> related) =>
        SiteReader.Read(yaml, KnownNames.Of("catalog", shelf.Ids), ids => shelf.Read(ids, related), file);
}
