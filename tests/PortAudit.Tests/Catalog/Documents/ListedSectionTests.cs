using System.Globalization;
using System.Text.RegularExpressions;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>The list of all entries, as the command line writes it, leaves no section of a document out.</summary>
public sealed partial class ListedSectionTests
{
    private static readonly Lazy<ILookup<string, int>> ListedLines = new(ReadList);

    [SeedTheory]
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

        var missing = sections.Where(section => !ListedLines.Value[document].Any(line => line >= section.First && line <= section.Last)).ToArray();

        Assert.True(missing.Length == 0, $"no entry cites a line of\n{string.Join<PrintedSection>('\n', missing)}");
    }

    private static ILookup<string, int> ReadList()
    {
        var run = CommandRun.Of("catalog", "list", "--kind", "all", "--format", "csv");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return (from row in CitingRow().Matches(run.Output)
                from line in row.Groups["lines"].Value.Split(' ')
                select (Document: row.Groups["document"].Value, Line: int.Parse(line, CultureInfo.InvariantCulture))).ToLookup(pair => pair.Document, pair => pair.Line);
    }

    // The last four columns: document, digest, section, lines.
    [GeneratedRegex(@",(?<document>[^,""\n]+),[0-9a-f]{64},[^\n]*,(?<lines>[0-9 ]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex CitingRow();
}
