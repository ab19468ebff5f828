using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit;

/// <summary>The judged flows by the exception of the site that excuses them, if any.</summary>
/// <param name="site">The site.</param>
/// <param name="withTimelines">True to note when what happened.</param>
/// <param name="withTrend">True to count by day.</param>
internal sealed class ExceptionLedger(SiteFile site, bool withTimelines, bool withTrend) : IArchived
{
    private readonly JudgedFlows _unexcused = new(withTimelines, withTrend);

    /// <summary>Flows by the exception that decides on them.</summary>
    private readonly ImmutableArray<JudgedFlows> _excused =
        [.. site.Exceptions.Select(_ => new JudgedFlows(withTimelines, withTrend))];

    /// <summary>Flows by each exception that covers them.</summary>
    private readonly ImmutableArray<FlowGroup> _covered = [.. site.Exceptions.Select(_ => new FlowGroup())];

    /// <summary>Which exceptions have expired: one holds on its last day, and the capture's clock decides, not
    /// ours.</summary>
    public static ImmutableArray<bool> WhichExpired(SiteFile site, ObservationSummary observation)
    {
        DateOnly? lastDay =
            observation.Captures.Max(capture => capture.LastNs) is { } lastNs ? SentenceTime.ToDay(lastNs) : null;
        return [.. site.Exceptions.Select(exception => lastDay > exception.Expires)];
    }

    public void Add(Judgement judgement)
    {
        foreach (var index in judgement.Exceptions)
            _covered[index].Add(judgement);
        (judgement.DecidingException is { } deciding ? _excused[deciding] : _unexcused).Add(judgement);
    }

    /// <summary>Adds a possible probe to the pairs of roles alone.</summary>
    public void AddToPairs(Judgement judgement) => _unexcused.AddToPairs(judgement);

    public void UnionWith(ExceptionLedger other)
    {
        _unexcused.UnionWith(other._unexcused);
        for (var index = 0; index < _covered.Length; index++)
        {
            _covered[index].UnionWith(other._covered[index]);
            _excused[index].UnionWith(other._excused[index]);
        }
    }

    public void Persist(StateArchive archive)
    {
        _unexcused.Persist(archive);
        for (var index = 0; index < _covered.Length; index++)
        {
            _covered[index].Persist(archive);
            _excused[index].Persist(archive);
        }
    }

    /// <summary>All flows; those that an exception excuses as excepted.</summary>
    /// <param name="isExpired">Which exceptions have expired and so excuse nothing.</param>
    public JudgedFlows Total(ImmutableArray<bool> isExpired)
    {
        var total = new JudgedFlows(withTimelines, withTrend);
        total.UnionWith(_unexcused);
        for (var i = 0; i < _excused.Length; i++)
        {
            if (isExpired[i])
                total.UnionWith(_excused[i]);
            else
                total.AddExcepted(_excused[i]);
        }

        return total;
    }

    public IEnumerable<FindingDraft> Findings(ImmutableArray<bool> isExpired, Allowances allowances) =>
        site.Exceptions.Select((exception, i) => ExceptionFindings.Of(exception, isExpired[i],
            FlowGroup.Union([_covered[i]]), allowances.Of(exception))).OfType<FindingDraft>();

    public ImmutableArray<ExceptionRow> Rows(ImmutableArray<bool> isExpired) =>
        [.. site.Exceptions.Select((exception, i) => new ExceptionRow(exception, _covered[i].Flows, isExpired[i]))];
}
