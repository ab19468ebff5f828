using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>A virtual domain, or the device without such.</summary>
/// <param name="Name">Its name; empty for the only one.</param>
/// <param name="Holder">The block with its tables.</param>
/// <param name="Global">The block with tables of the whole device.</param>
internal sealed record FortiScope(string Name, FortiBlock Holder, FortiBlock Global)
{
    /// <summary>True when translation is apart from policies, which then name real addresses.</summary>
    public bool HasCentralNat => Find("system settings")?.IsOn("central-nat") == true;

    /// <summary>True when <c>firewall security-policy</c> decides (FortiOS Administration Guide, "NGFW policy").
    /// </summary>
    public bool HasSecurityPolicies => Find("system settings")?.Value("ngfw-mode") == "policy-based";

    /// <summary>What stands before names of zones and lists.</summary>
    public string Prefix => Name.Length == 0 ? "" : $"{ConfigurationText.Shown(Name)}/";

    /// <summary>A table of the domain.</summary>
    public FortiBlock? Find(string table) => Holder.Find(table);

    /// <summary>An entry of a table of the domain, or of one for all domains; null without it.</summary>
    public FortiBlock? Entry(string table, string name) =>
        Holder.Find(table)?.Find(name) ?? (Global == Holder ? null : Global.Find(table)?.Find(name));

    /// <summary>The virtual domains of a file.</summary>
    public static ImmutableArray<FortiScope> All(FortiBlock root)
    {
        var global = root.Find("global") ?? root;
        var domains = root.Find("vdom")?.Blocks ?? [];
        var own = domains.Where(domain => domain.Blocks.Count > 0).ToList();
        if (own.Count == 0)
            return [new FortiScope("", root, global)];
        var scopes = own.Select(domain => new FortiScope(own.Count == 1 ? "" : domain.Name, domain, global));
        return root.Blocks.Any(block => block.Name.StartsWith("firewall ", StringComparison.Ordinal))
            ? [new FortiScope("(no vdom)", root, global), .. scopes]
            : [.. scopes];
    }
}
