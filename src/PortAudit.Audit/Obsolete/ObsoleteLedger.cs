using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Obsolete;

/// <summary>
/// Adds up by service and pair of roles what should not be used any more, whatever the verdict: a flow may be expected
/// and obsolete. Bounded by the rows and the roles of the site.
/// </summary>
/// <param name="rules">All rules of the audit, those that are switched off too.</param>
/// <param name="switchedOff">Rules that do not apply in the site.</param>
internal sealed class ObsoleteLedger(ImmutableArray<BoundRule> rules, RuleIndex switchedOff) : IArchived
{
    private readonly ImmutableArray<ObsoleteRule> _rules = ObsoleteRules.Among(rules);
    private readonly Dictionary<(ObsoleteService Service, string From, string To), FlowGroup> _groups = [];

    private static Comparer<(ObsoleteService Service, string From,
        string To)> ById
    { get; } = Comparer<(ObsoleteService Service, string From, string To)>.Create(
        (a, b) => (a.Service.Id, a.From, a.To).CompareTo((b.Service.Id, b.From, b.To)));

    /// <summary>The findings.</summary>
    /// <param name="isExpired">Which exceptions of the site have expired.</param>
    public IEnumerable<FindingDraft> Findings(ImmutableArray<bool> isExpired) =>
        _groups.Select(entry => Write(entry.Key.Service, entry.Key.From, entry.Key.To, entry.Value, isExpired));

    /// <summary>Adds a flow, with or without roles; ignored when it was stopped.</summary>
    public void Add(Judgement judgement)
    {
        if (!judgement.Flow.Outcome.Passed() || judgement.Verdict == Verdict.Background)
            return;
        foreach (var service in ObsoleteServices.Rows)
        {
            if (service.IsIn(judgement.Flow))
                GroupOf((service, judgement.FromRole, judgement.ToRole)).Add(judgement);
        }

        foreach (var (rule, service) in _rules)
        {
            if (IsAbout(rule, judgement.Flow) && IsUnder(rule, judgement))
                GroupOf((service, judgement.FromRole, judgement.ToRole)).Add(judgement);
        }
    }

    /// <summary>Adds what <paramref name="other"/>, of the same rules, holds, which is not changed.</summary>
    public void UnionWith(ObsoleteLedger other)
    {
        foreach (var ((service, from, to), group) in other._groups)
            GroupOf((service, from, to)).UnionWith(group);
    }

    public void Persist(StateArchive archive)
    {
        var services = ObsoleteServices.Rows.Concat(_rules.Select(rule => rule.Service))
            .DistinctBy(service => service.Id).ToDictionary(service => service.Id, StringComparer.Ordinal);
        archive.Map(_groups, (archive, key) => (ServiceOf(archive, services, key.Service), archive.Text(key.From),
            archive.Text(key.To)), static _ => new FlowGroup(), ById);
    }

    private static ObsoleteService ServiceOf(StateArchive archive, Dictionary<string, ObsoleteService> services,
        ObsoleteService? service)
    {
        var known = services.GetValueOrDefault(archive.Text(service?.Id ?? ""));
        archive.Require(known is not null, "there is no such obsolete service");
        return known!;
    }

    /// <summary>The first look, at every flow: it allocates nothing.</summary>
    private static bool IsAbout(BoundRule rule, FlowRecord flow)
    {
        if (!rule.Rule.Transports.Contains(flow.Transport))
            return false;
        foreach (var ports in rule.Ports)
        {
            if (ports.Contains(flow.Responder.Port))
                return true;
        }

        return false;
    }

    private bool IsUnder(BoundRule rule, Judgement judgement) => rule.IsOn
        ? judgement.Rules.Any(judged => judged.Rule.Index == rule.Index && judged.Fit.IsGood())
        : switchedOff.Covering(judgement.Flow, judgement.Originator, judgement.Responder)
            .Any(match => match.Rule.Index == rule.Index)
            && ProtocolComparison.Compare(judgement.Flow, rule.Rule).IsGood();

    private FlowGroup GroupOf((ObsoleteService Service, string From, string To) key)
    {
        if (!_groups.TryGetValue(key, out var group))
            _groups.Add(key, group = new FlowGroup());
        return group;
    }

    private static FindingDraft Write(ObsoleteService service, string from, string to, FlowGroup flows,
        ImmutableArray<bool> isExpired)
    {
        var ports = FindingDrafting.PortText(flows);
        var where = $"{string.Join(" and ", flows.Transports)}{(ports.Length == 0 ? "" : $" {ports}")}";
        var draft = FindingDrafting.OfFlows(
            new FindingKey(FindingKind.ObsoleteService, from, to, null, service.Id),
            flows,
            service.Severity,
            $"{service.Title} was used in {Quantity.Of(flows.Flows, "flow")} from {HostList.Of(flows.Originators)} to "
                + $"{HostList.Of(flows.Responders)} on {where}. {service.Why}",
            service.Remedy);
        return draft with
        {
            Finding =
            draft.Finding with
            {
                Reference = service.Reference,
                Verdict = flows.FirstVerdictAfterExceptions(isExpired),
                SeverityClause = service.SeverityClause,
            }
        };
    }
}
