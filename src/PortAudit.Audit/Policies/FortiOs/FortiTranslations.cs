using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Reads what the device translates: destinations by virtual IPs, sources by policies with <c>nat</c> or by
/// the table of central NAT (FortiOS Administration Guide, "Source NAT").</summary>
/// <param name="draft">The file.</param>
/// <param name="scope">The virtual domain.</param>
/// <param name="addresses">Its addresses.</param>
/// <param name="budget">What expanded translations may hold.</param>
internal sealed class FortiTranslations(PolicyDraft draft, FortiScope scope, FortiAddresses addresses,
    ExpansionBudget budget)
{
    /// <summary>The translations of a domain.</summary>
    /// <param name="virtualIps">Its virtual IPs.</param>
    public IEnumerable<PolicyTranslation> Read(IEnumerable<FortiVirtualIp> virtualIps)
    {
        foreach (var virtualIp in virtualIps)
            yield return new PolicyTranslation(draft.Line(virtualIp.Line), $"virtual IP {virtualIp.Name}",
                virtualIp.Mapped, virtualIp.External, virtualIp.IsStatic);
        foreach (var policy in scope.Find("firewall policy")?.Blocks ?? [])
        {
            if (policy.IsOn("nat") && IsOn(policy) && policy.Value("action") is "accept" && !scope.HasCentralNat)
                yield return Source(policy, "srcaddr", policy.IsOn("ippool") ? "poolname" : "");
        }

        foreach (var map in scope.Find("firewall central-snat-map")?.Blocks ?? [])
        {
            if (scope.HasCentralNat && IsOn(map) && map.Value("nat") is null or "enable")
                yield return Source(map, "orig-addr", "nat-ippool");
        }
    }

    private static bool IsOn(FortiBlock block) => block.Value("status") is null or "enable";

    private PolicyTranslation Source(FortiBlock block, string source, string pool) => new(draft.Line(block.Line),
        ConfigurationText.Shown($"edit {block.Name} {source} {block.Setting(source)?.Text} {pool}"),
        Union(block.Setting(source), name => addresses.Find(name, isIpv6: false).Match),
        Union(block.Setting(pool), Pool), IsStatic: false);

    private AddressMatch Pool(string name)
    {
        var pool = scope.Entry("firewall ippool", name);
        return AddressWords.TryParse($"{pool?.Value("startip")}-{pool?.Value("endip")}", out var set)
            ? new AddressMatch(set)
            : FortiAddress.Open("").Match;
    }

    /// <summary>The addresses that names stand for; null when they are not all known.</summary>
    private IntervalSet<UInt128>? Union(FortiSetting? setting, Func<string, AddressMatch> find)
    {
        if (setting is null || setting.Words.IsEmpty)
            return null;
        var union = new AddressUnion(budget);
        foreach (var word in setting.Words)
            union.Add(find(word));
        var match = union.Build();
        return match.IsOpen ? null : match.Set;
    }
}
