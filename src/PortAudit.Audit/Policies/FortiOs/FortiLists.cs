using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>The lists of a virtual domain: what it forwards, and what it takes for itself.</summary>
/// <param name="draft">The file.</param>
/// <param name="tree">Its blocks.</param>
/// <param name="scope">The virtual domain.</param>
/// <param name="policies">Reads its tables.</param>
internal sealed class FortiLists(PolicyDraft draft, FortiTree tree, FortiScope scope, FortiPolicies policies)
{
    /// <summary>IPv4 multicast (RFC 5771 §3): multicast policies decide it.</summary>
    private static readonly IntervalSet<UInt128> Multicast =
        AddressSet.Of(new Prefix(IpAddress.FromIpv4(0xE000_0000), 4));

    private static readonly ImmutableArray<string> Others =
        ["firewall consolidated policy", "firewall policy46", "firewall policy64"];

    /// <summary>The lists; every domain has the one of what it forwards.</summary>
    public IEnumerable<PolicyList> All()
    {
        yield return Forward();
        if (scope.Find("firewall local-in-policy") is not null || scope.Find("firewall local-in-policy6") is not null)
            yield return Input();
        if (scope.HasSecurityPolicies && scope.Find("firewall policy") is { } inspection)
            inspection.Mark(FortiUse.NotEvaluable, "with policies by application these only choose what is inspected");
    }

    private PolicyList Forward()
    {
        var name = scope.HasSecurityPolicies ? "firewall security-policy" : "firewall policy";
        var rules = new List<PolicyRule>();
        rules.AddRange(policies.Read("firewall acl", prefix: "acl "));
        rules.AddRange(policies.Read("firewall acl6", isIpv6: true, prefix: "acl6 "));
        rules.AddRange(IntraZone().SelectMany(rule => UndecidedRule.Of(rule, "traffic within the zone")
            .Where(part => part.Action == PolicyAction.Permit)));
        rules.AddRange(MulticastRules());
        rules.AddRange(OtherTables());
        rules.AddRange(policies.Read(name));
        if (!scope.HasSecurityPolicies)
            rules.AddRange(policies.Read("firewall policy6", isIpv6: true, prefix: "ipv6 "));
        rules.AddRange(IntraZone().Select(rule => rule with { Name = $"{rule.Name} (no policy)" }));
        return List(name, PolicyHook.Forward, rules, scope.Find(name)?.Line);
    }

    /// <summary>What local-in policies leave depends on the services that the interfaces allow.</summary>
    private PolicyList Input()
    {
        const string Name = "firewall local-in-policy";
        List<PolicyRule> rules =
        [
            .. policies.Read(Name),
            .. policies.Read($"{Name}6", isIpv6: true, prefix: "ipv6 "),
        ];
        var line = (scope.Find(Name) ?? scope.Find($"{Name}6"))?.Line ?? 1;
        rules.Add(Implicit("services of the device", line, PolicyAction.Permit) with
        {
            Conditions = [new PolicyCondition(ConditionKind.Other, "allowaccess and services of the device")],
        });
        return List(Name, PolicyHook.Input, rules, line);
    }

    private PolicyList List(string name, PolicyHook hook, List<PolicyRule> rules, int? line)
    {
        var head = Math.Max(line ?? scope.Holder.Line, 1);
        if (tree.CutAt is { } cut)
            rules.AddRange(UndecidedRule.Of(Implicit("(not read)", cut, PolicyAction.Drop), tree.CutReason));
        if (tree.IsUnordered)
            rules.InsertRange(0, UndecidedRule.Of(Implicit("(order)", head, PolicyAction.Drop),
                "the order of the policies is not known"));
        rules.Add(Implicit("implicit deny", head, PolicyAction.Drop));
        var names = new HashSet<string>(StringComparer.Ordinal);
        return new PolicyList
        {
            Name = scope.Prefix + name,
            Rules = [.. rules.Select(Unique)],
            Bindings = [new PolicyBinding(hook, ZoneMatch.Any, ZoneMatch.Any)],
        };

        PolicyRule Unique(PolicyRule rule)
        {
            var unique = rule.Name;
            for (var i = 2; !names.Add(unique); i++)
                unique = $"{rule.Name} #{i}";
            return unique == rule.Name ? rule : rule with { Name = unique };
        }
    }

    /// <summary>Zones whose interfaces reach each other without a policy.</summary>
    private IEnumerable<PolicyRule> IntraZone() =>
        from zone in scope.Find("system zone")?.Blocks ?? []
        where zone.Value("intrazone") == "allow"
        let match = new ZoneMatch([scope.Prefix + zone.Name])
        select Implicit($"intrazone {ConfigurationText.Shown(zone.Name)}", zone.Line, PolicyAction.Permit) with
        {
            From = match,
            To = match,
        };

    private IEnumerable<PolicyRule> MulticastRules()
    {
        if (scope.Find("firewall multicast-policy") is not { Blocks: [var first, ..] } table)
            return [];
        table.Mark(FortiUse.NotEvaluable, "policies of multicast are not evaluated");
        var rule = Implicit("multicast policies", first.Line, PolicyAction.Drop) with
        {
            Destination = new AddressMatch(Multicast),
        };
        return UndecidedRule.Of(rule, "policies of multicast are not evaluated");
    }

    /// <summary>Tables that are not evaluated and may permit what others leave.</summary>
    private IEnumerable<PolicyRule> OtherTables() =>
        from name in Others
        let table = scope.Find(name)
        where table is { Blocks.Count: > 0 }
        from rule in UndecidedRule.Of(Implicit(name, table.Line, PolicyAction.Drop), "the table is not evaluated")
        select rule;

    private PolicyRule Implicit(string name, int line, PolicyAction action) => new()
    {
        Name = name,
        Line = draft.Line(line),
        Text = name,
        Action = action,
        IsImplicit = true,
    };
}
