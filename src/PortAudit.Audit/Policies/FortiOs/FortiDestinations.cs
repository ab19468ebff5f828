using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>
/// Addresses of policies, virtual IPs among them. The device translates destinations before it looks for a policy,
/// and takes for translated traffic those that name the virtual IP (FortiOS Administration Guide, "Destination NAT");
/// to a policy that names external addresses otherwise it does not say here whether it applies.
/// </summary>
internal sealed class FortiDestinations
{
    /// <summary>Members that a rule of a virtual IP counts for in the budget.</summary>
    private const int RuleWeight = 16;

    private readonly PolicyDraft _draft;
    private readonly FortiScope _scope;
    private readonly FortiAddresses _addresses;
    private readonly ExpansionBudget _budget;
    private readonly Dictionary<string, FortiVirtualIp> _virtualIps = new(StringComparer.Ordinal);
    private readonly IntervalSet<UInt128> _external = IntervalSet.Empty<UInt128>();

    /// <summary>Reads the virtual IPs of a domain.</summary>
    public FortiDestinations(PolicyDraft draft, FortiScope scope, FortiAddresses addresses, ExpansionBudget budget)
    {
        (_draft, _scope, _addresses, _budget) = (draft, scope, addresses, budget);
        foreach (var table in new[] { scope.Find("firewall vip"), scope.Find("firewall vip6") }.OfType<FortiBlock>())
        {
            table.Mark(FortiUse.Understood);
            foreach (var block in table.Blocks.Where(block => block.Value("status") != "disable"))
            {
                var virtualIp = FortiVirtualIp.Read(block);
                if (virtualIp.Reason is { } reason)
                    draft.NotEvaluable(block.Line, reason);
                _virtualIps.TryAdd(block.Name, virtualIp);
            }
        }

        if (!scope.HasCentralNat)
            _external = IntervalSet.Of(_virtualIps.Values
                .SelectMany(virtualIp => virtualIp.External?.Ranges ?? []));
    }

    /// <summary>The virtual IPs.</summary>
    public IEnumerable<FortiVirtualIp> VirtualIps => _virtualIps.Values;

    /// <summary>The destinations of a policy, and virtual IPs among them.</summary>
    public (AddressMatch Plain, ImmutableArray<FortiVirtualIp> VirtualIps) Of(FortiBlock policy, bool isIpv6)
    {
        var found = ImmutableArray.CreateBuilder<FortiVirtualIp>();
        foreach (var name in policy.Words("dstaddr").Concat(policy.Words("dstaddr6")))
            AddVirtualIps(name, found, 0);
        var plain = Plain(policy, "dst", isIpv6);
        if (found.Count > 0 && (policy.IsOn("dstaddr-negate") || policy.IsOn("dstaddr6-negate")))
        {
            _draft.NotEvaluable(policy.Line, "virtual IPs in negated destinations are not evaluated");
            return (FortiAddress.Open("").Match, []);
        }

        if (_budget.TryTake(found.Count * RuleWeight))
            return (plain, found.ToImmutable());
        _draft.NotEvaluable(policy.Line, "the policies of the file name too many virtual IPs");
        return (plain with { IsOpen = true }, []);
    }

    /// <summary>Addresses of one side, virtual IPs aside.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="side"><c>src</c> or <c>dst</c>.</param>
    /// <param name="isIpv6">True when the first table of the policy is an IPv6 one.</param>
    public AddressMatch Plain(FortiBlock policy, string side, bool isIpv6)
    {
        var suffix = side == "src" ? "-src" : "";
        if (policy.IsOn($"internet-service{suffix}") || policy.IsOn($"internet-service6{suffix}"))
        {
            _draft.NotEvaluable((policy.Setting($"internet-service{suffix}-name")
                ?? policy.Setting($"internet-service{suffix}"))?.Line ?? policy.Line,
                "the addresses of Internet services are not in the file");
            return FortiAddress.Open("").Match;
        }

        var union = new AddressUnion(_budget);
        foreach (var (setting, ofIpv6) in new[] { ($"{side}addr", isIpv6), ($"{side}addr6", true) })
        {
            if (policy.Setting(setting) is not { Words: not [] } words)
                continue;
            var match = Match(words, ofIpv6);
            if (policy.IsOn($"{setting}-negate"))
                match = match.IsOpen ? match.Complement()
                    : new AddressMatch(FortiAddresses.Everything(ofIpv6).Except(match.Set));
            union.Add(match);
        }

        if (!union.IsEmpty)
            return union.Build();
        _draft.NotEvaluable(policy.Line, $"the policy states no '{side}addr'");
        return FortiAddress.Open("").Match;
    }

