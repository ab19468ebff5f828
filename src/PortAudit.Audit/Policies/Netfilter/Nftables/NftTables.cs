namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Tables by family and name, and what a ruleset says of chains, in either form.</summary>
internal static class NftTables
{
    /// <summary>The family of a keyword; null for <c>arp</c>, which is no traffic of addresses, and for other
    /// words.</summary>
    public static TableFamily? Family(string word) => word switch
    {
        "ip" => TableFamily.Ipv4,
        "ip6" => TableFamily.Ipv6,
        "inet" => TableFamily.Both,
        "bridge" => TableFamily.Bridge,
        "netdev" => TableFamily.Netdev,
        _ => null,
    };

    /// <summary>The priority of a number or of one of the names of nft(8), "Standard priority names"; null when it is
    /// none.</summary>
    /// <param name="name">The name or number.</param>
    /// <param name="offset">What is added to it.</param>
    public static int? Priority(string name, int offset) => name switch
    {
        "raw" => -300 + offset,
        "mangle" => -150 + offset,
        "dstnat" => -100 + offset,
        "filter" => offset,
        "security" => 50 + offset,
        "srcnat" or "out" => 100 + offset,
        _ => int.TryParse(name, System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out var number) ? number + offset : null,
    };

    /// <summary>Sets what a declaration says of a base chain.</summary>
    /// <returns>Why it is not understood; null when it is.</returns>
    public static string? SetBase(ChainDraft chain, string type, string hook, int? priority)
    {
        chain.IsNat = type == "nat";
        if (ChainHooks.Named(hook) is not { } known)
        {
            chain.Hide($"unknown hook '{Import.ConfigurationText.Shown(hook)}'");
            return $"unknown hook '{Import.ConfigurationText.Shown(hook)}'";
        }

        chain.Hook = known;
        chain.Priority = priority ?? 0;
        return null;
    }
}
