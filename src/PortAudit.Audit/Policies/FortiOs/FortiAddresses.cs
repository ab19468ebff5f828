using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Addresses that a name stands for.</summary>
/// <param name="Match">The addresses; open when not all are known.</param>
/// <param name="Reason">Why not, in a clause; null when all are known.</param>
internal readonly record struct FortiAddress(AddressMatch Match, string? Reason)
{
    /// <summary>Nothing is known of it.</summary>
    public static FortiAddress Open(string reason) =>
        new(new AddressMatch(IntervalSet.Empty<UInt128>(), IsOpen: true), reason);

    /// <summary>Known addresses.</summary>
    public static FortiAddress Of(IntervalSet<UInt128> set) => new(new AddressMatch(set), null);
}

/// <summary>Looks up addresses and groups of a virtual domain (FortiOS CLI Reference, <c>firewall address</c>,
/// <c>firewall addrgrp</c> and their IPv6 forms).</summary>
/// <param name="draft">Receives objects that are not evaluated.</param>
/// <param name="scope">The virtual domain.</param>
/// <param name="budget">What all expanded objects may hold.</param>
internal sealed class FortiAddresses(PolicyDraft draft, FortiScope scope, ExpansionBudget budget)
{
    private readonly Dictionary<FortiBlock, FortiAddress> _known = [];
    private readonly HashSet<FortiBlock> _open = [];

    /// <summary>What a name stands for.</summary>
    /// <param name="name">The word of the policy or group.</param>
    /// <param name="isIpv6">True for the tables of IPv6.</param>
    /// <param name="depth">Groups around it.</param>
    public FortiAddress Find(string name, bool isIpv6, int depth = 0)
    {
        var suffix = isIpv6 ? "6" : "";
        if (scope.Entry($"firewall address{suffix}", name) is { } address)
            return Object(address, isIpv6);
        if (scope.Entry($"firewall addrgrp{suffix}", name) is { } group)
            return Group(group, isIpv6, depth);
        return name switch
        {
            "all" => FortiAddress.Of(Everything(isIpv6)),
            "none" => FortiAddress.Of(IntervalSet.Empty<UInt128>()),
            _ => Known(name, $"the address '{ConfigurationText.Shown(name)}' is not defined"),
        };
    }

    /// <summary>What is known of a name apart from the file; open without.</summary>
    private FortiAddress Known(string name, string reason) =>
        draft.Text.Known.Find(name) is { } set ? FortiAddress.Of(set) : FortiAddress.Open(reason);

    /// <summary>All addresses of a family: <c>all</c> of an IPv4 table has no IPv6 addresses.</summary>
    public static IntervalSet<UInt128> Everything(bool isIpv6) =>
        isIpv6 ? AddressSet.AnyIpv6 : AddressSet.AnyIpv4;

    private FortiAddress Object(FortiBlock block, bool isIpv6)
    {
        if (_known.TryGetValue(block, out var known))
            return known;
        var address = Read(block, isIpv6);
        if (address.Reason is { } reason)
            draft.NotEvaluable(block.Line, reason);
        _known.Add(block, address);
        return address;
    }

