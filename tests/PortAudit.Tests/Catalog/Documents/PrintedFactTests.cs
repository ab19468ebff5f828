using System.Globalization;
using System.Text.RegularExpressions;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>
/// The readers of the documents find what is there: a reader that found nothing would let every catalog pass. The
/// counts are those of the lines: the notes on the documents come to 488 rows without the summary, because they count
/// sentences, and a row once for each use and pair of roles.
/// </summary>
public sealed partial class PrintedFactTests
{
    [NeedsFact(Part.Seeds)]
    public void The_Lync_tables_hold_79_rows()
    {
        // 46 internal servers, 11 and 16 of the Edge Server's interfaces, 4 reverse proxy, 2 miscellaneous; each prints
        // one port or range.
        var facts = LyncTables.Read(SeedText.LinesOf(DocumentIds.Lync)).ToArray();

        Assert.Equal(79, facts.Length);
        Assert.Equal(79, facts.Select(fact => fact.Line).Distinct().Count());
        Assert.Equal([18], facts.Where(fact => fact.Transports.IsEmpty).Select(fact => fact.Line));
    }

    [NeedsFact(Part.Seeds)]
    public void The_Unity_tables_hold_96_rows_with_98_facts()
    {
        var facts = UnityTables.Read(SeedText.LinesOf(DocumentIds.Unity)).ToArray();

        Assert.Equal(98, facts.Length);
        Assert.Equal([281, 301], facts.GroupBy(fact => fact.Line).Where(row => row.Count() > 1).Select(row => row.Key));
        Assert.Equal([257, 627, 677],
            facts.Where(fact => fact.Ports == PrintedPorts.Configured).Select(fact => fact.Line));
    }

    [NeedsFact(Part.Seeds)]
    public void The_Mobile_Information_Server_lists_hold_23_facts()
    {
        var facts = MobileLists.Read(SeedText.LinesOf(DocumentIds.Mobile)).ToArray();

        Assert.Equal(23, facts.Length);
        Assert.Equal(["ip:50", "ip:51", "ip:50", "ip:51"],
            facts.Where(fact => fact.Ports is null).Select(fact => fact.Transports.Single().ToString()));
    }

    [NeedsFact(Part.Seeds)]
    public void The_Windows_tables_hold_64_services_with_201_facts_and_166_rows_of_summary()
    {
        var lines = SeedText.LinesOf(DocumentIds.Windows);
        var services = WindowsTables.ReadServices(lines).ToArray();

        Assert.Equal(64, WindowsTables.CountServices(lines));
        Assert.Equal(199, WindowsTables.CountServiceRows(lines));
        Assert.Equal(201, services.Length);
        Assert.Equal([341, 484],
            services.GroupBy(fact => fact.Line).Where(row => row.Count() > 1).Select(row => row.Key));
        Assert.Equal(166, WindowsTables.ReadSummary(lines).Count());
    }

    [NeedsTheory(Part.Seeds)]
    [InlineData("express-for-lync:23 tcp+udp 57501-65535")]
    [InlineData("express-for-lync:25 tcp 443")]
    [InlineData("express-for-lync:27 tcp 4443")]
    [InlineData("express-for-lync:63 tcp 881")]
    [InlineData("express-for-lync:94 tcp 50000-59999")]
    [InlineData("express-for-lync:98 udp 3478")]
    [InlineData("express-for-lync:111 tcp 5081")]
    [InlineData("cisco-unity-5:219 tcp+udp 5000-5020")]
    [InlineData("cisco-unity-5:257 tcp+udp (no number)")]
    [InlineData("cisco-unity-5:281 udp 1434")]
    [InlineData("cisco-unity-5:301 tcp 2443")]
    [InlineData("cisco-unity-5:403 tcp 443")]
    [InlineData("kb-294297:38 tcp+udp 389")]
    [InlineData("kb-294297:40 no transport 3268")]
    [InlineData("kb-294297:58 ip:51")]
    [InlineData("kb-294297:58 udp 500")]
    [InlineData("kb-294297:68 no transport 1024-65535")]
    [InlineData("kb-832017:98 tcp 1024-65536")]
    [InlineData("kb-832017:337 tcp+udp 1024-65534")]
    [InlineData("kb-832017:338 icmp")]
    [InlineData("kb-832017:341 tcp 1024-65534")]
    [InlineData("kb-832017:460 tcp 1433")]
    [InlineData("kb-832017:604 ip:47")]
    [InlineData("kb-832017:893 ip:50")]
    [InlineData("kb-832017:1035 udp 2703")]
    [InlineData("kb-832017:1057 tcp 1024-65534")]
    public void A_row_is_read_as_printed(string fact) =>
        Assert.Contains(fact, PrintedFacts.Of(fact[..fact.IndexOf(':', StringComparison.Ordinal)])
            .Select(read => read.ToString()));

