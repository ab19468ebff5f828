using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>Makes the lists of the policy of access lists, the lines that apply them, and security levels.</summary>
/// <param name="device">The device.</param>
/// <param name="tables">Its access lists.</param>
/// <param name="tunnels">Its VPN tunnels.</param>
/// <param name="hasUsers">True when users may have lists of their own.</param>
internal sealed class AsaPolicyLists(AsaDevice device, AccessListTable tables, AsaTunnels tunnels, bool hasUsers)
{
    private readonly PolicyDraft _draft = device.Draft;
    private readonly ImmutableArray<PolicyList>.Builder _lists = ImmutableArray.CreateBuilder<PolicyList>();
    private List<AsaAccessGroup> _groups = [];
    private ILookup<string, AsaAccessGroup> _byList = Enumerable.Empty<AsaAccessGroup>().ToLookup(group => group.List);
    private HashSet<string> _listed = [];
    private string? _global;

    /// <summary>How the end of a list goes on.</summary>
    private enum End
    {
        /// <summary>The implicit deny.</summary>
        Deny,

        /// <summary>The global list.</summary>
        Global,

        /// <summary>The services of the device itself.</summary>
        Device,
    }

    /// <summary>The lists, those of the file first.</summary>
    public ImmutableArray<PolicyList> Make(IEnumerable<AsaAccessGroup> groups, AsaLevels levels,
        IReadOnlyList<AsaInterface> interfaces)
    {
        _groups = Applied(groups);
        _byList = _groups.ToLookup(group => group.List, StringComparer.Ordinal);
        _listed = _groups.Where(group => group.Use == AsaUse.In).Select(group => group.Interface)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var global = _groups.Find(group => group.Use == AsaUse.Global);
        if (global is not null && tables.Find(global.List) is { } globalList)
            _global = IsOfOneKind(global.List) ? globalList.Shown : Named(globalList, End.Deny);
        foreach (var list in tables.Lists)
            Add(list);
        foreach (var known in interfaces)
            AddLevels(known, levels);
        return _lists.ToImmutable();
    }

    /// <summary>The lines that hold: a later one for the same interface takes the place of an earlier one.</summary>
    private List<AsaAccessGroup> Applied(IEnumerable<AsaAccessGroup> groups)
    {
        var applied = new Dictionary<(AsaUse, string), AsaAccessGroup>();
        foreach (var group in groups)
        {
            _draft.Understood(group.Line);
            applied[(group.Use, group.Interface.ToUpperInvariant())] = group;
            if (tables.Find(group.List) is not null)
                continue;
            _draft.NotEvaluable(group.Line, $"the list '{ConfigurationText.Shown(group.List)}' is not in the file");
            var missing = new EntryDraft(group.Line);
            missing.FailWhole("the list is not in the file");
            tables.Open(group.List, group.Line).Entries.Add(missing);
        }

        return [.. applied.Values.OrderBy(group => group.Line)];
    }

    private IEnumerable<IGrouping<End, AsaAccessGroup>> UsesOf(string name, bool hasGlobal) => _byList[name]
        .GroupBy(group => group.Use switch
        {
            AsaUse.In => hasGlobal ? End.Global : End.Deny,
            AsaUse.Out or AsaUse.Global => End.Deny,
            AsaUse.ControlPlane => End.Device,
        });

    private bool IsOfOneKind(string name) => UsesOf(name, hasGlobal: true).Take(2).Count() < 2;

    private static string Named(AccessListDraft list, End end) => end switch
    {
        End.Deny => $"{list.Shown} (then deny)",
        End.Global => $"{list.Shown} (then global)",
        End.Device => $"{list.Shown} (control-plane)",
    };

    private void Add(AccessListDraft list)
    {
        var uses = UsesOf(list.Name, _global is not null).ToList();
        var rules = list.Rules(_draft);
        if (uses.Count < 2)
        {
            var (end, groups) = uses.Count == 0 ? (End.Deny, []) : (uses[0].Key, uses[0].ToList());
            AddUse(list, list.Shown, end, groups, rules);
            return;
        }

        // The rules stand once; each use goes through them and ends in its own way.
        _lists.Add(new PolicyList { Name = list.Shown, Rules = rules });
        foreach (var use in uses)
            AddUse(list, Named(list, use.Key), use.Key, [.. use],
                [ImplicitRule.To(_draft, list.Line, $"{Named(list, use.Key)} entries", list.Shown, comesBack: true)]);
    }

