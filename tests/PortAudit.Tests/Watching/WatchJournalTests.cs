using System.Text.Json;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Watching;
using PortAudit.Reports.Watch;
using PortAudit.Tests.Reports;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Watching;

public sealed class WatchJournalTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static readonly AuditReport Report = SampleReport.Run().Report;

    private static readonly JsonSchema Schema =
        new(File.ReadAllText(Repository.PathOf("docs/schema/watch.schema.json")));

    private static readonly Finding Traffic = Report.Findings.First(finding =>
        finding.Kind == FindingKind.UnexpectedTraffic);

    [Fact]
    public void Findings_and_statuses_are_told_once()
    {
        var journal = new WatchJournal();
        var first = journal.Note(Report, Time, isLast: false);
        Assert.Contains(first, happened => happened is FindingEvent { Change: WatchChange.New });
        Assert.Contains(first, happened => happened is StatusEvent { Before: null });
        Assert.IsType<SummaryEvent>(Assert.Single(journal.Note(Report, Time, isLast: false)));
        Assert.Equal(Enumerable.Range(1, first.Length).Select(number => (long)number),
            first.Select(happened => happened.Sequence));
        Assert.Equal(first.Length + 1, journal.Sequence);
    }

    [Fact]
    public void What_did_not_happen_is_told_at_the_end()
    {
        var journal = new WatchJournal();
        var report = With(Traffic, Traffic with { Id = "absent", Kind = FindingKind.RequiredFlowNeverSeen },
            Traffic with { Id = "unused", Kind = FindingKind.UnusedException });
        Assert.Equal([Traffic.Id],
            journal.Note(report, Time, isLast: false).OfType<FindingEvent>().Select(happened => happened.Id));
        Assert.Equal(["absent", "unused"],
            journal.Note(report, Time, isLast: true).OfType<FindingEvent>().Select(happened => happened.Id));
    }

    [Fact]
    public void A_finding_is_told_again_when_it_is_graver_or_has_more_hosts_and_when_it_is_gone()
    {
        var journal = new WatchJournal();
        journal.Note(With(Traffic with { Severity = Severity.Low }), Time, isLast: false);
        var graver = Assert.Single(journal
            .Note(With(Traffic with { Severity = Severity.Critical }), Time, isLast: false).OfType<FindingEvent>());
        Assert.Equal((WatchChange.Changed, "severity"), (graver.Change, Assert.Single(graver.Changed)));
        var more = Traffic with
        {
            Severity = Severity.Critical,
            Originators = [.. Traffic.Originators, new FindingHost("192.0.2.99", null)]
        };
        Assert.Equal("hosts", Assert.Single(Assert.Single(journal.Note(With(more), Time, isLast: false)
            .OfType<FindingEvent>()).Changed));
        Assert.Empty(journal.Note(With(more with { Flows = 9_999 }), Time, isLast: false).OfType<FindingEvent>());
        Assert.Equal(WatchChange.Gone,
            Assert.Single(journal.Note(With(), Time, isLast: false).OfType<FindingEvent>()).Change);
        Assert.Equal(WatchChange.New,
            Assert.Single(journal.Note(With(more), Time, isLast: false).OfType<FindingEvent>()).Change);
    }

    [Fact]
    public void A_rule_is_told_when_somebody_tries_and_not_while_only_the_window_grows()
    {
        var journal = new WatchJournal();
        Assert.Empty(Statuses(RuleStatus.NotObservable));
        Assert.Empty(Statuses(RuleStatus.WindowTooShort));
        Assert.Empty(Statuses(RuleStatus.NotTried));
        Assert.Equal(RuleStatus.NotTried, Assert.Single(Statuses(RuleStatus.Blocked)).Before);
        Assert.Equal(RuleStatus.Blocked, Assert.Single(Statuses(RuleStatus.Seen)).Before);
        Assert.Empty(Statuses(RuleStatus.Seen));

        IEnumerable<StatusEvent> Statuses(RuleStatus status) =>
            journal.Note(Report with { Findings = [], Rules = [Report.Rules[0] with { Status = status }] }, Time,
                isLast: false).OfType<StatusEvent>();
    }

    [Fact]
    public void Drops_are_told_with_what_came_since_the_look_before()
    {
        var journal = new WatchJournal();
        Assert.Equal((10, 10), Drops(10, default));
        Assert.Null(Drops(10, default));
        Assert.Equal((25, 15), Drops(25, default));
        Assert.Equal((25, 0), Drops(25, new ShedCounts(3, 4)));

        (long, long)? Drops(long dropped, ShedCounts shed)
        {
            var points = Report.Observation.Points;
            var observation = Report.Observation with { Points = [points[0] with { Dropped = dropped }], Shed = shed };
            return journal
                .Note(Report with { Observation = observation, Findings = [], Rules = [] }, Time, isLast: false)
                .OfType<DropsEvent>().SingleOrDefault() is { } drops ? (drops.Dropped, drops.MoreDropped) : null;
        }
    }

    [Fact]
    public void A_journal_goes_on_where_an_earlier_one_stood()
    {
        var journal = new WatchJournal();
        journal.Note(Report, Time, isLast: true);
        var later = new WatchJournal(journal.State);
        Assert.Equal(journal.Sequence + 1,
            Assert.IsType<SummaryEvent>(Assert.Single(later.Note(Report, Time, isLast: true))).Sequence);
        Assert.Equal(journal.State.Findings.AsEnumerable(), later.State.Findings);
        Assert.Equal(journal.State.Rules.AsEnumerable(), later.State.Rules);
    }

    [Fact]
    public void Every_line_is_of_the_schema_and_none_has_a_line_end_in_it()
    {
        var journal = new WatchJournal();
        var events = journal.Note(Report with { Observation = Report.Observation with { Shed = new ShedCounts(1, 2) } },
            Time, isLast: true).Concat(journal.Note(With(), Time, isLast: false)).ToList();
        Assert.Equal(4, events.Select(happened => happened.GetType()).Distinct().Count());
        foreach (var happened in events)
        {
            var line = WatchJson.ToLine(happened, Report);
            Assert.DoesNotContain('\n', line);
            Assert.Empty(Schema.Check(line));
            Assert.Equal("2026-02-03T04:05:06.000Z",
                JsonDocument.Parse(line).RootElement.GetProperty("time").GetString());
        }
    }

    private static AuditReport With(params Finding[] findings) => Report with { Findings = [.. findings] };
}
