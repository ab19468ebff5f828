using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;

namespace PortAudit.Reports.Policies.Proposals;

/// <summary>Proposed rules as a PowerShell script for Windows Firewall (New-NetFirewallRule): inbound rules with the
/// addresses of their hosts, so that one script serves all hosts.</summary>
internal static class WindowsProposal
{
    /// <summary>Writes the script.</summary>
    public static void Write(ImmutableArray<ProposedRule> rules, IEnumerable<string> head, TextWriter writer)
    {
        foreach (var line in head)
            writer.Write($"# {line}\r\n");
        var number = 0;
        foreach (var rule in rules)
        {
            foreach (var (protocol, ports) in ProposalText.Services(rule))
            {
                var parts = new List<string>
                {
                    string.Create(CultureInfo.InvariantCulture, $"New-NetFirewallRule -Name 'PortAudit-{++number}'"),
                    $"-DisplayName '{Quoted(string.Join(", ", rule.Basis.Take(3).Select(basis => basis.Rule.Id)))}'",
                    $"-Description '{Quoted(ProposalText.Why(rule))}'",
                    "-Group 'PortAudit' -Direction Inbound -Action Allow",
                };
                if (protocol is { } known)
                    parts.Add($"-Protocol {(known.HasPorts && known.Value is 6 or 17
                        ? known.ToString().ToUpperInvariant()
                        : known.Value.ToString(CultureInfo.InvariantCulture))}");
                if (!ports.IsEmpty)
                    parts.Add("-LocalPort "
                        + string.Join(',', ports.Select(range => $"'{ProposalText.Range(range)}'")));
                if (!rule.To.IsAll)
                    parts.Add($"-LocalAddress {Addresses(rule.To)}");
                if (!rule.From.IsAll)
                    parts.Add($"-RemoteAddress {Addresses(rule.From)}");
                writer.Write($"{string.Join(' ', parts)}\r\n");
            }
        }
    }

    private static string Addresses(IntervalSet<UInt128> set) =>
        string.Join(',', ProposalText.Members(set).Select(member => $"'{ProposalText.Text(member)}'"));

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
