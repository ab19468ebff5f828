using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Extensions of iptables in rulesets that iptables-nft made: nft shows their name, not what they ask
/// for.</summary>
internal static class NftExtensions
{
    /// <summary>The statement of an extension.</summary>
    /// <param name="kind"><c>match</c> or <c>target</c>.</param>
    /// <param name="name">Its name, escaped.</param>
    public static NftStatement Of(string kind, string name)
    {
        var reason = $"nft does not show the extension '{name}' of iptables";
        if (kind == "match")
            return new NftCondition(ConditionKind.Other, $"xt match {name}", reason);
        if (name == "REJECT")
            return NftVerdicts.Reject;
        return Iptables.IptablesTargets.IsContinuing(name)
            ? new NftEffect()
            : new NftVerdict(null, Reason: reason);
    }
}
