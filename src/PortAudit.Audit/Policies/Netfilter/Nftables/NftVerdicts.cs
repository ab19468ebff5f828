using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Verdicts by their keywords (nft(8), "Verdict statement").</summary>
internal static class NftVerdicts
{
    /// <summary>A program decides.</summary>
    public static NftVerdict Queue { get; } = new(null, Reason: "a program of the host decides (queue)");

    /// <summary>Refuses with an answer.</summary>
    public static NftVerdict Reject { get; } = new(PolicyAction.Reject);

    /// <summary>The verdict of a keyword without a target.</summary>
    public static NftVerdict Simple(string word) => word switch
    {
        "accept" => new NftVerdict(PolicyAction.Permit),
        "drop" => new NftVerdict(PolicyAction.Drop),
        "return" => new NftVerdict(PolicyAction.Return),
        "continue" => new NftVerdict(PolicyAction.Continue),
        "reject" => Reject,
        "queue" => Queue,
        _ => new NftVerdict(null, Reason: $"unknown verdict '{Import.ConfigurationText.Shown(word)}'"),
    };
}
