using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs;

/// <summary>docs/flow-logs.md says of each source what its row says.</summary>
public sealed class FlowLogPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "flow-logs.md"));

    [Fact]
    public void The_page_says_what_each_source_cannot_know()
    {
        foreach (var source in LogSource.All)
        {
            bool[] known =
            [
                source.KnowsPayload, source.KnowsHandshakes, source.KnowsAnnouncements, source.KnowsResets,
                source.KnowsIcmpErrors, source.KnowsAnswers, source.KnowsFrames, source.KnowsByteTimes,
            ];
            Assert.Contains($"| {source.Name} | {string.Join(" | ", known.Select(yes => yes ? "yes" : "no"))} |", Page,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_page_stays_short() => Assert.InRange(Page.Length, 1, 14_000);
}
