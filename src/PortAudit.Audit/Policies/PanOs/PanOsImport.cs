using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Makes a policy of a configuration's tree.</summary>
/// <param name="draft">The file.</param>
/// <param name="tree">Its words.</param>
internal sealed class PanOsImport(PolicyDraft draft, PanOsTree tree)
{
    /// <summary>Rulebases that may change what passes and are not evaluated.</summary>
    private static readonly ImmutableDictionary<string, string> OtherRulebases =
        ImmutableDictionary.CreateRange<string, string>(
        [
            new("dos", "protection against floods is not evaluated"),
            new("authentication", "authentication of users is not evaluated"),
            new("captive-portal", "authentication of users is not evaluated"),
        ]);

    private readonly ExpansionBudget _budget = new();

    /// <summary>Reads everything.</summary>
    public Policy Import()
    {
        var scopes = PanOsScope.All(tree);
        MarkSections();
        foreach (var scope in scopes)
            MarkHolder(scope.Holder);
        var addresses = new PanOsAddresses(draft, _budget);
        var rules = new PanOsRules(draft, addresses, new PanOsServices(draft, _budget),
            new PanOsApplications(_budget), _budget);
        var translations = new PanOsTranslations(draft, addresses, _budget);
        var lists = scopes.Select(scope => List(scope, rules, scopes.Length > 1)).ToImmutableArray();
        var translated = scopes.SelectMany(scope => scope.Rulebases).DistinctBy(rulebase => rulebase.Node)
            .SelectMany(translations.Read).ToImmutableArray();
        var zones = Zones(scopes, addresses);
        tree.Settle(draft);
        return new Policy
        {
            Name = HostName() ?? Path.GetFileName(draft.Text.Path),
            Format = PanOsReader.Format,
            Files = [new PolicyFile(draft.Text.Path, draft.Text.Sha256)],
            Lists = lists,
            Zones = zones,
            Translations = translated,
            MatchesMappedAddresses = true,
            NotEvaluable = draft.NotEvaluableLines(),
            Lines = draft.Counts(),
        };
    }

    private PolicyList List(PanOsScope scope, PanOsRules rules, bool isOneOfMany)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var read = new List<PolicyRule>();
        foreach (var rulebase in scope.Rulebases)
            read.AddRange(rules.Read(rulebase, Prefix(scope)).Select(Unique));
        var line = scope.Rulebases.FirstOrDefault()?.Node.Line ?? Math.Max(scope.Holder.Line, 1);
        if (tree.CutAt is { } cut)
            read.AddRange(Unread(cut, tree.CutReason ?? "not read").Select(Unique));
        if (tree.IsUnordered)
            read.InsertRange(0, Unread(line, "the order of the rules is not known").Select(Unique));
        read.AddRange(PanOsDefaults.Of(draft, scope, line).Select(Unique));
        return new PolicyList
        {
            Name = isOneOfMany && scope.Name.Length > 0 ? ConfigurationText.Shown(scope.Name) : "security rules",
            Rules = [.. read],
            Bindings = [new PolicyBinding(PolicyHook.Forward, ZoneMatch.Any, ZoneMatch.Any)],
        };

