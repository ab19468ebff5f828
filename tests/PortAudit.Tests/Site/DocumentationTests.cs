using System.Text.RegularExpressions;
using PortAudit.Audit.Site;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Site;

/// <summary>The examples of docs/catalog.md and docs/site.md.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void The_site_of_the_documentation_loads()
    {
        using var directory = new ScratchDirectory();

        var load = SiteLoader.Load(directory.Write("site.yaml", Assert.Single(ExamplesOf("site.md"))), null);

        Assert.Empty(load.Diagnostics);
    }

    [Fact]
    public void The_catalog_of_the_documentation_loads()
    {
        var examples = ExamplesOf("catalog.md");
        using var directory = new ScratchDirectory();
        directory.Write("backup.yaml", examples[0]);
        directory.Write("sources.yaml", examples[1].Replace("…", new string('0', 64), StringComparison.Ordinal));
        var site = directory.Write("site.yaml", "site: S\ncatalogs: [contoso-backup]\n");

        var load = SiteLoader.Load(site, directory.Path);

        Assert.Empty(load.Diagnostics);
        Assert.Equal("backup.agent", Assert.Single(load.Catalogs!.Files[0].Rules).Id);
    }

    private static string[] ExamplesOf(string page)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "PortAudit.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        var text = File.ReadAllText(Path.Combine(directory.FullName, "docs", page));
        return [.. Example().Matches(text).Select(match =>
            match.Groups[2].Value.Replace("\n" + match.Groups[1].Value, "\n", StringComparison.Ordinal).TrimStart())];
    }

    [GeneratedRegex("^( *)```yaml\n(.*?)^ *```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();
}
