using System.Collections.Immutable;

namespace PortAudit.Audit.Policies.Model;

/// <summary>Puts packets to the lists of a policy.</summary>
public sealed class ListEvaluation
{
    /// <summary>Lists that may be nested by jumps: nftables and iptables allow 16 and fewer.</summary>
    public const int MaxDepth = 32;

    /// <summary>Rules from which on a list is worth an index.</summary>
    private const int LeastIndexed = 32;

    /// <summary>Rules that one packet may be put to: lists that jump to each other twice a level would otherwise take
    /// 2 to the power of the depth. A packet beyond is undecided.</summary>
    public const int MaxSteps = 1_000_000;

    private readonly Dictionary<string, PolicyList> _lists;
    private readonly HashSet<string> _ofProfiles;
    private readonly Dictionary<PolicyList, RuleIndex> _indexes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Prepares the look-up of lists by name.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="isIndexed">True to index the rules of long lists, which pays from some hundred packets on. The
    /// answers are the same.</param>
    public ListEvaluation(Policy policy, bool isIndexed = false)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _lists = new Dictionary<string, PolicyList>(StringComparer.Ordinal);
        foreach (var list in policy.Lists)
            _lists.TryAdd(list.Name, list);
        _ofProfiles = [.. policy.Lists.Where(HasProfiles).Select(list => list.Name)];
        foreach (var list in policy.Lists.Where(list => isIndexed && list.Rules.Length >= LeastIndexed))
            _indexes.TryAdd(list, new RuleIndex(list.Rules));
    }

    /// <summary>What a list does with a packet, its bindings aside.</summary>
    public PolicyAnswer Evaluate(PolicyList list, in PolicyProbe probe)
    {
        ArgumentNullException.ThrowIfNull(list);
        return probe.Profile is null && _ofProfiles.Contains(list.Name)
            ? OfAnyProfile(list, probe)
            : OfOne(list, probe);
    }

    private static bool HasProfiles(PolicyList list) => list.Rules.Any(rule =>
        rule.Conditions.Any(condition => condition.Kind == ConditionKind.Profile));

    /// <summary>The answer when the network profile is not known: decided when every profile decides alike.</summary>
    private PolicyAnswer OfAnyProfile(PolicyList list, PolicyProbe probe)
    {
        var answers = PolicyCondition.Profiles
            .Select(profile => OfOne(list, probe with { Profile = profile }))
            .ToList();
        ImmutableArray<PolicyRule> rules = [.. answers.SelectMany(answer => answer.Rules)
            .Distinct<PolicyRule>(ReferenceEqualityComparer.Instance)];
        return new PolicyAnswer(answers.Select(answer => answer.Outcome).Distinct().ToList() is [var only]
            ? only : PolicyOutcome.Undecided, rules);
    }

    private PolicyAnswer OfOne(PolicyList list, in PolicyProbe probe)
    {
        var walk = new Walk(_lists, _indexes, probe);
        if (list.Order == PolicyOrder.BlockFirst)
            walk.TakeBlocking(list);
        else
            walk.Take(list);
        return walk.Answer();
    }

    /// <summary>One packet's way through the lists.</summary>
    private sealed class Walk(Dictionary<string, PolicyList> lists, Dictionary<PolicyList, RuleIndex> indexes,
        PolicyProbe probe)
    {
        /// <summary>Rank of the defaults in a list in which blocking rules come first.</summary>
        private const int LastRank = 3;

        private readonly List<PolicyRule> _deciding = [];
        private bool _isDecided;
        private int _steps;

        /// <summary>Goes through the list of a hook.</summary>
        public void Take(PolicyList list) => _isDecided = Take(list, 0);

        /// <summary>Goes through a list until a rule surely decides. A return that may or may not be taken leaves what
        /// follows unsure.</summary>
        /// <returns>True when the list surely decides, for a packet that surely enters it.</returns>
        private bool Take(PolicyList list, int depth)
        {
            var (onlyDefault, mayReturn) = (false, false);
            foreach (var rule in RulesOf(list))
            {
                if (++_steps > MaxSteps)
                    return false;
                if (onlyDefault && !rule.IsImplicit)
                    continue;
                var match = rule.Matches(probe);
                if (match == Certainty.No)
                    continue;
                switch (rule.Action)
                {
                    case PolicyAction.Permit or PolicyAction.Drop or PolicyAction.Reject:
                        _deciding.Add(rule);
                        if (match == Certainty.Yes)
                            return !mayReturn || rule.IsImplicit || TakeDefault(list);
                        break;
                    case PolicyAction.Jump or PolicyAction.Goto:
                        var isDecided = TakeTarget(rule, depth);
                        if (isDecided && match == Certainty.Yes)
                            return !mayReturn || TakeDefault(list);
                        onlyDefault |= rule.Action == PolicyAction.Goto && match == Certainty.Yes;
                        mayReturn |= rule.Action == PolicyAction.Goto && match == Certainty.Maybe && !isDecided;
                        break;
                    case PolicyAction.Return:
                        onlyDefault |= match == Certainty.Yes;
                        mayReturn |= match == Certainty.Maybe;
                        break;
                    case PolicyAction.Continue:
                        break;
                }
            }

            return false;
        }

        /// <summary>Goes through the target of a jump. One that no list has may do anything: the jump itself then
        /// stands
        /// among the rules that may decide.</summary>
        private bool TakeTarget(PolicyRule rule, int depth)
        {
            if (depth < MaxDepth && rule.Target is { } name && lists.TryGetValue(name, out var target))
                return Take(target, depth + 1);
            _deciding.Add(rule);
            return false;
        }

        /// <summary>Adds the default of a list, which decides when a return was taken. Without one the packet goes back
        /// to the list that it came from, and nothing is sure.</summary>
        private bool TakeDefault(PolicyList list)
        {
            if (list.Rules is not [.., { IsImplicit: true, IsDecision: true } last])
                return false;
            _deciding.Add(last);
            return true;
        }

        /// <summary>Goes through a list in which blocking rules come first: those that override them, those that block,
        /// those that permit, and last the defaults.</summary>
        public void TakeBlocking(PolicyList list)
        {
            for (var rank = 0; rank <= LastRank; rank++)
            {
                foreach (var rule in RulesOf(list))
                {
                    if (!rule.IsDecision || RankOf(rule) != rank)
                        continue;
                    var match = rule.Matches(probe);
                    if (match == Certainty.No)
                        continue;
                    _deciding.Add(rule);
                    _isDecided |= match == Certainty.Yes;
                    if (_isDecided)
                        return;
                }
            }
        }

        private static int RankOf(PolicyRule rule) => rule switch
        {
            { IsImplicit: true } => LastRank,
            { OverridesBlocks: true } => 0,
            { Action: PolicyAction.Permit } => 2,
            _ => 1,
        };

        /// <summary>The rules of a list that the packet may match, and perhaps others.</summary>
        private IEnumerable<PolicyRule> RulesOf(PolicyList list) =>
            indexes.TryGetValue(list, out var index) ? index.Candidates(probe) : list.Rules;

        /// <summary>The answer of what was gathered. Rules that may decide and do the same leave nothing
        /// open.</summary>
        public PolicyAnswer Answer()
        {
            if (_deciding.Count == 0)
                return new PolicyAnswer(PolicyOutcome.Undecided, []);
            var outcomes = _deciding.Select(rule => rule.Action).Distinct().ToList();
            ImmutableArray<PolicyRule> rules = [.. _deciding];
            return new PolicyAnswer(_isDecided && _steps <= MaxSteps && outcomes is [var only]
                ? OutcomeOf(only)
                : PolicyOutcome.Undecided, rules);
        }

        private static PolicyOutcome OutcomeOf(PolicyAction action) => action switch
        {
            PolicyAction.Permit => PolicyOutcome.Permitted,
            PolicyAction.Drop => PolicyOutcome.Dropped,
            PolicyAction.Reject => PolicyOutcome.Rejected,
            PolicyAction.Continue or PolicyAction.Jump or PolicyAction.Goto or PolicyAction.Return =>
                PolicyOutcome.Undecided,
        };
    }
}
