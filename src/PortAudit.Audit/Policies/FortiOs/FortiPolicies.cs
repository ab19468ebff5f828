using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Reads the entries of tables of policies.</summary>
/// <param name="draft">The file.</param>
/// <param name="scope">The virtual domain.</param>
/// <param name="addresses">Its addresses.</param>
/// <param name="services">Its services.</param>
/// <param name="budget">What expanded policies may hold.</param>
internal sealed class FortiPolicies(PolicyDraft draft, FortiScope scope, FortiAddresses addresses,
    FortiServices services, ExpansionBudget budget)
{
    /// <summary>Settings that a rule's text shows.</summary>
    private static readonly ImmutableArray<string> Shown =
        ["action", "srcintf", "dstintf", "srcaddr", "dstaddr", "srcaddr6", "dstaddr6", "service", "schedule"];

    private readonly FortiDestinations _destinations = new(draft, scope, addresses, budget);

    /// <summary>Virtual IPs of the domain.</summary>
    public IEnumerable<FortiVirtualIp> VirtualIps => _destinations.VirtualIps;

    /// <summary>Reads a table in the order in which the device goes through it.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="isIpv6">True when its addresses are IPv6 ones.</param>
    /// <param name="prefix">What stands before names of rules.</param>
    public IEnumerable<PolicyRule> Read(string name, bool isIpv6 = false, string prefix = "")
    {
        if (scope.Find(name) is not { } table)
            return [];
        table.Mark(FortiUse.Understood);
        return table.Blocks.SelectMany(policy => Read(policy, isIpv6, prefix));
    }

    private IEnumerable<PolicyRule> Read(FortiBlock policy, bool isIpv6, string prefix)
    {
        var name = policy.Value("name") is { Length: > 0 } named ? $"{policy.Name} {named}" : policy.Name;
        var rule = new PolicyRule
        {
            Name = prefix + ConfigurationText.Shown(name),
            Line = draft.Line(policy.Line),
            Text = Text(policy),
            Action = PolicyAction.Drop,
            From = Interfaces(policy, "srcintf"),
            To = Interfaces(policy, "dstintf"),
            Source = _destinations.Plain(policy, "src", isIpv6),
            Services = Services(policy),
            Conditions = FortiPolicySettings.Conditions(policy, draft),
            IsEnabled = policy.Value("status") is null or "enable",
            Comment = policy.Setting("comments") is { Words: not [] } comment ? comment.Text : null,
        };
        var (plain, virtualIps) = _destinations.Of(policy, isIpv6);
        var action = Action(policy);
        var rules = _destinations.Split(rule, plain, virtualIps, policy.IsOn("match-vip"));
        return action is { } known
            ? rules.Select(part => part with { Action = known })
            : rules.SelectMany(part => UndecidedRule.Of(part, "the action is not evaluated"));
    }

    /// <summary>What a policy does; without a setting it denies (FortiOS CLI Reference).</summary>
    private PolicyAction? Action(FortiBlock policy)
    {
        var denies = policy.IsOn("send-deny-packet") ? PolicyAction.Reject : PolicyAction.Drop;
        PolicyAction? action = policy.Value("action") switch
        {
            null or "deny" => denies,
            "accept" or "permit" or "ipsec" or "ssl-vpn" => PolicyAction.Permit,
            _ => null,
        };
        if (action is null)
            draft.NotEvaluable(policy.Setting("action")!.Line,
                $"unknown action '{policy.Setting("action")!.Text}'");
        return action;
    }

    private ZoneMatch Interfaces(FortiBlock policy, string setting)
    {
        var names = policy.Words(setting);
        if (names.IsEmpty && setting == "srcintf")
            names = policy.Words("intf").IsEmpty ? policy.Words("interface") : policy.Words("intf");
        if (names.IsEmpty && policy.Setting("srcintf") is not null)
            draft.NotEvaluable(policy.Line, $"the policy states no '{setting}'");
        return names.Contains("any") ? ZoneMatch.Any
            : new ZoneMatch([.. names.Select(name => scope.Prefix + name)]);
    }

    private ImmutableArray<ServiceMatch> Services(FortiBlock policy)
    {
        if (policy.IsOn("internet-service") || policy.IsOn("internet-service6"))
            return [ServiceMatch.Unknown];
        if (policy.Setting("service") is not { Words: not [] } setting)
        {
            // Policies by application may leave services to it; others cannot be saved without.
            draft.NotEvaluable(policy.Line, "the policy states no 'service'");
            return [ServiceMatch.Unknown];
        }

        var found = new HashSet<ServiceMatch>();
        foreach (var word in setting.Words)
        {
            var service = services.Find(word);
            if (service.Reason is { } reason)
                draft.NotEvaluable(setting.Line, reason);
            if (setting.Words.Length == 1 && !policy.IsOn("service-negate"))
                return service.Services;
            if (!budget.TryTake(service.Services.Length))
                return [ServiceMatch.Unknown];
            found.UnionWith(service.Services);
        }

        if (!policy.IsOn("service-negate"))
            return [.. found];
        if (FortiServiceNegation.Of([.. found]) is { } others)
            return others;
        draft.NotEvaluable(policy.Setting("service-negate")!.Line, "what these services leave is not evaluated");
        return [ServiceMatch.Unknown];
    }

    private static string Text(FortiBlock policy) => ConfigurationText.Shown($"edit {policy.Name} " + string.Join(' ',
        Shown.Select(policy.Setting).OfType<FortiSetting>().Select(setting => $"{setting.Name} {setting.Text}")));
}
