using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Policies.Proposals;

/// <summary>Proposed rules as set commands of PAN-OS: address objects and groups, services, security rules (PAN-OS CLI
/// Quick Start). Protocols other than TCP, UDP and SCTP have no service object and are named by application.</summary>
internal static class PanOsProposal
{
    /// <summary>Longest description of a rule (PAN-OS Administrator's Guide).</summary>
    private const int MaxDescription = 1023;

    /// <summary>Writes the commands.</summary>
    public static void Write(ImmutableArray<ProposedRule> rules, IEnumerable<string> head, TextWriter writer)
    {
        foreach (var line in head)
            writer.Write($"# {line}\n");
        var groups = new Dictionary<IntervalSet<UInt128>, string>();
        foreach (var set in rules.SelectMany(rule => new[] { rule.From, rule.To }).Where(set => !set.IsAll))
        {
            if (groups.TryAdd(set, string.Create(CultureInfo.InvariantCulture, $"portaudit-{groups.Count + 1}")))
                WriteGroup(writer, groups[set], set);
        }

        var services = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var rule in rules)
        {
            var ports = new List<string>();
            foreach (var (protocol, ranges) in ProposalText.Services(rule))
            {
                if (protocol is { HasPorts: true } known)
                    ports.Add(Service(known, ranges));
                else
                    WriteRule(rule, "any", protocol is { } other ? Application(other) : "any");
            }

            if (ports.Count > 0)
                WriteRule(rule, $"[ {string.Join(' ', ports)} ]", "any");
        }

        void WriteRule(ProposedRule rule, string service, string application)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"set rulebase security rules portaudit-{++number}");
            writer.Write($"{name} from any to any\n");
            writer.Write($"{name} source {Party(rule.From)} destination {Party(rule.To)}\n");
            writer.Write($"{name} application {application} service {service}\n");
            writer.Write($"{name} action allow description \"{Description(rule)}\"\n");
        }

        string Service(IpProtocol protocol, ImmutableArray<Interval<ushort>> ranges)
        {
            var list = ranges.IsEmpty ? "0-65535" : string.Join(',', ranges.Select(range => ProposalText.Range(range)));
            var name = $"portaudit-{protocol}-{list.Replace(',', '_')}";
            if (name.Length > 63)
                name = $"portaudit-{protocol}-{Hash(list)}";
            if (services.Add(name))
                writer.Write($"set service {name} protocol {protocol} port {list}\n");
            return name;
        }

        string Party(IntervalSet<UInt128> set) => set.IsAll ? "any" : groups[set];
    }

    private static void WriteGroup(TextWriter writer, string name, IntervalSet<UInt128> set)
    {
        var members = new List<string>();
        foreach (var member in ProposalText.Members(set))
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"{name}-{members.Count + 1}");
            var kind = member.Prefix is null ? "ip-range" : "ip-netmask";
            writer.Write($"set address {part} {kind} {ProposalText.Text(member)}\n");
            members.Add(part);
        }

        writer.Write($"set address-group {name} static [ {string.Join(' ', members)} ]\n");
    }

    /// <summary>A short name for a long list of ports: names have at most 63 characters.</summary>
    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..12];

    private static string Application(IpProtocol protocol) => protocol switch
    {
        { Value: 1 } => "[ icmp ping ]",
        { Value: 58 } => "[ ipv6-icmp ping6 ]",
        { Value: 47 } => "gre",
        { Value: 50 } => "ipsec-esp",
        { Value: 51 } => "ipsec-ah",
        { } other => string.Create(CultureInfo.InvariantCulture, $"ip-protocol-{other.Value}"),
    };

    private static string Description(ProposedRule rule)
    {
        var why = ProposalText.Why(rule).Replace('"', '\'');
        return why.Length <= MaxDescription ? why : why[..MaxDescription];
    }
}
