using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>Flows whose verdict is reported, by cause.</summary>
internal sealed class FlowFindings : IArchived
{
    private readonly Dictionary<FindingKey, FlowGroup> _byRule = [];
    private readonly Dictionary<(FindingKind Kind, string From, string To, IpProtocol Transport),
        ServiceGroups> _withoutRule = [];
    private readonly CallGroups _calls = new();

    public IEnumerable<KeyValuePair<FindingKey, FlowGroup>> Causes => _byRule.Concat(_withoutRule.SelectMany(
        entry => entry.Value.Groups.Select(group => KeyValuePair.Create(
            new FindingKey(entry.Key.Kind, entry.Key.From, entry.Key.To, null, $"{entry.Key.Transport}/{group.Key}"),
            group.Value)))).Concat(_calls.Causes);

    /// <summary>Adds a flow; ignored when nothing of it is reported.</summary>
    public void Add(Judgement judgement)
    {
        if (IsAnnouncedAndStopped(judgement))
            GroupOf(new FindingKey(FindingKind.AnnouncedPortBlocked, judgement.FromRole, judgement.ToRole,
                judgement.Shown, judgement.Shown is null ? judgement.Flow.Announcement!.Announcement.AnnouncedBy : ""))
                    .Add(judgement);
        if (judgement.LacksMutualTls)
            GroupOf(new FindingKey(FindingKind.MutualTlsMissing, judgement.FromRole, judgement.ToRole, judgement.Shown))
                .Add(judgement);
        if (judgement.IsUnlikeItsRules)
            GroupOf(new FindingKey(FindingKind.BehavesUnlikeName, judgement.FromRole, judgement.ToRole,
                judgement.Shown)).Add(judgement);
        if (ConversationFaults.Of(judgement) is { } fault)
            Add(fault, judgement);
        if (judgement.Verdict.ToFinding() is { } kind && !IsReportedByOperation(judgement, kind))
            Add(kind == FindingKind.UnexpectedTraffic && judgement.Flow.Declined is not null
                ? FindingKind.DeclinedRequest : kind, judgement);
    }

    private void Add(FindingKind kind, Judgement judgement)
    {
        if (kind == FindingKind.UnexpectedTraffic && judgement.Shown is null && judgement.Flow.IsOfCall())
            _calls.Add(judgement);
        else if (judgement.Shown is { } rule)
            GroupOf(new FindingKey(kind, judgement.FromRole, judgement.ToRole, rule)).Add(judgement);
        else
            GroupsOf((kind, judgement.FromRole, judgement.ToRole, judgement.Flow.Transport)).Add(judgement);
    }

    public void UnionWith(FlowFindings other)
    {
        foreach (var (key, group) in other._byRule)
            GroupOf(key).UnionWith(group);
        foreach (var (key, groups) in other._withoutRule)
            GroupsOf(key).UnionWith(groups);
        _calls.UnionWith(other._calls);
    }

    /// <summary>Adds those flows of <paramref name="other"/> that are forbidden; it is not changed.</summary>
    public void UnionWithForbidden(FlowFindings other)
    {
        foreach (var (key, group) in other._byRule.Where(cause => cause.Key.Kind == FindingKind.ForbiddenTraffic))
            GroupOf(key).UnionWith(group);
    }

    public void Persist(StateArchive archive)
    {
        archive.Map(_byRule, FindingKey.Persisted, static _ => new FlowGroup(), FindingKey.Order);
        archive.Map(
            _withoutRule,
            static (archive, key) => (archive.Word(key.Kind), archive.Text(key.From), archive.Text(key.To),
                archive.Transport(key.Transport)),
            static _ => new ServiceGroups());
        _calls.Persist(archive);
    }

    /// <summary>ICE checks every candidate of the peer, reachable or not (RFC 8445 §2.2), so a failed check is no
    /// fault. Nor is unanswered media, unless a device on the way rejects it.</summary>
    private static bool IsAnnouncedAndStopped(Judgement judgement) =>
        judgement.Flow is
        {
            Announcement.Grade: AnnouncementGrade.ToThisClient,
            Outcome: Outcome.Rejected or Outcome.Unanswered
        } flow
        && !flow.IsFailedProbe()
        && !(flow.Outcome == Outcome.Unanswered && flow.IsMedia())
        && (judgement.Shown is not null || IsWorthCarrying(flow))
        && judgement.Verdict is not (Verdict.OutOfScope or Verdict.Background);

    /// <summary>False for uncovered attempts from the Internet and unanswered datagrams, which are not
    /// missed.</summary>
    private static bool IsWorthCarrying(FlowRecord flow) => AddressScope.IsInternal(flow.Originator.Address)
        && (flow.Outcome == Outcome.Rejected || flow.Transport == IpProtocol.Tcp);

    /// <summary>True when a finding about a sensitive operation says all that one about the flow would say.</summary>
    private static bool IsReportedByOperation(Judgement judgement, FindingKind kind) => !judgement.Operations.IsEmpty
        && kind is (FindingKind.UnexpectedTraffic or FindingKind.UnexplainedDynamicPort);

    private FlowGroup GroupOf(FindingKey key)
    {
        if (!_byRule.TryGetValue(key, out var group))
            _byRule.Add(key, group = new FlowGroup());
        return group;
    }

    private ServiceGroups GroupsOf((FindingKind Kind, string From, string To, IpProtocol Transport) key)
    {
        if (!_withoutRule.TryGetValue(key, out var groups))
            _withoutRule.Add(key, groups = new ServiceGroups());
        return groups;
    }
}
