using System.Collections.Immutable;
using System.Text;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>What came of loading a site.</summary>
/// <param name="Site">The site; null when a diagnostic is an error.</param>
/// <param name="Catalogs">The catalogs that it names, in its order; null when a diagnostic is an error.</param>
/// <param name="Diagnostics">Everything that is wrong: of the rules directory, of the catalogs, of the site, each file
/// in its order.</param>
public sealed record SiteLoad(SiteFile? Site, CatalogSet? Catalogs, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>Loads all that an audit needs to know besides the traffic: a site and the catalogs that it names.</summary>
public static class SiteLoader
{
    /// <summary>Reads a site file and its catalogs. Never throws for what files hold, nor for files that are
    /// missing.</summary>
    /// <param name="sitePath">Path of the site file.</param>
    /// <param name="rulesDirectory">Directory whose catalogs add to the shipped ones or override those of the same
    /// identifier; null for none.</param>
    public static SiteLoad Load(string sitePath, string? rulesDirectory)
    {
        ArgumentNullException.ThrowIfNull(sitePath);
        return Load(sitePath, file => YamlFile.Read(sitePath, file), rulesDirectory);
    }

    /// <summary>What stands for the path of a proposed site that is not saved.</summary>
    public const string ProposedName = "(proposed)";

    /// <summary>Reads a site that was proposed, and its catalogs.</summary>
    /// <param name="name">Its path, or <see cref="ProposedName"/>.</param>
    /// <param name="text">The text of the site file.</param>
    /// <param name="rulesDirectory">Directory of further catalogs; null for none.</param>
    public static SiteLoad LoadProposed(string name, string text, string? rulesDirectory)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        var load = Load(name, file => YamlFile.Parse(Encoding.UTF8.GetBytes(text), file), rulesDirectory);
        return load with { Site = load.Site is null ? null : load.Site with { IsProposed = true } };
    }

    private static SiteLoad Load(string sitePath, Func<FileDiagnostics, YamlFile?> read, string? rulesDirectory)
    {
        var diagnostics = new List<Diagnostic>();
        var shelf = CatalogShelf.Open(rulesDirectory, diagnostics);
        var file = new FileDiagnostics(sitePath);
        CatalogSet? catalogs = null;
        SiteFile? site = null;
        if (read(file) is { } yaml)
            site = SiteReader.Read(yaml, KnownNames.Of("catalog", shelf.Ids),
                ids => catalogs = shelf.Read(ids, diagnostics), file);
        file.MoveTo(diagnostics);
        return diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            ? new SiteLoad(null, null, [.. diagnostics])
            : new SiteLoad(site, catalogs, [.. diagnostics]);
    }
}
