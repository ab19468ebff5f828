using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Addresses that a name stands for.</summary>
/// <param name="Match">The addresses; open when not all are known.</param>
/// <param name="Reason">Why not, in a clause; null when all are known.</param>
internal readonly record struct PanOsAddress(AddressMatch Match, string? Reason)
{
    /// <summary>Nothing is known of it.</summary>
    public static PanOsAddress Open(string reason) =>
        new(new AddressMatch(IntervalSet.Empty<UInt128>(), IsOpen: true), reason);
}

/// <summary>Looks up address objects, groups and literal addresses (PAN-OS Administrator's Guide, "Address Objects").
/// </summary>
/// <param name="draft">Receives objects that are not evaluated.</param>
/// <param name="budget">What all expanded objects may hold.</param>
internal sealed class PanOsAddresses(PolicyDraft draft, ExpansionBudget budget)
{
    private readonly Dictionary<PanOsNode, PanOsAddress> _known = [];
    private readonly HashSet<PanOsNode> _open = [];

    /// <summary>What a name or a literal stands for.</summary>
    /// <param name="name">The word of the rule or group.</param>
    /// <param name="levels">Where objects are looked up, the nearest first.</param>
    /// <param name="depth">Groups around it.</param>
    public PanOsAddress Find(string name, ReadOnlySpan<PanOsNode> levels, int depth = 0)
    {
        if (name == "any")
            return new PanOsAddress(AddressMatch.Any, null);
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Find("address", name) is { } address)
                return Object(address);
            if (levels[i].Find("address-group", name) is { } group)
                return Group(group, levels[i..], depth);
            if (levels[i].Find("external-list", name) is not null)
                return Known(name, $"the external list '{ConfigurationText.Shown(name)}' is not in the file");
            if (levels[i].Find("region", name) is not null)
                return Known(name, $"the region '{ConfigurationText.Shown(name)}' is not evaluated");
        }

        if (AddressWords.TryParse(name, out var set))
            return new PanOsAddress(new AddressMatch(set), null);
        return Known(name, name is [>= 'A' and <= 'Z', >= 'A' and <= 'Z']
            ? $"the addresses of the country {name} are not in the file"
            : $"the address '{ConfigurationText.Shown(name)}' is not defined");
    }

    private PanOsAddress Object(PanOsNode node)
    {
        if (_known.TryGetValue(node, out var known))
            return known;
        var value = node.Children.LastOrDefault(child =>
            child.Name is "ip-netmask" or "ip-range" or "ip-wildcard" or "fqdn");
        var address = Read(node, value);
        if (address.Reason is { } reason)
            draft.NotEvaluable((value?.Value ?? value ?? node).Line, reason);
        _known.Add(node, address);
        return address;
    }

    private PanOsAddress Read(PanOsNode node, PanOsNode? value)
    {
        var (kind, text) = (value?.Name, value?.Value?.Name ?? "");
        if (node.Find(PanOsTree.Unread) is not null)
            return PanOsAddress.Open($"the address '{ConfigurationText.Shown(node.Name)}' could not be read");
        if (kind == "fqdn")
            return Known(text,
                $"the addresses of the name '{ConfigurationText.Shown(text)}' are not in the file");
        if (kind == "ip-wildcard" ? TryReadWildcard(text, out var set) : AddressWords.TryParse(text, out set))
            return new PanOsAddress(new AddressMatch(set), null);
        return PanOsAddress.Open(value is null
            ? $"the address '{ConfigurationText.Shown(node.Name)}' has no value"
            : $"'{ConfigurationText.Shown(text)}' is no address");
    }

    /// <summary>What is known of a name apart from the file; open without.</summary>
    private PanOsAddress Known(string name, string reason) => draft.Text.Known.Find(name) is { } set
        ? new PanOsAddress(new AddressMatch(set), null)
        : PanOsAddress.Open(reason);

    /// <summary><c>10.0.0.0/0.0.248.255</c>: bits of the mask that are set may differ.</summary>
    private static bool TryReadWildcard(string text, out IntervalSet<UInt128> set)
    {
        set = IntervalSet.Empty<UInt128>();
        if (text.Split('/') is not [var first, var second] || !IpAddress.TryParse(first, out var address)
            || !IpAddress.TryParse(second, out var wildcard) || !address.IsIpv4 || !wildcard.IsIpv4
            || AddressSet.OfWildcard(address.Ipv4Value, wildcard.Ipv4Value) is not { } found)
            return false;
        set = found;
        return true;
    }

    private PanOsAddress Group(PanOsNode node, ReadOnlySpan<PanOsNode> levels, int depth)
    {
        if (_known.TryGetValue(node, out var known))
            return known;
        var name = ConfigurationText.Shown(node.Name);
        if (depth >= ExpansionBudget.MaxDepth)
            return PanOsAddress.Open(string.Create(CultureInfo.InvariantCulture,
                $"groups are nested deeper than {ExpansionBudget.MaxDepth}"));
        if (!_open.Add(node))
            return PanOsAddress.Open($"the group '{name}' holds itself");
        var address = node.Find("dynamic") is { } filter
            ? Dynamic(node.Name, filter)
            : Members(node, levels, depth);
        _open.Remove(node);
        _known.Add(node, address);
        return address;
    }

    private PanOsAddress Members(PanOsNode group, ReadOnlySpan<PanOsNode> levels, int depth)
    {
        // Before PAN-OS 6.0 the members stood in the group itself.
        var members = group.Find("static") ?? group;
        var (union, reason) = (new AddressUnion(budget), (string?)null);
        foreach (var member in members.Children)
        {
            if (member.Name is "description" or "tag" or "disable-override" && members == group)
                continue;
            var address = Find(member.Name, levels, depth + 1);
            union.Add(address.Match);
            if (address.Reason is not { } why)
                continue;
            draft.NotEvaluable(member.Line, why);
            reason ??= why;
        }

        if (union.IsEmpty)
            return Refuse(group, $"the group '{ConfigurationText.Shown(group.Name)}' is empty");
        var match = union.Build();
        if (match.IsOpen)
            reason ??= "the objects of the file hold too many addresses";
        return new PanOsAddress(match, reason);
    }

    private PanOsAddress Dynamic(string name, PanOsNode filter) => draft.Text.Known.Find(name) is { } set
        ? new PanOsAddress(new AddressMatch(set), null)
        : Refuse(filter, $"the members of the dynamic group '{ConfigurationText.Shown(name)}' are not in the file");

    private PanOsAddress Refuse(PanOsNode node, string reason)
    {
        draft.NotEvaluable(node.Line, reason);
        return PanOsAddress.Open(reason);
    }
}
