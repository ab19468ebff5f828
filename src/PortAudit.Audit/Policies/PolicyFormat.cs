using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Policies.Netfilter.Iptables;
using PortAudit.Audit.Policies.Netfilter.Nftables;

namespace PortAudit.Audit.Policies;

/// <summary>A format of firewall configurations.</summary>
/// <param name="Name">Its name in options, site files and reports.</param>
/// <param name="Title">Its name in words.</param>
/// <param name="Recognises">Whether a file is of the format, by its content.</param>
/// <param name="Read">Reads a file; never throws for what it holds.</param>
public sealed record PolicyFormat(string Name, string Title, Func<ConfigurationText, bool> Recognises,
    Func<ConfigurationText, Policy> Read)
{
    /// <summary>All formats, in the order in which they are tried. To add one, add a row.</summary>
    public static ImmutableArray<PolicyFormat> All { get; } =
    [
        new(IptablesFormat.Name, "iptables (iptables-save)", IptablesFormat.Recognises, IptablesReader.Read),
        new(NftFormat.JsonName, "nftables (nft -j list ruleset)", NftFormat.RecognisesJson, NftJsonReader.Read),
        new(NftFormat.Name, "nftables (nft list ruleset)", NftFormat.Recognises, NftReader.Read),
    ];
}
