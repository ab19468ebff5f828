using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Trends;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Text;

/// <summary>What passed between segments by day or week, for a reader at a terminal.</summary>
internal static class TrendSection
{
    /// <summary>Periods that have a column each, the latest.</summary>
    private const int MaximumPeriods = 7;

    /// <summary>Pairs of segments in the table.</summary>
    private const int MaximumPairs = 6;

    private const int MaximumChanges = 15;

    /// <summary>Writes the section; nothing where no trend was asked for.</summary>
    public static void Write(ReportPage page, TrafficTrend? trend, bool verbose)
    {
        if (trend is null)
            return;
        page.Heading(TrendWords.Title(trend));
        if (TrendWords.WhyNone(trend) is { } none)
        {
            page.Paragraph(none);
            return;
        }

        foreach (var sentence in TrendWords.Sentences(trend))
            page.Paragraph(sentence);
        Counts(trend, verbose ? int.MaxValue : MaximumPairs).Write(page);
        if (TrendWords.WhyNoChanges(trend) is { } unchanged)
            page.Paragraph(unchanged);
        TrendWords.Changes(trend, verbose ? int.MaxValue : MaximumChanges)?.Write(page);
    }

    /// <summary>Flows by word and period: those of each pair, as they stand in its list.</summary>
    private static SectionTable Counts(TrafficTrend trend, int maximum)
    {
        var first = Math.Max(0, trend.Periods.Length - MaximumPeriods);
        ImmutableArray<int> shown = [.. Enumerable.Range(first, trend.Periods.Length - first)];
        var pairs = TrendWords.InOrder(trend);
        var more = new[]
        {
            first == 0 ? null : $"{Quantity.Of(first, $"earlier {trend.By.ToText()}")} not shown",
            pairs.Length <= maximum ? null : $"{Quantity.Of(pairs.Length - maximum, "more pair")} not shown",
        }.OfType<string>().ToList();
        return new SectionTable($"Flows by {trend.By.ToText()}",
            ["Segments", "Word", .. shown.Select(period => $"#{TrendWords.Short(trend.Periods[period])}")],
            [
                [["(watched)"], [""], .. shown.Select(period =>
                    ImmutableArray.Create(TrendWords.Watched(trend.Periods[period].WatchedMinutes)))],
                .. pairs.Take(maximum).SelectMany(pair => Rows(pair, shown)),
            ],
            more.Count == 0 ? null : $"{string.Join("; ", more)}: {Shortened.InJson}");
    }

    private static IEnumerable<ImmutableArray<ImmutableArray<string>>> Rows(TrendPair pair, ImmutableArray<int> shown)
    {
        var title = $"{pair.Pair.From} -> {pair.Pair.To}";
        foreach (var word in TrafficTrend.Words.Cast<FlowWord?>().Append(null))
        {
            var flows = pair.Counts.Where(count => count.Word == word && count.Period >= 0)
                .ToDictionary(count => count.Period, count => count.Flows);
            if (flows.Count == 0)
                continue;
            yield return
            [
                [title], [word?.ToText() ?? "not classified"],
                .. shown.Select(period => ImmutableArray.Create(Quantity.Count(flows.GetValueOrDefault(period)))),
            ];
            title = "";
        }
    }
}
