using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Watching;

/// <summary>
/// Knows what a running audit has reported, and gives the events of each evaluation: every finding and every status
/// once. Absences (a required flow never seen) are reported only at the end, as the flow may still come.
/// </summary>
public sealed class WatchJournal
{
    private readonly Dictionary<string, KnownFinding> _findings;
    private readonly Dictionary<RuleKey, RuleStatus> _rules;
    private long _dropped;
    private ShedCounts _shed;

    /// <summary>An empty journal.</summary>
    public WatchJournal()
        : this(JournalState.Blank)
    {
    }

    /// <summary>A journal that continues an earlier one.</summary>
    public WatchJournal(JournalState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Sequence = state.Sequence;
        (_dropped, _shed) = (state.Dropped, state.Shed);
        _findings = state.Findings.ToDictionary(StringComparer.Ordinal);
        _rules = state.Rules.ToDictionary(rule => rule.Key, rule => rule.Status);
    }

    /// <summary>Number of the latest event; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>What is known, to go on with later.</summary>
    public JournalState State => new(
        Sequence,
        _findings.ToImmutableSortedDictionary(StringComparer.Ordinal),
        [.. _rules.Select(rule => new KnownRule(rule.Key, rule.Value)).OrderBy(rule => rule.Key)],
        _dropped,
        _shed);

    /// <summary>The events of an evaluation.</summary>
    /// <param name="report">The current state.</param>
    /// <param name="time">The time.</param>
    /// <param name="isLast">True when watching ends with it.</param>
    public ImmutableArray<WatchEvent> Note(AuditReport report, DateTimeOffset time, bool isLast)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. Drops(report, time), .. Findings(report, time, isLast), .. Statuses(report, time),
            new SummaryEvent(++Sequence, time, report, isLast)];
    }

    private List<WatchEvent> Drops(AuditReport report, DateTimeOffset time)
    {
        var (dropped, shed) = (report.Observation.Total.Dropped, report.Observation.Shed);
        var more = dropped - _dropped;
        if (more <= 0 && shed == _shed)
            return [];
        (_dropped, _shed) = (dropped, shed);
        return [new DropsEvent(++Sequence, time, dropped, Math.Max(more, 0), shed)];
    }

    private List<WatchEvent> Findings(AuditReport report, DateTimeOffset time, bool isLast)
    {
        var events = new List<WatchEvent>();
        foreach (var finding in report.Findings)
        {
            var isKnown = _findings.TryGetValue(finding.Id, out var known);
            if (!isKnown && !isLast && finding.Kind.Row().IsAbsence)
                continue;
            var now =
                new KnownFinding(finding.Kind, finding.Severity, finding.Originators.Length, finding.Responders.Length);
            _findings[finding.Id] = now;
            if (!isKnown)
                events.Add(new FindingEvent(++Sequence, time, WatchChange.New, finding.Id, finding.Kind, finding, []));
            else if (now.ChangesSince(known) is [_, ..] changed)
                events.Add(new FindingEvent(++Sequence, time, WatchChange.Changed, finding.Id, finding.Kind, finding,
                    changed));
        }

        var standing = report.Findings.Select(finding => finding.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in _findings.Keys.Where(id => !standing.Contains(id)).Order(StringComparer.Ordinal).ToList())
        {
            events.Add(new FindingEvent(++Sequence, time, WatchChange.Gone, id, _findings[id].Kind, null, []));
            _findings.Remove(id);
        }

        return events;
    }

    private List<WatchEvent> Statuses(AuditReport report, DateTimeOffset time)
    {
        var events = new List<WatchEvent>();
        foreach (var row in report.Rules)
        {
            var key = new RuleKey(row.Rule.Id, row.From, row.To);
            var isKnown = _rules.TryGetValue(key, out var before);
            _rules[key] = row.Status;

            // Until it is tried, the status is only why it was not seen, which changes as the window grows.
            var was = isKnown ? before : RuleStatus.NotTried;
            if (row.Status != was && (row.Status < RuleStatus.NotTried || was < RuleStatus.NotTried))
                events.Add(new StatusEvent(++Sequence, time, row, isKnown ? before : null));
        }

        return events;
    }
}
