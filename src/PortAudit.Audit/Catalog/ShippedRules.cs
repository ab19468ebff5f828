using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>The files of <c>rules/</c>, which travel inside this assembly and so are found from any working
/// directory.</summary>
internal static class ShippedRules
{
    private const string Folder = "rules/";
    private const string SitesFolder = "sites/";
    private const string Extension = ".yaml";

    private static readonly ImmutableArray<string> Names =
    [
        .. typeof(ShippedRules).Assembly.GetManifestResourceNames()
            .Where(name =>
                name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Identifiers of the shipped catalogs, in ordinal order: a shipped catalog is named like its
    /// file.</summary>
    public static ImmutableArray<string> CatalogIds { get; } =
    [
        .. Names.Where(name => name is not (SourcesName or SensitiveOperations.FileName)
            && !name.StartsWith(SitesFolder, StringComparison.Ordinal)),
    ];

    /// <summary>Names of the starter sites, in ordinal order: <c>sites/NAME</c>.</summary>
    public static ImmutableArray<string> SiteNames { get; } =
        [.. Names.Where(name => name.StartsWith(SitesFolder, StringComparison.Ordinal))];

    /// <summary>Name of the list of documents, without extension.</summary>
    public const string SourcesName = "sources";

    public static string FileNameOf(string name) => name + Extension;

    public static string PathOf(string name) => Folder + name + Extension;

    /// <summary>Reads a shipped file; null with a diagnostic if not sound YAML.</summary>
    /// <param name="name">One of <see cref="CatalogIds"/> or <see cref="SiteNames"/>, or
    /// <see cref="SourcesName"/>.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static YamlFile? Read(string name, FileDiagnostics diagnostics)
    {
        using var stream = typeof(ShippedRules).Assembly.GetManifestResourceStream(PathOf(name))
            ?? throw new ArgumentException($"no shipped file is named {name}", nameof(name));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return YamlFile.Parse(bytes, diagnostics);
    }
}
