using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Segments;

/// <summary>Flows of one service between two segments.</summary>
internal sealed class SegmentServiceTally : IArchived
{
    /// <summary>Rules named at most.</summary>
    private const int MaximumRules = 10;

    private readonly FlowCounts _counts = new();
    private readonly BottomKSet<HostIdentity> _originators = FlowGroup.NewHostSet();
    private readonly BottomKSet<HostIdentity> _responders = FlowGroup.NewHostSet();
    private readonly BottomKSet<string> _rules = new(MaximumRules, StringComparer.Ordinal);
    private long _firstNs = long.MaxValue;
    private long _lastNs = long.MinValue;

    public void Add(Judgement judgement)
    {
        _counts.Add(judgement);
        _originators.Add(judgement.Originator);
        _responders.Add(judgement.Responder);
        if (judgement.Shown is { } rule)
            _rules.Add(rule.Rule.Id);
        _firstNs = Math.Min(_firstNs, judgement.Flow.StartNs);
        _lastNs = Math.Max(_lastNs, judgement.Flow.EndNs);
    }

    public void UnionWith(SegmentServiceTally other, Verdict? verdict)
    {
        _counts.UnionWith(other._counts, verdict);
        _originators.UnionWith(other._originators);
        _responders.UnionWith(other._responders);
        _rules.UnionWith(other._rules);
        _firstNs = Math.Min(_firstNs, other._firstNs);
        _lastNs = Math.Max(_lastNs, other._lastNs);
    }

    public void Persist(StateArchive archive)
    {
        _counts.Persist(archive);
        _originators.Persist(archive, StateValues.Host);
        _responders.Persist(archive, StateValues.Host);
        _rules.Persist(archive, StateValues.Text);
        _firstNs = archive.Number(_firstNs);
        _lastNs = archive.Number(_lastNs);
    }

    public SegmentService ToRow(ServiceKey key) => new(key.Transport, key.Ports,
        key.Name.Length == 0 ? null : key.Name, key.IsAttempts, _counts.Flows, _counts.Bytes, _counts.Words,
        FindingDrafting.Hosts(_originators), _originators.IsOverflown, FindingDrafting.Hosts(_responders),
        _responders.IsOverflown, _firstNs, _lastNs, [.. _rules.Kept]);
}
