using System.Collections.Immutable;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>A rulebase of a configuration.</summary>
/// <param name="Node">The rulebase: <c>pre-rulebase</c>, <c>rulebase</c> or <c>post-rulebase</c>.</param>
/// <param name="Levels">Where its rules look up objects, the nearest first.</param>
internal sealed record PanOsRulebase(PanOsNode Node, ImmutableArray<PanOsNode> Levels);

/// <summary>A firewall as rules see it: a virtual system, or a device group of Panorama.</summary>
/// <param name="Name">Its name; empty for a device without virtual systems.</param>
/// <param name="Holder">What holds its zones.</param>
/// <param name="Rulebases">Its rulebases in the order in which the device goes through them: what Panorama puts in
/// front, its own, what Panorama puts behind (PAN-OS Administrator's Guide, "Policy Rulebases").</param>
/// <param name="Defaults">Rulebases that may override the default rules, the one that counts first.</param>
internal sealed record PanOsScope(string Name, PanOsNode Holder, ImmutableArray<PanOsRulebase> Rulebases,
    ImmutableArray<PanOsRulebase> Defaults)
{
    /// <summary>Device groups above each other that are followed; Panorama allows four.</summary>
    private const int MaxAncestors = 16;

    /// <summary>Parts that stand at the root of a device without virtual systems.</summary>
    private static readonly ImmutableArray<string> OfDevice = ["rulebase", "zone", "address", "service"];

    /// <summary>Finds the virtual systems and device groups of a configuration.</summary>
    public static ImmutableArray<PanOsScope> All(PanOsTree tree)
    {
        Lift(tree);
        var root = tree.Root;
        var scopes = ImmutableArray.CreateBuilder<PanOsScope>();
        if (OfDevice.Any(word => root.Find(word) is not null))
            scopes.Add(Device("", root, root));
        foreach (var vsys in root.Find("vsys")?.Children ?? [])
            scopes.Add(Device(vsys.Name, vsys, root));
        foreach (var group in root.Find("device-group")?.Children ?? [])
            scopes.Add(Group(group, root));
        if (scopes.Count == 0)
            scopes.Add(Device("", root, root));
        return scopes.Count == 1 ? [scopes[0] with { Name = "" }] : scopes.ToImmutable();
    }

    /// <summary>Takes away what wraps a configuration: answers of the API, <c>config</c>, the only device.</summary>
    private static void Lift(PanOsTree tree)
    {
        foreach (var wrapping in new[] { "response", "result", "config" })
        {
            if (tree.Root.Find(wrapping) is { } node)
                tree.Lift(node);
        }

        if (tree.Root.Find("devices") is not { } devices)
            return;
        devices.Mark(PanOsUse.Understood);
        foreach (var device in devices.Children)
            tree.Lift(device);
    }

    private static PanOsScope Device(string name, PanOsNode holder, PanOsNode root)
    {
        PanOsNode?[] pushed = [holder.Find("policy", "panorama"), holder.Find("panorama"),
            root.Find("policy", "panorama"), root.Find("panorama")];
        var panorama = pushed.OfType<PanOsNode>().Distinct().ToImmutableArray();
        ImmutableArray<PanOsNode> shared = root.Find("shared") is { } found ? [found] : [];
        ImmutableArray<PanOsNode> own = [holder, .. panorama, .. shared, .. holder == root ? [] : new[] { root }];
        var local = Of([holder], "rulebase", own);
        panorama = [.. shared, .. panorama];
        ImmutableArray<PanOsNode> levels = [.. panorama.Reverse(), .. own];
        var behind = Of([.. panorama.Reverse()], "post-rulebase", levels).ToImmutableArray();
        return new PanOsScope(name, holder, [.. Of(panorama, "pre-rulebase", levels), .. local, .. behind],
            [.. local, .. behind]);
    }

    /// <summary>A device group. What its devices have of their own is not in Panorama's file; the list is what Panorama
    /// gives them.</summary>
    private static PanOsScope Group(PanOsNode group, PanOsNode root)
    {
        var levels = new List<PanOsNode> { group };
        while (levels.Count < MaxAncestors && Parent(levels[^1], root) is { } parent && !levels.Contains(parent))
            levels.Add(parent);
        if (root.Find("shared") is { } shared)
            levels.Add(shared);
        var before = Enumerable.Reverse(levels).SelectMany(level => At(level, "pre-rulebase"));
        var behind = levels.SelectMany(level => At(level, "post-rulebase")).ToImmutableArray();
        return new PanOsScope(group.Name, group, [.. before, .. behind], behind);

        IEnumerable<PanOsRulebase> At(PanOsNode level, string rulebase) =>
            Of([level], rulebase, [.. levels.SkipWhile(other => other != level)]);
    }

    private static PanOsNode? Parent(PanOsNode group, PanOsNode root)
    {
        var name = group.ValueOf("parent-dg");
        foreach (var device in root.Find("readonly", "devices")?.Children ?? [])
            name ??= device.Find("device-group", group.Name)?.ValueOf("parent-dg");
        return name is null ? null : root.Find("device-group", name);
    }

    private static IEnumerable<PanOsRulebase> Of(ImmutableArray<PanOsNode> holders, string name,
        ImmutableArray<PanOsNode> levels) =>
        holders.Select(holder => holder.Find(name)).OfType<PanOsNode>()
            .Select(node => new PanOsRulebase(node, [.. levels.Distinct()]));
}
