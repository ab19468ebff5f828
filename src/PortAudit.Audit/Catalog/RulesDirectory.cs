using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>The files of a user's own rules directory.</summary>
/// <param name="Sources">Path of its list of documents; null if none.</param>
/// <param name="Catalogs">Its catalogs, read as YAML, by identifier.</param>
internal sealed record RulesDirectory(string? Sources,
    ImmutableSortedDictionary<string, (string Path, YamlFile Yaml)> Catalogs)
{
    /// <summary>Most files taken from a directory, which holds one a product; a wrong directory shall not be read for
    /// hours.</summary>
    public const int MaxFiles = 1000;

    /// <summary>Lists a directory, which need not exist; what is wrong with it goes to
    /// <paramref name="diagnostics"/>.</summary>
    public static RulesDirectory Open(string directory, ICollection<Diagnostic> diagnostics)
    {
        string? sources = null;
        var catalogs =
            ImmutableSortedDictionary.CreateBuilder<string, (string Path, YamlFile Yaml)>(StringComparer.Ordinal);
        foreach (var path in List(directory, diagnostics))
        {
            if (Path.GetFileNameWithoutExtension(path) == ShippedRules.SourcesName)
            {
                sources = path;
                continue;
            }

            if (Path.GetFileNameWithoutExtension(path) == SensitiveOperations.FileName)
                continue;
            var file = new FileDiagnostics(path);
            var yaml = YamlFile.Read(path, file);
            if (yaml is not null && IsSite(yaml))
                continue;
            if (yaml is not null && IdOf(yaml, file) is { } id && !catalogs.TryAdd(id.Text, (path, yaml)))
                file.Error(id.Position, $"catalog {Spelling.Quote(id.Text)} is also in {catalogs[id.Text].Path}",
                    "remove one of the files");
            file.MoveTo(diagnostics);
        }

        return new RulesDirectory(sources, catalogs.ToImmutable());
    }

    private static ImmutableArray<string> List(string directory, ICollection<Diagnostic> diagnostics)
    {
        var problem = "";
        try
        {
            ImmutableArray<string> paths =
            [
                .. Directory.EnumerateFiles(directory)
                    .Where(path => Path.GetExtension(path) is ".yaml" or ".yml")
                    .Take(MaxFiles + 1)
                    .Order(StringComparer.Ordinal),
            ];
            if (paths.Length is > 0 and <= MaxFiles)
                return paths;
            problem = paths.IsEmpty
                ? "holds no rules: no file ends in .yaml"
                : $"holds more than {MaxFiles} files that end in .yaml";
        }
        catch (DirectoryNotFoundException)
        {
            problem = "no such directory";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = $"cannot be read: {failure.Message}";
        }

        diagnostics.Add(new Diagnostic(DiagnosticSeverity.Error, directory, 0, 0, problem));
        return [];
    }

    // A site file may be in the same directory as its rules.
    private static bool IsSite(YamlFile yaml) => yaml.Root.Entries.Any(entry => entry.Key.Text == "site");

    private static YamlText? IdOf(YamlFile yaml, FileDiagnostics diagnostics)
    {
        if (yaml.Root.Entries.FirstOrDefault(entry =>
            entry.Key.Text == "catalog").Value is YamlText { IsNull: false } id)
            return id;
        diagnostics.Error(TextPosition.WholeFile, "names no catalog",
            "begin it with 'catalog: NAME', or keep it elsewhere");
        return null;
    }
}