    private FortiAddress Read(FortiBlock block, bool isIpv6)
    {
        var name = ConfigurationText.Shown(block.Name);
        if (block.Setting(FortiTree.Unread) is not null)
            return FortiAddress.Open($"the address '{name}' could not be read");
        IntervalSet<UInt128>? set;
        switch (block.Value("type") ?? (isIpv6 ? "ipprefix" : "ipmask"))
        {
            case "ipmask":
                set = block.Setting("subnet") is null ? AddressSet.AnyIpv4 : Network(block.Words("subnet").AsSpan());
                break;
            case "ipprefix":
                set = block.Setting("ip6") is null ? AddressSet.AnyIpv6 : Network(block.Words("ip6").AsSpan());
                break;
            case "iprange":
                set = Range(block.Value("start-ip"), block.Value("end-ip"));
                break;
            case "wildcard":
                set = Wildcard(block.Words("wildcard").AsSpan());
                break;
            case "interface-subnet":
                set = Network(block.Words("subnet").AsSpan())
                    ?? Network((scope.Entry("system interface", block.Value("interface") ?? "")?.Words("ip") ?? [])
                        .AsSpan());
                break;
            case "fqdn" or "wildcard-fqdn":
                return draft.Text.Known.Find(block.Value("fqdn") ?? "") is { } named
                    ? FortiAddress.Of(named)
                    : Known(block.Name, $"the addresses of the name of '{name}' are not in the file");
            case var other:
                return Known(block.Name,
                    $"the address '{name}' of type '{ConfigurationText.Shown(other)}' is not in the file");
        }

        return set is null ? FortiAddress.Open($"the address '{name}' cannot be read") : FortiAddress.Of(set);
    }

    /// <summary><c>10.0.0.0 255.0.0.0</c> or a prefix.</summary>
    private static IntervalSet<UInt128>? Network(ReadOnlySpan<string> words) =>
        FortiWords.TryParseNetwork(words, out var prefix) ? AddressSet.Of(prefix) : null;

    private static IntervalSet<UInt128>? Range(string? first, string? last) =>
        AddressWords.TryParse($"{first}-{last}", out var set) ? set : null;

    /// <summary><c>10.0.0.1 255.0.0.255</c>: bits of the mask that are set have to agree.</summary>
    private static IntervalSet<UInt128>? Wildcard(ReadOnlySpan<string> words) =>
        words is [var first, var second] && IpAddress.TryParse(first, out var address) && address.IsIpv4
        && IpAddress.TryParse(second, out var mask) && mask.IsIpv4
            ? AddressSet.OfWildcard(address.Ipv4Value, ~mask.Ipv4Value)
            : null;

    private FortiAddress Group(FortiBlock block, bool isIpv6, int depth)
    {
        if (_known.TryGetValue(block, out var known))
            return known;
        var name = ConfigurationText.Shown(block.Name);
        if (depth >= ExpansionBudget.MaxDepth)
            return FortiAddress.Open($"groups are nested deeper than {ExpansionBudget.MaxDepth}");
        if (!_open.Add(block))
            return FortiAddress.Open($"the group '{name}' holds itself");
        var address = Members(block, "member", isIpv6, depth);
        if (block.Setting(FortiTree.Unread) is not null)
            address = FortiAddress.Open(address.Reason ?? "not read");
        if (block.IsOn("exclude") && !block.Words("exclude-member").IsEmpty)
        {
            var excluded = Members(block, "exclude-member", isIpv6, depth);
            var match = excluded.Match.IsOpen
                ? excluded.Match.Complement()
                : address.Match with { Set = address.Match.Set.Except(excluded.Match.Set) };
            address = new FortiAddress(match, address.Reason ?? excluded.Reason);
        }

        _open.Remove(block);
        _known.Add(block, address);
        return address;
    }

    private FortiAddress Members(FortiBlock group, string setting, bool isIpv6, int depth)
    {
        var (union, reason) = (new AddressUnion(budget), (string?)null);
        foreach (var member in group.Words(setting))
        {
            var address = Find(member, isIpv6, depth + 1);
            union.Add(address.Match);
            reason ??= address.Reason;
        }

        if (union.IsEmpty)
            reason = $"the group '{ConfigurationText.Shown(group.Name)}' is empty";
        var match = union.Build();
        if (group.Setting(FortiTree.Unread) is not null)
            reason ??= $"the group '{ConfigurationText.Shown(group.Name)}' could not be read";
        if (match.IsOpen)
            reason ??= "the objects of the file hold too many addresses";
        if (reason is null)
            return new FortiAddress(match, null);
        draft.NotEvaluable(group.Setting(setting)?.Line ?? group.Line, reason);
        return new FortiAddress(match with { IsOpen = true }, reason);
    }
}
