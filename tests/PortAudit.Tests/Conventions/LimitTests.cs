using System.Text.RegularExpressions;

namespace PortAudit.Tests.Conventions;

/// <summary>docs/limits.md states the limits of the code.</summary>
public sealed partial class LimitTests
{
    [Fact]
    public void The_page_of_limits_is_what_the_code_says() => Golden.Equal("../../docs/limits.md", LimitPage.Text());

    [Fact]
    public void Every_property_that_the_page_names_is_in_a_schema()
    {
        var schemas = string.Concat(Directory.GetFiles(Repository.PathOf("docs", "schema")).Select(File.ReadAllText));
        var names = Limits.Chapters.SelectMany(chapter => chapter.Limits)
            .SelectMany(limit => Property().Matches(limit.Shown))
            .SelectMany(match => match.Groups[1].Value.Replace("[]", "", StringComparison.Ordinal).Split('.'))
            .Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"\"{name}\"", schemas, StringComparison.Ordinal));
    }

    /// <summary>A property in backticks: words with a dot, an underscore or the brackets of a list.</summary>
    [GeneratedRegex(@"`([a-z]+(?:[._]|\[\])[a-z_.\[\]]*)`")]
    private static partial Regex Property();
}
