using PortAudit.Audit.Catalog;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>The section of a source is a path of headings that are printed above its lines, the same wherever a line is
/// cited.</summary>
public sealed class SectionTests
{
    private const string Separator = " / ";

    private static readonly SourceReference[] Sources =
        [.. Citation.All().SelectMany(entry => entry.Source.All).Where(source => !source.Lines.IsEmpty).Distinct()];

    [NeedsFact(Part.Seeds)]
    public void The_headings_of_a_section_are_printed_one_below_the_other_above_its_lines()
    {
        var faults = Sources.Where(source => !LeadsTo(source))
            .Select(source => $"{source.Document}: {source.Section}: {string.Join(", ", source.Lines)}");

        Assert.Equal("", string.Join('\n', faults.Distinct()));
    }

    [Fact]
    public void A_line_is_cited_under_one_section()
    {
        var faults = Sources
            .SelectMany(source => source.Lines.Select(line => (source.Document, Line: line, source.Section)))
            .GroupBy(place => (place.Document, place.Line), place => place.Section)
            .Where(place => place.Distinct().Count() > 1)
            .Select(place => $"{place.Key}: {string.Join("; ", place.Distinct())}");

        Assert.Equal("", string.Join('\n', faults));
    }

    // From the lines upwards: a heading may be repeated in a table of contents. A cited heading is a line of its own
    // section.
    private static bool LeadsTo(SourceReference source)
    {
        var lines = SeedText.LinesOf(source.Document);
        var below = source.Lines[0];
        foreach (var heading in source.Section.Split(Separator).Reverse())
        {
            below = Array.FindLastIndex(lines, below - 1, below, line => line.TrimStart('#', ' ') == heading);
            if (below < 0)
                return false;
        }

        return true;
    }
}
