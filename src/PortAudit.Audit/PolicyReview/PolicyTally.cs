using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.PolicyReview;

/// <summary>What the traffic said of the rules of one firewall.</summary>
internal sealed class PolicyTally : IArchived
{
    /// <summary>Conflicts kept of a policy, the first in their order; <see cref="PolicyReport"/> says when there
    /// were more.</summary>
    public const int MaxConflicts = 1_000;

    private readonly PolicyDevice _device;
    private readonly Dictionary<PolicyRule, int> _numbers;
    private readonly SortedDictionary<int, RuleUse> _uses = [];
    private readonly BottomKMap<PolicyConflict, FlowGroup> _conflicts = new(MaxConflicts, PolicyConflict.Order);

    /// <summary>Prepares the accounts of the rules.</summary>
    public PolicyTally(PolicyDevice device)
    {
        _device = device;
        Rules = [.. device.Policy.Lists.SelectMany(list => list.Rules.Select(rule => (list, rule)))];
        _numbers = new Dictionary<PolicyRule, int>(ReferenceEqualityComparer.Instance);
        for (var number = 0; number < Rules.Length; number++)
            _numbers.TryAdd(Rules[number].Rule, number);
    }

    /// <summary>The firewall.</summary>
    public PolicyDevice Device => _device;

    /// <summary>Its rules in the order of the lists; their positions are their numbers.</summary>
    public ImmutableArray<(PolicyList List, PolicyRule Rule)> Rules { get; }

    /// <summary>Connections that met the firewall.</summary>
    public long Connections { get; private set; }

    /// <summary>Those of them of which the rules do not decide for sure.</summary>
    public long Undecided { get; private set; }

    /// <summary>Connections that met it and are not compared, as nothing proves who opened them.</summary>
    public long Undirected { get; private set; }

    /// <summary>The conflicts between traffic and rules.</summary>
    public BottomKMap<PolicyConflict, FlowGroup> Conflicts => _conflicts;

    /// <summary>What traffic used of a rule; null when nothing did.</summary>
    public RuleUse? UseOf(int rule) => _uses.GetValueOrDefault(rule);

    /// <summary>Adds a connection.</summary>
    /// <returns>True when it met the firewall and it is known who opened it.</returns>
    public bool Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (flow.IsGuessed())
        {
            Undirected += _device.Path.Between(judgement.Originator, judgement.Responder) is null ? 0 : flow.Count;
            return false;
        }

        if (_device.Answer(new PolicyConnection(judgement.Originator, judgement.Responder, flow.Transport,
            flow.Originator.Port, flow.Transport.IsIcmp ? flow.Originator.Port : flow.Responder.Port,
            PolicyConnection.IsRpc(flow.Announcement?.Announcement.AnnouncedBy))) is not { } answer)
            return false;
        Connections += flow.Count;
        var isExplained = true;
        foreach (var list in answer.Lists)
            isExplained &= AddUse(judgement, list);
        if (answer.Outcome != PolicyOutcome.Undecided)
            AddConflict(judgement, answer);
        else if (!isExplained || answer.Lists.IsEmpty)
            Undecided += flow.Count;
        return true;
    }

    /// <summary>Adds what <paramref name="other"/>, of the same firewall, holds, which stays as it is.</summary>
    public void UnionWith(PolicyTally other)
    {
        Connections += other.Connections;
        Undecided += other.Undecided;
        Undirected += other.Undirected;
        foreach (var (number, use) in other._uses)
            UseAt(number).UnionWith(use);
        _conflicts.UnionWith(other._conflicts, static _ => new FlowGroup(),
            static (own, added) => own.UnionWith(added));
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        Connections = archive.Number(Connections);
        Undecided = archive.Number(Undecided);
        Undirected = archive.Number(Undirected);
        archive.Map(_uses, (archive, number) => archive.Index(number, Rules.Length - 1), static _ => new RuleUse());
        _conflicts.Persist(archive, PolicyConflict.Persisted, static (archive, _, group) =>
        {
            group ??= new FlowGroup();
            group.Persist(archive);
            return group;
        });
    }

    /// <summary>Adds a connection to the rules of a list that decided it, or may have. One that reached the responder
    /// was permitted, so that those that stop did not decide it.</summary>
    /// <returns>True when it is known which one did.</returns>
    private bool AddUse(Judgement judgement, ListAnswer list)
    {
        var rules = list.Answer.Rules;
        if (list.Answer.Outcome != PolicyOutcome.Undecided)
        {
            var isSure = list.IsSure && rules.Length == 1;
            foreach (var rule in rules)
                UseAt(_numbers[rule]).Add(judgement, isSure ? RuleCertainty.Sure : RuleCertainty.Possible);
            return isSure;
        }

        if (judgement.Reach == Reach.Reached)
            rules = [.. rules.Where(rule => rule.Action is not (PolicyAction.Drop or PolicyAction.Reject))];
        var isOnly = list.IsSure && judgement.Reach == Reach.Reached && rules is [{ Action: PolicyAction.Permit }];
        foreach (var rule in rules)
            UseAt(_numbers[rule]).Add(judgement, isOnly ? RuleCertainty.Inferred : RuleCertainty.Possible);
        return isOnly;
    }

    private void AddConflict(Judgement judgement, DeviceAnswer answer)
    {
        ConflictKind? kind = (answer.Outcome == PolicyOutcome.Permitted, judgement.Reach) switch
        {
            (false, Reach.Reached) => ConflictKind.ArrivedThoughStopped,
            (true, Reach.Stopped) => ConflictKind.StoppedThoughPermitted,
            _ => null,
        };
        if (kind is not { } found || answer.Rules is not [.., var rule])
            return;
        _conflicts.GetOrAdd(new PolicyConflict(found, _numbers[rule], judgement.FromRole, judgement.ToRole),
            static () => new FlowGroup())?.Add(judgement);
    }

    private RuleUse UseAt(int number)
    {
        if (!_uses.TryGetValue(number, out var use))
            _uses.Add(number, use = new RuleUse());
        return use;
    }
}
