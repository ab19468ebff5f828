using System.Collections.Frozen;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>Targets of rules (iptables-extensions(8), "Target extensions").</summary>
internal static class IptablesTargets
{
    /// <summary>Targets that decide nothing.</summary>
    private static readonly FrozenSet<string> Continuing = new[]
    {
        "AUDIT", "CHECKSUM", "CLASSIFY", "CONNMARK", "CONNSECMARK", "DSCP", "ECN", "HL", "HMARK", "IDLETIMER", "LED",
        "LOG", "MARK", "NFLOG", "RATEEST", "SECMARK", "SET", "TCPMSS", "TCPOPTSTRIP", "TEE", "TOS", "TRACE", "TTL",
        "ULOG", "IPMARK", "SNPT", "DNPT", "NETFLOW",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Targets that translate; in a chain of the table <c>nat</c> they end it and the packet passes.</summary>
    private static readonly FrozenSet<string> Translating =
        new[] { "DNAT", "SNAT", "MASQUERADE", "REDIRECT", "NETMAP", "SAME" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a target that translates addresses.</summary>
    public static bool IsTranslation(string target) => Translating.Contains(target);

    /// <summary>True for a target that decides nothing.</summary>
    public static bool IsContinuing(string target) => Continuing.Contains(target);

    /// <summary>Sets what a rule does; the name of a chain is taken as a jump.</summary>
    public static void Apply(RuleDraft rule, string target, TableDraft table)
    {
        switch (target)
        {
            case "ACCEPT":
                rule.Action = PolicyAction.Permit;
                return;
            case "DROP":
                rule.Action = PolicyAction.Drop;
                return;
            case "REJECT":
                rule.Action = PolicyAction.Reject;
                return;
            case "RETURN":
                rule.Action = PolicyAction.Return;
                return;
            case "QUEUE" or "NFQUEUE":
                rule.Unknown("a program of the host decides (NFQUEUE)");
                return;
            case "TPROXY":
                rule.Unknown("hands the packet to a proxy on the device");
                return;
            case "SYNPROXY":
                rule.Unknown("answers in place of the server (SYNPROXY)");
                return;
            case "CT" or "NOTRACK":
                return;
        }

        if (table.Find(target) is null && Continuing.Contains(target))
            return;
        if (table.Find(target) is null && Translating.Contains(target))
        {
            rule.Action = PolicyAction.Permit;
            return;
        }

        (rule.Action, rule.Target) = (PolicyAction.Jump, target);
    }
}