    private AddressMatch Match(FortiSetting setting, bool isIpv6)
    {
        var union = new AddressUnion(_budget);
        union.Add(new AddressMatch(IntervalSet.Empty<UInt128>()));
        foreach (var word in setting.Words)
        {
            if (_virtualIps.ContainsKey(word) || VirtualGroup(word) is not null)
                continue;
            var address = _addresses.Find(word, isIpv6);
            union.Add(address.Match);
            if (address.Reason is { } reason)
                _draft.NotEvaluable(setting.Line, reason);
        }

        return union.Build();
    }

    private FortiBlock? VirtualGroup(string name) =>
        _scope.Find("firewall vipgrp")?.Find(name) ?? _scope.Find("firewall vipgrp6")?.Find(name);

    private void AddVirtualIps(string name, ImmutableArray<FortiVirtualIp>.Builder found, int depth)
    {
        if (_virtualIps.TryGetValue(name, out var virtualIp))
            found.Add(virtualIp);
        else if (depth == 0 && VirtualGroup(name) is { } group)
        {
            foreach (var member in group.Words("member").Take(ExpansionBudget.MaxMembers))
                AddVirtualIps(member, found, depth + 1);
        }
    }

    /// <summary>The policy as rules: one for plain addresses and virtual IPs without ports, one for each virtual IP
    /// that forwards ports, and one for what of the plain addresses virtual IPs translate.</summary>
    public IEnumerable<PolicyRule> Split(PolicyRule rule, AddressMatch plain,
        ImmutableArray<FortiVirtualIp> virtualIps, bool takesTranslated)
    {
        var translated = takesTranslated || !plain.Set.Overlaps(_external) ? IntervalSet.Empty<UInt128>()
            : plain.Set.Intersect(_external);
        var (set, isOpen) = (plain.Set.Except(translated), plain.IsOpen);
        foreach (var whole in virtualIps.Where(virtualIp => virtualIp.Forwarding is null))
        {
            isOpen |= whole.External is null || whole.Reason is not null;
            if (whole.Reason is null && whole.External is { } external)
                (set, translated) = (set.Union(external), translated.Except(external));
        }

        if (!set.IsEmpty || isOpen || virtualIps.IsEmpty)
            yield return rule with { Destination = new AddressMatch(set, isOpen) };
        foreach (var virtualIp in virtualIps)
        {
            if (virtualIp.Forwarding is { } forwarding && Forwarded(rule, virtualIp, forwarding) is { } part)
                yield return part;
        }

        if (!translated.IsEmpty)
            yield return rule with
            {
                Name = $"{rule.Name} (translated)",
                Destination = new AddressMatch(translated),
                Conditions = rule.Conditions.Add(new PolicyCondition(ConditionKind.Other,
                    "addresses of virtual IPs that the policy does not name")),
            };
    }

    private static PolicyRule? Forwarded(PolicyRule rule, FortiVirtualIp virtualIp, FortiForwarding forwarding)
    {
        var seen = rule.Services.Select(forwarding.Seen).OfType<ServiceMatch>().Distinct().ToImmutableArray();
        if (seen.IsEmpty)
            return null;
        var external = virtualIp.External is { } known && virtualIp.Reason is null
            ? new AddressMatch(known)
            : FortiAddress.Open("").Match;
        return rule with { Name = $"{rule.Name} ({virtualIp.Name})", Destination = external, Services = seen };
    }
}
