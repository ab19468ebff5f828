using System.Globalization;
using System.Text.RegularExpressions;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Tests.Conventions;

/// <summary>The pages state the numbers of the code and stay short.</summary>
public sealed partial class DocumentationTests
{
    /// <summary>Longest README, in bytes.</summary>
    private const int MaximumReadme = 10_000;

    /// <summary>All pages of docs and docs/decisions together, in bytes: 13,000 of them describe eight sources of flow
    /// logs, with a table each.</summary>
    private const int MaximumDocs = 152_000;

    /// <summary>The pages of docs that state numbers of protocols or rules.</summary>
    private static readonly string[] Pages = ["identification.md", "formats.md"];

    [Fact]
    public void The_pages_state_how_many_protocols_are_recognised()
    {
        var rows = ProtocolRegistry.Rows;
        var recognised = rows.Count(row => (row.OverTcp ?? row.OverUdp ?? row.OverIcmp) is not null);

        AssertStated("protocols", Protocols(), recognised, [recognised, rows.Length]);
    }

    [Fact]
    public void The_pages_state_how_many_rules_are_shipped()
    {
        var catalogs = CatalogLibrary.Load(CatalogLibrary.Ids(null, []), null, [])!;
        int[] rules = [.. catalogs.Files.Select(file => file.Rules.Length)];

        AssertStated("rules", Rules(), rules.Sum(), [rules.Sum(), .. rules]);
    }

    [Fact]
    public void The_pages_stay_short_enough_to_be_read()
    {
        string[] folders = [Repository.PathOf("docs"), Repository.PathOf("docs", "decisions")];
        var pages = folders.SelectMany(folder => Directory.GetFiles(folder, "*.md"));

        Assert.InRange(new FileInfo(Repository.PathOf("README.md")).Length, 1, MaximumReadme);
        Assert.InRange(pages.Sum(page => new FileInfo(page).Length), 1, MaximumDocs);
    }

    /// <summary>Asserts that README.md states a number, and that no page states a wrong one.</summary>
    private static void AssertStated(string what, Regex sentence, int stated, int[] right)
    {
        var readme = Repository.PathOf("README.md");
        Assert.True(
            sentence.Matches(File.ReadAllText(readme)).Any(match => Number(match) == stated),
            $"README.md does not say \"{stated} {what}\"");
        var pages = Pages.Select(name => Repository.PathOf("docs", name)).Where(File.Exists).Prepend(readme);
        foreach (var page in pages)
        {
            Assert.All(
                sentence.Matches(File.ReadAllText(page)),
                match => Assert.True(
                    right.Contains(Number(match)),
                    $"{page} says \"{match.Value}\": {string.Join(" or ", right)} is right"));
        }
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+)\s+protocols")]
    private static partial Regex Protocols();

    [GeneratedRegex(@"(\d+)\s+rules")]
    private static partial Regex Rules();
}
