using System.Globalization;
using System.Text.RegularExpressions;
using PortAudit.Audit.Catalog;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>The list of all entries, as the command line writes it, leaves no section of a document out.</summary>
public sealed partial class ListedSectionTests
{
    private static readonly Lazy<ILookup<string, int>> ListedLines = new(ReadList);

    [NeedsTheory(Part.Seeds)]
    [InlineData(DocumentIds.Lync, 6)]
    [InlineData(DocumentIds.Unity, 24)]
    [InlineData(DocumentIds.Mobile, 6)]
    // 64 services and 13 others.
    [InlineData(DocumentIds.Windows, 77)]
    [InlineData(DocumentIds.Federation, 3)]
    public void Every_section_of_a_document_is_in_the_list(string document, int count)
    {
        var sections = PrintedSection.Of(document).ToArray();
        Assert.Equal(count, sections.Length);

        var missing = sections
            .Where(section => !ListedLines.Value[document].Any(line => line >= section.First && line <= section.Last))
            .ToArray();

        Assert.True(missing.Length == 0, $"no entry cites a line of\n{string.Join<PrintedSection>('\n', missing)}");
    }

    // The items of the lists print ports alone; which firewall is to let them pass stands in the sentence above.
    [Theory]
    [InlineData(31, 40, 29)]
    [InlineData(54, 64, 53)]
    public void A_rule_of_a_list_of_the_Mobile_Information_Server_leads_to_the_sentence_above_the_list(int first,
        int last, int sentence)
    {
        var conditions = Shipped.Catalogs.Files.SelectMany(file => file.Conditions)
            .DistinctBy(condition => condition.Id).ToDictionary(condition => condition.Id);
        var rules = Shipped.Rules.Where(rule => LinesOf(rule.Source!).Any(line => line >= first && line <= last))
            .ToArray();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.Contains(sentence,
            LinesOf(rule.Source!).Concat(rule.When.Conditions.SelectMany(id => LinesOf(conditions[id].Source)))));
    }

    private static IEnumerable<int> LinesOf(SourceReference source) =>
        source.All.Where(place => place.Document == DocumentIds.Mobile).SelectMany(place => place.Lines);

    private static ILookup<string, int> ReadList()
    {
        var run = CommandRun.Of("catalog", "list", "--kind", "all", "--format", "csv");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return (from row in CitingRow().Matches(run.Output)
                from line in row.Groups["lines"].Value.Split(' ')
                select (Document: row.Groups["document"].Value, Line: int.Parse(line,
                    CultureInfo.InvariantCulture))).ToLookup(pair => pair.Document, pair => pair.Line);
    }

    // The last four columns: document, digest, section, lines.
    [GeneratedRegex(@",(?<document>[^,""\n]+),[0-9a-f]{64},[^\n]*,(?<lines>[0-9 ]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex CitingRow();
}
