using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Policies.Proposals;

/// <summary>Proposed rules for <c>nft -f</c>: a table of its own, of which the forward chain drops what no rule
/// accepts (nft(8)).</summary>
internal static class NftablesProposal
{
    /// <summary>Writes the table.</summary>
    public static void Write(ImmutableArray<ProposedRule> rules, IEnumerable<string> head, TextWriter writer)
    {
        foreach (var line in head)
            writer.Write($"# {line}\n");
        writer.Write("table inet portaudit {\n");
        writer.Write("    chain forward {\n");
        writer.Write("        type filter hook forward priority filter; policy drop;\n");
        writer.Write("        ct state established,related accept\n");
        foreach (var rule in rules)
        {
            writer.Write($"        # {ProposalText.Why(rule)}\n");
            foreach (var line in Lines(rule))
                writer.Write($"        {line} accept\n");
        }

        writer.Write("    }\n}\n");
    }

    private static IEnumerable<string> Lines(ProposedRule rule)
    {
        foreach (var isIpv4 in new[] { true, false })
        {
            var (from, to) = (ProposalText.Family(rule.From, isIpv4), ProposalText.Family(rule.To, isIpv4));
            if (from is { IsEmpty: true } || to is { IsEmpty: true })
                continue;
            var isAny = from is null && to is null;
            var family = isIpv4 ? "ip" : "ip6";
            var addresses = (from is null ? "" : $"{family} saddr {Addresses(from)} ")
                + (to is null ? "" : $"{family} daddr {Addresses(to)} ")
                + (isAny ? $"meta nfproto {(isIpv4 ? "ipv4" : "ipv6")} " : "");
            foreach (var (protocol, ports) in ProposalText.Services(rule))
                yield return $"{addresses}{Service(protocol, ports)}".TrimEnd();
        }
    }

    private static string Service(IpProtocol? protocol, ImmutableArray<Interval<ushort>> ports)
    {
        if (protocol is not { } known)
            return "";
        return ports.IsEmpty
            ? $"meta l4proto {known.Value}"
            : $"{known} dport {{ {string.Join(", ", ports.Select(range => ProposalText.Range(range)))} }}";
    }

    private static string Addresses(IntervalSet<UInt128> set) =>
        $"{{ {string.Join(", ", ProposalText.Members(set).Select(ProposalText.Text))} }}";
}