    [NeedsFact(Part.Seeds)]
    public void Every_number_after_a_word_for_ports_is_a_fact_or_has_a_reason_to_be_none()
    {
        var missing = new List<string>();
        foreach (var document in PrintedFacts.Documents)
        {
            var known = PrintedFacts.Of(document)
                .ToLookup(fact => fact.Line, fact => fact.Ports?.First ?? fact.Transports[0].Value);
            var lines = SeedText.LinesOf(document);
            for (var line = 1; line <= lines.Length; line++)
            {
                foreach (var number in NumbersAfterPortWords(lines[line - 1]))
                {
                    // "Higher than port 1024" begins at 1025.
                    if (!known[line].Contains(number) && !known[line].Contains(number + 1)
                        && !NoTraffic.Reasons.ContainsKey((document, line, number)))
                        missing.Add($"{document}:{line} {number} in: {lines[line - 1]}");
                }
            }
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [NeedsFact(Part.Seeds)]
    public void Every_reason_belongs_to_a_number_that_is_printed() => Assert.All(
        NoTraffic.Reasons.Keys,
        key => Assert.Contains(key.Number, NumbersAfterPortWords(SeedText.LinesOf(key.Document)[key.Line - 1])));

    [NeedsFact(Part.Seeds)]
    public void A_fact_of_a_sentence_is_printed_in_its_line()
    {
        foreach (var fact in ProseFacts.All.Where(fact => fact.Ports is not null))
        {
            var line = SeedText.LinesOf(fact.Document)[fact.Line - 1];
            // Open ranges are worded: "higher than port 1024", "random high TCP ports".
            if (fact.Ports!.First == 1025 && fact.Ports.Last > 5000)
                Assert.Contains("higher than", line, StringComparison.Ordinal);
            else if (fact.Line == 436 && fact.Ports.First != fact.Ports.Last)
                Assert.Contains("random high TCP ports", line, StringComparison.Ordinal);
            else
                Assert.Matches($"(^|[^0-9]){fact.Ports.First}([^0-9].*[^0-9]|[^0-9])"
                    + $"{fact.Ports.Last}([^0-9]|$)|(^|[^0-9]){fact.Ports}([^0-9]|$)", line);
        }
    }

    private static IEnumerable<int> NumbersAfterPortWords(string line) =>
        NumberAfterPortWord().Matches(line)
            .Select(match => int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture));

    // Not the years in the names of products, versions, or the thousands of "50,000", which the tables of the Lync
    // document read.
    [GeneratedRegex(
        "(?<![A-Za-z])(ports?|TCP|UDP|IP protocol)(?![A-Za-z])[^0-9.|]{0,44}?(?<!(Windows|Server|Exchange|SMS|Manager) "
            + ")(?<=[ /])(?<number>[0-9]+)(?![0-9.]*[0-9A-Za-z])(?!,[0-9])",
        RegexOptions.IgnoreCase)]
    private static partial Regex NumberAfterPortWord();
}
