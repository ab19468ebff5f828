using System.Globalization;
using System.Text.RegularExpressions;
using PortAudit.Audit;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Plots;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.EndToEnd;

/// <summary>What plots show adds up to what the audit counted.</summary>
public sealed partial class PlotNumbersTests
{
    [Theory]
    [InlineData("administration")]
    [InlineData("domain")]
    [InlineData("firewall")]
    [InlineData("lync-edge")]
    [InlineData("media")]
    public void Columns_add_up_to_the_numbers_of_each_pair_of_roles(string sample)
    {
        var report = ReportOf(sample);

        Assert.NotEmpty(report.RolePairs);
        Assert.Equal(report.RolePairs.Select(pair => (pair.From, pair.To)),
            report.Timelines.Select(timeline => (timeline.From, timeline.To)));
        foreach (var (pair, timeline) in report.RolePairs.Zip(report.Timelines))
        {
            var sums = timeline.Flows.Columns.SelectMany(column => column.Sums).ToList();
            Assert.Equal(pair.Flows, sums.Sum(sum => sum.Value));
            Assert.Equal(pair.Verdicts.AsEnumerable(), sums.GroupBy(sum => sum.Key.Verdict, sum => sum.Value)
                .OrderBy(group => group.Key).Select(group => KeyValuePair.Create(group.Key, group.Sum())));
            Assert.Equal(pair.Words, WordsOf(sums));
            Assert.Equal(pair.Bytes, timeline.Bytes.Columns.SelectMany(column => column.Sums).Sum(sum => sum.Value));
        }
    }

    [Theory]
    [InlineData("administration")]
    [InlineData("firewall")]
    [InlineData("lync-edge")]
    public void What_a_reader_is_told_of_each_column_adds_up_to_the_five_words(string sample)
    {
        var report = ReportOf(sample);

        foreach (var (pair, timeline) in report.RolePairs.Zip(report.Timelines))
        {
            var drawing = PairPlots.Of(timeline, [], PlotDetail.Full).Single(plot => plot.Kind == PlotKind.Words)
                .Drawing;
            var columns = drawing.Hints.SelectMany(hint => Told().Matches(hint.Text)).Select(match =>
                (Word: match.Groups["word"].Value, Flows: Number(match))).ToLookup(told => told.Word,
                    told => told.Flows);
            foreach (var (word, flows) in Counts(pair.Words))
            {
                Assert.Equal(flows, columns[word].Sum());
                Assert.Contains(drawing.Legend, key =>
                    key.Text.StartsWith($"{word}:", StringComparison.Ordinal)
                    && Number(Last().Match(key.Text)) == flows);
            }
        }
    }

    [Theory]
    [InlineData("firewall")]
    [InlineData("lync-edge")]
    public void All_pairs_and_all_segments_add_up_to_the_same(string sample)
    {
        var report = ReportOf(sample);
        var all = AllPairs.Of(report.Timelines)!;
        var total = report.RolePairs.Select(pair => pair.Words).Aggregate(Add);

        Assert.Equal(total, WordsOf([.. all.Flows.Columns.SelectMany(column => column.Sums)]));
        Assert.Equal(total, report.SegmentPairs.Select(pair => pair.Words).Aggregate(Add));
        Assert.Equal(report.RolePairs.Sum(pair => pair.Flows), report.SegmentPairs.Sum(pair => pair.Flows));
        Assert.Equal(report.RolePairs.Sum(pair => pair.Bytes),
            all.Bytes.Columns.SelectMany(column => column.Sums).Sum(sum => sum.Value));
    }

    private static AuditReport ReportOf(string sample)
    {
        var observed = ObservedSample.Of(sample);
        var auditor = observed.NewAuditor(withTimelines: true);
        foreach (var flow in observed.Flows)
            auditor.Add(flow);
        return auditor.Complete(observed.Observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>());
    }

    private static DispositionCounts WordsOf(IReadOnlyCollection<KeyValuePair<VerdictWord, long>> sums)
    {
        return new DispositionCounts(Of(FlowWord.Permitted), Of(FlowWord.Escaped), Of(FlowWord.Blocked),
            Of(FlowWord.Misdropped), Of(FlowWord.Unanswered));

        long Of(FlowWord word) => sums.Where(sum => sum.Key.Word == word).Sum(sum => sum.Value);
    }

    private static (string Word, long Flows)[] Counts(DispositionCounts words) =>
    [
        ("permitted", words.Permitted), ("escaped", words.Escaped), ("blocked", words.Blocked),
        ("misdropped", words.Misdropped), ("unanswered", words.Unanswered),
    ];

    private static DispositionCounts Add(DispositionCounts one, DispositionCounts other) => new(
        one.Permitted + other.Permitted, one.Escaped + other.Escaped, one.Blocked + other.Blocked,
        one.Misdropped + other.Misdropped, one.Unanswered + other.Unanswered);

    private static long Number(Match told) => long.Parse(
        told.Groups["flows"].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<word>[a-z]+) (?<flows>[\d,]+) flows?")]
    private static partial Regex Told();

    [GeneratedRegex(@"\((?<flows>[\d,]+) flows?\)$")]
    private static partial Regex Last();
}