    private void AddUse(AccessListDraft list, string name, End end, List<AsaAccessGroup> groups,
        ImmutableArray<PolicyRule> rules)
    {
        var plain = groups.FindAll(group => Firsts(group, name, list.Line).IsEmpty);
        if (plain.Count > 0 || groups.Count == 0)
            _lists.Add(Of(name, [], rules, plain));
        foreach (var group in groups.Except(plain))
        {
            var isOnly = groups.Count == 1;
            var own = isOnly ? name : tables.Unique($"{name} on {ConfigurationText.Shown(group.Interface)}");
            var body = isOnly || plain.Count == 0
                ? rules
                : [ImplicitRule.To(_draft, list.Line, $"{own} entries", name, comesBack: false)];
            _lists.Add(Of(own, Firsts(group, own, list.Line), body, [group]));
        }

        PolicyList Of(string title, ImmutableArray<PolicyRule> first, ImmutableArray<PolicyRule> body,
            List<AsaAccessGroup> applied) => new()
            {
                Name = title,
                Rules = [.. Prefix(title, end, list.Line), .. first, .. body, .. Ends(title, end, list.Line)],
                Bindings = [.. applied.Select(Binding)],
            };
    }

    /// <summary>What comes before the entries where a list is applied: tunnels, and lists of users.</summary>
    private ImmutableArray<PolicyRule> Firsts(AsaAccessGroup group, string name, int line)
    {
        var rules = ImmutableArray.CreateBuilder<PolicyRule>();
        if (group.Use == AsaUse.In && tunnels.Rule(group.Interface, name, line) is { } tunnel)
            rules.Add(tunnel);
        if (group.HasUserLists && hasUsers)
        {
            const string Reason = "lists of single users come first (per-user-override)";
            _draft.NotEvaluable(group.Line, Reason);
            foreach (var action in new[] { PolicyAction.Permit, PolicyAction.Drop })
                rules.Add(ImplicitRule.Maybe(_draft, group.Line, $"{name} users {action}", Reason, action,
                    ConditionKind.User));
        }

        return rules.ToImmutable();
    }

    /// <summary>The commands <c>ssh</c>, <c>telnet</c>, <c>http</c> and <c>icmp</c> come before a control-plane list
    /// ("access-group" in the ASA command reference).</summary>
    private ImmutableArray<PolicyRule> Prefix(string name, End end, int line) => end switch
    {
        End.Device =>
        [
            ImplicitRule.Maybe(_draft, line, $"{name} management", "ssh, telnet, http and icmp commands come first",
                PolicyAction.Permit, ConditionKind.Other) with
            {
                Services = [ServiceMatch.Of(IpProtocol.Tcp), ServiceMatch.Of(IpProtocol.Icmp),
                    ServiceMatch.Of(IpProtocol.IcmpV6)],
            },
        ],
        End.Deny or End.Global => [],
    };

    private ImmutableArray<PolicyRule> Ends(string name, End end, int line) => end switch
    {
        End.Global when _global is { } global =>
            [ImplicitRule.To(_draft, line, $"{name} default", global, comesBack: false)],
        End.Device =>
        [
            ImplicitRule.Maybe(_draft, line, $"{name} default", "a control-plane list has no implicit deny; the "
                + "services of the device decide", PolicyAction.Permit, ConditionKind.Other),
        ],
        End.Deny or End.Global => Deny(name, line),
    };

    private ImmutableArray<PolicyRule> Deny(string name, int line)
    {
        var deny = ImplicitRule.Of(_draft, line, $"{name} default", "implicit deny", PolicyAction.Drop);
        if (!device.HasIpv4Lists)
            return [deny];
        return
        [
            deny with { Source = new AddressMatch(AddressSet.AnyIpv4) },
            ImplicitRule.Maybe(_draft, line, $"{name} IPv6", "IPv6 has lists of its own before 9.0",
                PolicyAction.Permit, ConditionKind.Other),
        ];
    }

    private PolicyBinding Binding(AsaAccessGroup group)
    {
        ZoneMatch own = new([ConfigurationText.Shown(group.Interface)]);
        return group.Use switch
        {
            AsaUse.In => new PolicyBinding(PolicyHook.Forward, own, ZoneMatch.Any),
            AsaUse.Out => new PolicyBinding(PolicyHook.Forward, ZoneMatch.Any, own),
            AsaUse.ControlPlane => new PolicyBinding(PolicyHook.Input, own, ZoneMatch.Any),
            AsaUse.Global => new PolicyBinding(PolicyHook.Forward, Unlisted(), ZoneMatch.Any),
        };
    }

    /// <summary>The interfaces without an inbound list of their own.</summary>
    private ZoneMatch Unlisted()
    {
        ImmutableArray<string> listed = [.. _listed.Order(StringComparer.Ordinal).Select(ConfigurationText.Shown)];
        return listed.IsEmpty ? ZoneMatch.Any : new ZoneMatch(listed, IsNegated: true);
    }

    private void AddLevels(AsaInterface known, AsaLevels levels)
    {
        var shown = ConfigurationText.Shown(known.Name);
        var hasList = _global is not null || _listed.Contains(known.Name);
        if (known.IsManagement)
        {
            _lists.Add(levels.Management(known, tables.Unique($"management-only {shown}")));
            return;
        }

        if (!hasList)
        {
            var name = tables.Unique($"security level of {shown}");
            _lists.Add(levels.Unlisted(known, name, tunnels.Rule(known.Name, name, known.Line)));
        }
        else if (levels.Closed(known, tables.Unique($"same-security-traffic {shown}")) is { } closed)
            _lists.Add(closed);
    }
}
