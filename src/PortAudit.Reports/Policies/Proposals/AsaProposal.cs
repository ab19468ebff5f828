using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Policies.Proposals;

/// <summary>Proposed rules for Cisco ASA: network objects and groups, one extended access list, applied globally (Cisco
/// ASA Series CLI Configuration Guide, "Access Control Lists").</summary>
internal static class AsaProposal
{
    private const string List = "PORTAUDIT";

    /// <summary>Writes the commands.</summary>
    public static void Write(ImmutableArray<ProposedRule> rules, IEnumerable<string> head, TextWriter writer)
    {
        foreach (var line in head)
            writer.Write($"! {line}\n");
        var groups = new Dictionary<IntervalSet<UInt128>, string>();
        foreach (var set in rules.SelectMany(rule => new[] { rule.From, rule.To }).Where(set => !set.IsAll))
        {
            if (groups.TryAdd(set, string.Create(CultureInfo.InvariantCulture, $"PORTAUDIT_{groups.Count + 1}")))
                WriteGroup(writer, groups[set], set);
        }

        foreach (var rule in rules)
        {
            writer.Write($"access-list {List} remark {Remark(ProposalText.Why(rule))}\n");
            foreach (var (protocol, ports) in ProposalText.Services(rule))
            {
                foreach (var port in ports.IsEmpty ? [""] : ports.Select(Port))
                    writer.Write($"access-list {List} extended permit {Name(protocol)} {Party(rule.From)} "
                        + $"{Party(rule.To)}{port}\n");
            }
        }

        writer.Write($"access-list {List} extended deny ip any any\n");
        writer.Write($"access-group {List} global\n");

        string Party(IntervalSet<UInt128> set) => set.IsAll ? "any" : $"object-group {groups[set]}";
    }

    private static void WriteGroup(TextWriter writer, string name, IntervalSet<UInt128> set)
    {
        var members = new List<string>();
        foreach (var member in ProposalText.Members(set))
        {
            if (member.Prefix is { } prefix)
                members.Add("network-object "
                    + (ProposalText.IsHost(prefix) ? $"host {prefix.Address}" : Text(prefix)));
            else
            {
                var part = string.Create(CultureInfo.InvariantCulture, $"{name}_R{members.Count + 1}");
                writer.Write($"object network {part}\n range {member.First} {member.Last}\n");
                members.Add($"network-object object {part}");
            }
        }

        writer.Write($"object-group network {name}\n");
        foreach (var member in members)
            writer.Write($" {member}\n");
    }

    private static string Text(Prefix prefix) => prefix.Address.IsIpv4
        ? $"{prefix.Address} {IpAddress.FromIpv4(prefix.Length == 0 ? 0 : uint.MaxValue << (32 - prefix.Length))}"
        : prefix.ToString();

    private static string Port(Interval<ushort> range) => range.First == range.Last
        ? $" eq {ProposalText.Range(range)}"
        : $" range {ProposalText.Range(range, " ")}";

    private static string Name(IpProtocol? protocol) => protocol switch
    {
        null => "ip",
        { Value: 1 } => "icmp",
        { Value: 58 } => "icmp6",
        { HasPorts: true } known => known.ToString(),
        { } other => other.Value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A remark has at most 100 characters.</summary>
    private static string Remark(string text) => text.Length <= 100 ? text : $"{text[..97]}...";
}
