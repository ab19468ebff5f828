using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.PolicyReview;

namespace PortAudit.Reports.Policies.Proposals;

/// <summary>A language in which proposed rules are written. To add one, add a row.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its name in words.</param>
/// <param name="WriteRules">Writes rules under lines of comment.</param>
public sealed record ProposalFormat(string Name, string Title,
    Action<ImmutableArray<ProposedRule>, IEnumerable<string>, TextWriter> WriteRules)
{
    /// <summary>The languages, in the order in which help lists them.</summary>
    public static ImmutableArray<ProposalFormat> All { get; } =
    [
        new("nftables", "nftables", NftablesProposal.Write),
        new("windows", "Windows Firewall (PowerShell)", WindowsProposal.Write),
        new("cisco-asa", "Cisco ASA", AsaProposal.Write),
        new("pan-os", "PAN-OS set commands", PanOsProposal.Write),
    ];

    /// <summary>Writes the rules that a report proposes.</summary>
    public void Write(AuditReport report, ProposalWidth width, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        var rules = report.Proposal?.Rules(width) ?? [];
        WriteRules(rules, ProposalText.Head(report, rules, width), writer);
    }
}
