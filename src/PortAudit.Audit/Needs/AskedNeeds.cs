using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;

namespace PortAudit.Audit.Needs;

/// <summary>What one catalog asks of hosts with given roles.</summary>
internal sealed class AskedNeeds
{
    private readonly RoleTree _tree;
    private readonly ILookup<RolePair, RolePair> _narrower;
    private readonly Dictionary<RolePair, List<BoundRule>> _rules = [];

    /// <summary>Sorts rules by the pairs of roles that they name.</summary>
    /// <param name="rules">The rules of the catalog in its order.</param>
    /// <param name="tree">What roles are kinds of.</param>
    public AskedNeeds(ImmutableArray<BoundRule> rules, RoleTree tree)
    {
        _tree = tree;
        foreach (var rule in rules)
        {
            // Two roles of a rule may go by one identifier.
            foreach (var from in rule.Rule.From.Distinct())
            {
                foreach (var to in rule.Rule.To.Distinct())
                {
                    if (!_rules.TryGetValue(new RolePair(from, to), out var named))
                        _rules.Add(new RolePair(from, to), named = []);
                    named.Add(rule);
                }
            }
        }

        _narrower = _rules.Keys.SelectMany(Wider, (pair, wider) => (pair, wider)).ToLookup(row => row.wider,
            row => row.pair);
    }

    /// <summary>The pairs of roles that a rule names.</summary>
    public IEnumerable<RolePair> Pairs => _rules.Keys;

    /// <summary>Ports that the rules name for the pair itself, by rule and range.</summary>
    public IEnumerable<AskedRange> Named(RolePair pair) => Ranges(pair, isInherited: false);

    /// <summary>Ports that rules ask for because the two roles are kinds of others, or hosts of any role.</summary>
    public IEnumerable<AskedRange> Inherited(RolePair pair) =>
        Wider(pair).SelectMany(wider => Ranges(wider, isInherited: true));

    /// <summary>Pairs that a rule names, of roles that are kinds of these, in ordinal order.</summary>
    public IEnumerable<RolePair> Narrower(RolePair pair) => _narrower[pair]
        .OrderBy(narrower => narrower.From, StringComparer.Ordinal)
        .ThenBy(narrower => narrower.To, StringComparer.Ordinal);

    private IEnumerable<RolePair> Wider(RolePair pair) =>
        from kind in Kinds(pair.From)
        from other in Kinds(pair.To)
        where kind != pair.From || other != pair.To
        select new RolePair(kind, other);

    private IEnumerable<string> Kinds(string role) => _tree.NamesOf(role).Append(BuiltInRoles.Any).Distinct();

    private IEnumerable<AskedRange> Ranges(RolePair pair, bool isInherited) =>
        _rules.GetValueOrDefault(pair, []).SelectMany(rule => Ranges(rule, isInherited));

    private static IEnumerable<AskedRange> Ranges(BoundRule rule, bool isInherited)
    {
        foreach (var transport in rule.Rule.Transports)
        {
            if (!transport.HasPorts)
                yield return new AskedRange(transport, null, "", rule, isInherited);
            else if (rule.Ports.IsEmpty)
                yield return new AskedRange(transport, null, rule.Rule.PortParameter ?? "", rule, isInherited);
            foreach (var range in transport.HasPorts ? rule.Ports : [])
                yield return new AskedRange(transport, range, "", rule, isInherited);
        }
    }
}
