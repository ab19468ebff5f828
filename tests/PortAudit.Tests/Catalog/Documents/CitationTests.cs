using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>The catalogs state everything that the documents print, at the line that prints it.</summary>
public sealed class CitationTests
{
    private static readonly ILookup<(string, int), Citation> ByLine =
        (from entry in Citation.All()
         from source in entry.Source.All
         from line in source.Lines
         select (Place: (source.Document, line), Entry: entry)).ToLookup(pair => pair.Place, pair => pair.Entry);

    [NeedsTheory(Part.Seeds)]
    [InlineData(DocumentIds.Lync)]
    [InlineData(DocumentIds.Unity)]
    [InlineData(DocumentIds.Mobile)]
    [InlineData(DocumentIds.Windows)]
    [InlineData(DocumentIds.Federation)]
    public void Every_printed_port_and_protocol_is_in_an_entry_that_cites_its_line(string document)
    {
        var missing = PrintedFacts.Of(document).SelectMany(MissingOf).Distinct().ToArray();

        Assert.True(missing.Length == 0, $"{missing.Length} missing:\n{string.Join('\n', missing)}");
    }

    // One line for each transport that no entry covers: the entries of a row may share it out among them.
    private static IEnumerable<string> MissingOf(PrintedFact fact)
    {
        var entries = ByLine[(fact.Document, fact.Line)].ToArray();
        if (!fact.IsTraffic)
            return entries.Length > 0 ? [] : [$"{fact} is in no entry that cites the line"];
        IEnumerable<IpProtocol?> transports =
            fact.Transports.IsEmpty ? [null] : fact.Transports.Select(transport => (IpProtocol?)transport);
        return transports.Where(transport => !entries.Any(entry => entry.Covers(fact, transport))).Select(transport =>
        {
            var single = fact with { Transports = transport is { } known ? [known] : [] };
            return entries.Length == 0
                ? $"{single} is in no entry that cites the line"
                : $"{single} is in none of the entries that cite the line: "
                    + $"{string.Join(", ", entries.Select(entry => entry.Entry).Distinct())}";
        });
    }
}
