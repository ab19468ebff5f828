using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.State;

/// <summary>What a state refers to instead of saving it: hosts by address, rules and lists of roles by index, verdicts
/// by flow. Loading checks that site and catalogs are those of the saved state.</summary>
internal sealed class StateKnowledge
{
    private readonly HostDirectory _directory;
    private readonly FlowJudge _judge;
    private readonly ImmutableArray<BoundRule> _rules;
    private readonly ImmutableArray<BoundRule> _conduits;
    private readonly ImmutableArray<BoundRule> _cautions;
    private readonly Dictionary<Rule, BoundRule> _bound = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<ImmutableArray<string>> _roles;
    private readonly Dictionary<ImmutableArray<string>, int> _indexOfRoles = [];

    public StateKnowledge(HostDirectory directory, FlowJudge judge, ImmutableArray<BoundRule> rules,
        ImmutableArray<BoundRule> conduits, ImmutableArray<BoundRule> cautions)
    {
        (_directory, _judge, _rules, _conduits, _cautions) = (directory, judge, rules, conduits, cautions);
        foreach (var rule in rules)
            _bound.TryAdd(rule.Rule, rule);
        _roles = directory.RoleLists;
        for (var index = 0; index < _roles.Length; index++)
            _indexOfRoles.TryAdd(_roles[index], index);
    }

    public HostIdentity HostOf(IpAddress address) => _directory.Resolve(address);

    public Judgement Judge(FlowRecord flow) => _judge.Judge(flow);

    /// <summary>The rule, conduit or caution of an index, or null.</summary>
    public BoundRule? RuleAt(int index)
    {
        var (rules, offset) = index switch
        {
            >= BoundRule.FirstCaution => (_cautions, index - BoundRule.FirstCaution),
            >= BoundRule.FirstConduit => (_conduits, index - BoundRule.FirstConduit),
            _ => (_rules, index),
        };
        return (uint)offset < (uint)rules.Length ? rules[offset] : null;
    }

    public BoundRule BoundOf(Rule rule) => _bound[rule];

    /// <summary>Index of a host's list of roles among those of the site. Lists are compared by reference.</summary>
    public int IndexOf(ImmutableArray<string> roles) => _indexOfRoles[roles];

    /// <summary>The list of roles of an index, or null.</summary>
    public ImmutableArray<string>? RolesAt(int index) => (uint)index < (uint)_roles.Length ? _roles[index] : null;
}
