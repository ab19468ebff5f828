using System.Text.Json;
using System.Text.RegularExpressions;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Cli.Terminal;
using PortAudit.Live;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Conventions;

/// <summary>The row of a kind of finding is demanded by the compiler; what users read of it is not, so these tests name
/// what is missing.</summary>
public sealed partial class FindingKindTests
{
    private static readonly HashSet<string> Enumerations =
    [
        .. new[] { typeof(TrafficObserver), typeof(AuditReport), typeof(AuditRun), typeof(LiveCapture),
            typeof(ExitCode) }
            .SelectMany(type => type.Assembly.GetTypes()).Where(type => type.IsEnum).Select(type => type.Name),
    ];

    [Fact]
    public void Every_kind_is_in_the_schema_and_in_the_page_of_reports_and_no_other_is()
    {
        var rows = FindingKindRow.All.Select(row => row.Text).ToHashSet();
        string[] differences =
        [
            .. Differences("docs/schema/audit.schema.json", rows, SchemaWords()),
            .. Differences("docs/report.md", rows, PageWords()),
        ];

        Assert.Empty(differences);
    }

    [Fact]
    public void Every_kind_has_a_name_of_its_own_a_title_and_a_sentence()
    {
        Assert.All(Enum.GetValues<FindingKind>(), kind =>
        {
            var row = kind.Row();
            Assert.Equal(KebabCase(kind.ToString()), row.Text);
            Assert.Same(row, FindingKindRow.Find(row.Text));
            Assert.Matches("^[A-Z].*[^.]$", row.Title);
            Assert.Matches(@"^[A-Z].*\.$", row.Sentence);
        });
        Assert.Distinct(FindingKindRow.All.Select(row => row.Title));
        Assert.Distinct(FindingKindRow.All.Select(row => row.Sentence));
    }

    [Fact]
    public void A_word_that_is_no_kind_has_no_row() => Assert.Null(FindingKindRow.Find("shadow-service"));

    [Fact]
    public void No_text_of_an_enumeration_has_a_default_arm()
    {
        var found =
            from path in Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            from Match text in EnumText().Matches(File.ReadAllText(path))
            where Enumerations.Contains(text.Groups["type"].Value)
                && text.Value.Contains("_ =>", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, path)}: {text.Groups["type"].Value}";

        Assert.Empty(found);
    }

    private static IEnumerable<string> Differences(string file, HashSet<string> rows, HashSet<string> words) =>
    [
        .. rows.Except(words).Select(kind => $"{kind} is missing in {file}"),
        .. words.Except(rows).Select(word => $"{word} in {file} is no kind"),
    ];

    private static HashSet<string> SchemaWords()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs/schema/audit.schema.json")));
        var finding = schema.RootElement.GetProperty("$defs").GetProperty("finding").GetProperty("properties");
        return [.. finding.GetProperty("kind").GetProperty("enum").EnumerateArray().Select(word => word.GetString()!)];
    }

    /// <summary>The words of the list under the heading, which ends with its first sentence.</summary>
    private static HashSet<string> PageWords()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/report.md"));
        var begin = page.IndexOf("## Kinds of findings", StringComparison.Ordinal);
        var end = page.IndexOf("\n## ", begin, StringComparison.Ordinal);
        var cells = page[begin..end].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1]);
        return [.. cells.SelectMany(cell => Word().Matches(cell)).Select(match => match.Groups[1].Value)];
    }

    private static string KebabCase(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{letter}" : $"{letter}"))
            .ToLowerInvariant();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Word();

    [GeneratedRegex(@"static string \w+\((this )?(?<type>\w+) (?<name>\w+)\) => \k<name> switch\s*\{[^}]*\}")]
    private static partial Regex EnumText();
}
