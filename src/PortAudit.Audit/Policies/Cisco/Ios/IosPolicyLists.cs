using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>Makes the lists of the policy of access lists and the lines that apply them. A list of one family leaves
/// the other alone, so its default denies its own family and lets the other pass.</summary>
/// <param name="device">The device.</param>
/// <param name="tables">Its access lists.</param>
/// <param name="reader">Their kinds.</param>
internal sealed class IosPolicyLists(IosDevice device, AccessListTable tables, IosListReader reader)
{
    private const byte NeighborSolicitation = 135;
    private const byte NeighborAdvertisement = 136;

    private readonly PolicyDraft _draft = device.Draft;
    private bool _hasInspection;

    /// <summary>The lists, those of the file first.</summary>
    public ImmutableArray<PolicyList> Make(IosInterfaces interfaces)
    {
        _hasInspection = interfaces.HasInspection;
        var applied = Applied(interfaces.Groups).ToLookup(group => group.List, StringComparer.Ordinal);
        var lists = ImmutableArray.CreateBuilder<PolicyList>();
        foreach (var list in tables.Lists)
            lists.Add(Of(list, [.. applied[list.Name]]));
        foreach (var (name, line) in interfaces.ZoneMembers)
            lists.Add(ZoneFirewall(name, line));
        return lists.ToImmutable();
    }

    /// <summary>The lines that hold: a later one for the same interface takes the place of an earlier one.</summary>
    private IEnumerable<IosAccessGroup> Applied(IEnumerable<IosAccessGroup> groups)
    {
        var applied = new Dictionary<(string, bool, bool), IosAccessGroup>();
        foreach (var group in groups)
        {
            applied[(group.Interface, group.IsIn, group.IsVersion6)] = group;
            if (tables.Find(group.List) is not null)
                continue;
            reader.ReadForeign(new Statement(group.Line, [], IsCut: false), group.List, "the list is not in the file");
        }

        return applied.Values.OrderBy(group => group.Line);
    }

    private PolicyList Of(AccessListDraft list, ImmutableArray<IosAccessGroup> applied)
    {
        list.Entries.Sort((first, second) => first.Number.CompareTo(second.Number));
        var isVersion6 = reader.Find(list.Name) is { Kind: IosListKind.Version6 };
        var rules = list.Rules(_draft);
        return new PolicyList
        {
            Name = list.Shown,
            Rules = [.. Inspection(list, applied), .. rules, .. Ends(list, isVersion6, rules.IsEmpty)],
            Bindings = [.. applied.SelectMany(Bindings)],
        };
    }

    /// <summary>A list at the entry also decides what is meant for the router; one at the exit does not see what the
    /// router sends itself.</summary>
    private static IEnumerable<PolicyBinding> Bindings(IosAccessGroup group)
    {
        ZoneMatch own = new([ConfigurationText.Shown(group.Interface)]);
        return group.IsIn
            ?
            [
                new PolicyBinding(PolicyHook.Forward, own, ZoneMatch.Any),
                new PolicyBinding(PolicyHook.Input, own, ZoneMatch.Any),
            ]
            : [new PolicyBinding(PolicyHook.Forward, ZoneMatch.Any, own)];
    }

    private ImmutableArray<PolicyRule> Inspection(AccessListDraft list, ImmutableArray<IosAccessGroup> applied) =>
        _hasInspection && applied.Length > 0
            ?
            [
                ImplicitRule.Maybe(_draft, list.Line, $"{list.Shown} inspection",
                    "replies of inspected connections pass (ip inspect)", PolicyAction.Permit, ConditionKind.Other) with
                {
                    States = ConnectionStates.Established | ConnectionStates.Related,
                },
            ]
            : [];

    private IEnumerable<PolicyRule> Ends(AccessListDraft list, bool isVersion6, bool isEmpty)
    {
        var name = list.Shown;
        if (isEmpty)
            return [ImplicitRule.Of(_draft, list.Line, $"{name} default", "a list without entries filters nothing",
                PolicyAction.Permit)];
        var deny = ImplicitRule.Of(_draft, list.Line, $"{name} default", "implicit deny", PolicyAction.Drop);
        var other = ImplicitRule.Of(_draft, list.Line, $"{name} other family",
            isVersion6 ? "IPv4 is not filtered by this list" : "IPv6 is not filtered by this list",
            PolicyAction.Permit);
        return isVersion6
            ? [Neighbors(list), deny with { Source = new AddressMatch(AddressSet.AnyIpv6) }, other]
            : [deny with { Source = new AddressMatch(AddressSet.AnyIpv4) }, other];
    }

    /// <summary>Every IPv6 list permits neighbour discovery before its implicit deny ("ipv6 access-list" in the IOS
    /// IPv6 command reference).</summary>
    private PolicyRule Neighbors(AccessListDraft list) =>
        ImplicitRule.Of(_draft, list.Line, $"{list.Shown} neighbours", "implicit permit icmp any any nd-na, nd-ns",
            PolicyAction.Permit) with
        {
            Source = new AddressMatch(AddressSet.AnyIpv6),
            Services =
            [
                ServiceMatch.Of(IpProtocol.IcmpV6) with
                {
                    IcmpTypes = IntervalSet.Of(NeighborSolicitation, NeighborAdvertisement),
                },
            ],
        };

    /// <summary>What a zone-based policy firewall does with the traffic of an interface is left open.</summary>
    private PolicyList ZoneFirewall(string interfaceName, int line)
    {
        const string Text = "a zone-based policy firewall decides";
        var shown = ConfigurationText.Shown(interfaceName);
        var name = tables.Unique($"zone firewall of {shown}");
        ZoneMatch own = new([shown]);
        return new PolicyList
        {
            Name = name,
            Rules =
            [
                ImplicitRule.Maybe(_draft, line, $"{name} permit", Text, PolicyAction.Permit, ConditionKind.Other),
                ImplicitRule.Of(_draft, line, $"{name} default", Text, PolicyAction.Drop),
            ],
            Bindings =
            [
                new PolicyBinding(PolicyHook.Forward, own, ZoneMatch.Any),
                new PolicyBinding(PolicyHook.Forward, ZoneMatch.Any, own),
            ],
        };
    }
}