        PolicyRule Unique(PolicyRule rule)
        {
            var name = rule.Name;
            for (var i = 2; !names.Add(name); i++)
                name = $"{rule.Name} #{i}";
            return name == rule.Name ? rule : rule with { Name = name };
        }
    }

    /// <summary>Rules that may stand where the file was not read.</summary>
    private IEnumerable<PolicyRule> Unread(int line, string reason) => UndecidedRule.Of(new PolicyRule
    {
        Name = PanOsTree.Unread,
        Line = draft.Line(line),
        Text = "",
        Action = PolicyAction.Drop,
        IsImplicit = true,
    }, reason);

    /// <summary>What stands before names of zones: two virtual systems may give zones the same name.</summary>
    private static string Prefix(PanOsScope scope) => scope.Name.Length > 0 && scope.Holder.Find("zone") is not null
        ? $"{ConfigurationText.Shown(scope.Name)}/"
        : "";

    private ImmutableArray<PolicyZone> Zones(ImmutableArray<PanOsScope> scopes, PanOsAddresses addresses)
    {
        var zones = new PanOsZones(draft, addresses);
        foreach (var scope in scopes)
            zones.AddZones(scope.Holder, Prefix(scope));
        ImmutableArray<PanOsNode> levels = [scopes[0].Holder, tree.Root, .. new[] { tree.Root.Find("shared") }
            .OfType<PanOsNode>()];
        if (tree.Root.Find("network") is { } network)
            zones.AddNetwork(network, levels);
        foreach (var template in tree.Root.Find("template")?.Children ?? [])
            AddTemplate(zones, template, levels);
        return zones.Build();
    }

    private static void AddTemplate(PanOsZones zones, PanOsNode template, ImmutableArray<PanOsNode> levels)
    {
        PanOsNode?[] configs = [template.Find("config"), .. template.Find("config", "devices")?.Children ?? []];
        foreach (var config in configs.OfType<PanOsNode>())
        {
            foreach (var holder in config.Find("vsys")?.Children.Append(config) ?? [config])
                zones.AddZones(holder, "");
        }

        foreach (var network in configs.Select(config => config?.Find("network")).OfType<PanOsNode>())
            zones.AddNetwork(network, levels);
    }

    private string? HostName() => tree.Root.Find("deviceconfig", "system")?.ValueOf("hostname") is { Length: > 0 } name
        ? ConfigurationText.Shown(name)
        : null;

    /// <summary>Says of each part of the tree that this reader knows what its lines are.</summary>
    private void MarkSections()
    {
        MarkHolder(tree.Root);
        foreach (var holder in new[]
        {
            tree.Root.Find("shared"), tree.Root.Find("policy", "panorama"), tree.Root.Find("panorama"),
        }.OfType<PanOsNode>())
            MarkHolder(holder);
        foreach (var group in tree.Root.Find("device-group")?.Children ?? [])
            MarkHolder(group);
        foreach (var word in new[] { "vsys", "device-group", "shared", "policy", "panorama", "readonly" })
            tree.Root.Find(word)?.Mark(PanOsUse.Understood);
        tree.Root.Find("network", "shared-gateway")?.Mark(PanOsUse.NotEvaluable, "shared gateways are not evaluated");
        if (tree.Root.Find("network", "profiles", "zone-protection-profile") is { } protection)
            protection.Mark(PanOsUse.NotEvaluable, "zone protection may drop what rules permit");
    }

    /// <summary>Says of the parts of a device, virtual system, device group or of what is shared what they are.
    /// </summary>
    private static void MarkHolder(PanOsNode holder)
    {
        foreach (var part in holder.Children)
        {
            if (part.Use != PanOsUse.Inherited)
                continue;
            if (PanOsSections.Policy.Contains(part.Name))
                part.Mark(PanOsUse.Understood);
            else if (PanOsSections.Others.Contains(part.Name))
                part.Mark(PanOsUse.Other);
            if (part.Name is "rulebase" or "pre-rulebase" or "post-rulebase")
                MarkRulebase(part);
        }
    }

    /// <summary>Overrides say what a packet is taken for; rules by application are open anyway.</summary>
    private static void MarkRulebase(PanOsNode rulebase)
    {
        foreach (var part in rulebase.Children)
        {
            if (OtherRulebases.TryGetValue(part.Name, out var reason))
                part.Mark(PanOsUse.NotEvaluable, reason);
            else if (part.Name is "security" or "nat" or "default-security-rules")
                part.Mark(PanOsUse.NotEvaluable, "no firewall of the file has these rules");
            else if (part.Name is "application-override" or "qos" or "pbf" or "decryption" or "sdwan"
                or "tunnel-inspect" or "network-packet-broker")
                part.Mark(PanOsUse.Other);
        }
    }
}
