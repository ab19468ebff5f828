using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.State;

/// <summary>
/// What site and catalogs say, so that a state need not: hosts by their addresses, rules and lists of roles by their
/// places, verdicts by their flows. That both are the same as when the state was saved is checked when it is loaded.
/// </summary>
internal sealed class StateKnowledge
{
    private readonly HostDirectory _directory;
    private readonly FlowJudge _judge;
    private readonly ImmutableArray<BoundRule> _rules;
    private readonly ImmutableArray<BoundRule> _conduits;
    private readonly ImmutableArray<BoundRule> _cautions;
    private readonly Dictionary<Rule, BoundRule> _bound = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<ImmutableArray<string>> _roles;
    private readonly Dictionary<ImmutableArray<string>, int> _placeOfRoles = [];

    /// <summary>Takes what an auditor judges by.</summary>
    /// <param name="directory">Who has which address.</param>
    /// <param name="judge">The verdict of a flow.</param>
    /// <param name="rules">All rules, by place.</param>
    /// <param name="conduits">The conduits that count as rules, by place from <see cref="BoundRule.FirstConduit"/>
    /// on.</param>
    /// <param name="cautions">The cautions that count as rules, by place from <see cref="BoundRule.FirstCaution"/>
    /// on.</param>
    public StateKnowledge(HostDirectory directory, FlowJudge judge, ImmutableArray<BoundRule> rules,
        ImmutableArray<BoundRule> conduits, ImmutableArray<BoundRule> cautions)
    {
        (_directory, _judge, _rules, _conduits, _cautions) = (directory, judge, rules, conduits, cautions);
        foreach (var rule in rules)
            _bound.TryAdd(rule.Rule, rule);
        _roles = directory.RoleLists;
        for (var place = 0; place < _roles.Length; place++)
            _placeOfRoles.TryAdd(_roles[place], place);
    }

    /// <summary>Who has an address.</summary>
    public HostIdentity HostOf(IpAddress address) => _directory.Resolve(address);

    /// <summary>The verdict of a flow.</summary>
    public Judgement Judge(FlowRecord flow) => _judge.Judge(flow);

    /// <summary>The rule, the conduit or the caution of a place; null when there is none.</summary>
    public BoundRule? RuleAt(int place)
    {
        var (rules, index) = place switch
        {
            >= BoundRule.FirstCaution => (_cautions, place - BoundRule.FirstCaution),
            >= BoundRule.FirstConduit => (_conduits, place - BoundRule.FirstConduit),
            _ => (_rules, place),
        };
        return (uint)index < (uint)rules.Length ? rules[index] : null;
    }

    /// <summary>A rule with the site's choices filled in.</summary>
    public BoundRule BoundOf(Rule rule) => _bound[rule];

    /// <summary>Place of the list of roles of a host, among those of the site. Lists are told apart as
    /// objects.</summary>
    public int PlaceOf(ImmutableArray<string> roles) => _placeOfRoles[roles];

    /// <summary>The list of roles of a place; null when there is none.</summary>
    public ImmutableArray<string>? RolesAt(int place) => (uint)place < (uint)_roles.Length ? _roles[place] : null;
}
