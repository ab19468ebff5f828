namespace PortAudit.Tests.Catalog.Documents;

/// <summary>What the asterisk beside a range of ports says in KB 832017 is in the advice on that range.</summary>
public sealed class FootnoteTests
{
    private const string Footnote = "* For more information about how to customize this port";

    [NeedsFact(Part.Seeds)]
    public void Every_footnote_on_a_port_that_can_be_set_is_cited_by_an_advice()
    {
        var cited = Shipped.Catalogs.Files.SelectMany(file => file.Advice).SelectMany(advice => advice.Source.All)
            .Where(source => source.Document == DocumentIds.Windows).SelectMany(source => source.Lines).ToHashSet();
        var lines = SeedText.LinesOf(DocumentIds.Windows);
        var footnotes = Enumerable.Range(1, lines.Length)
            .Where(line => lines[line - 1].StartsWith(Footnote, StringComparison.Ordinal)).ToArray();

        Assert.Equal(17, footnotes.Length);
        Assert.Equal([], footnotes.Where(line => !cited.Contains(line)));
    }
}
