using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>The objects and object groups of a device, which share their names, and what they hold once nested ones are
/// resolved.</summary>
/// <param name="draft">Receives the lines of members that cannot be resolved.</param>
internal sealed class GroupTable(PolicyDraft draft)
{
    /// <summary>Groups within groups that are followed; devices in use have three or four levels.</summary>
    public const int MaxDepth = 64;

    /// <summary>Members of one group, nested ones included, that are kept: ten times the largest published
    /// one.</summary>
    public const int MaxMembers = 100_000;

    /// <summary>Members of all groups together that are kept, so that nesting cannot fill the memory.</summary>
    public const int MaxAllMembers = 2_000_000;

    private readonly Dictionary<string, GroupDraft> _drafts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GroupContent> _resolved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _members;

    /// <summary>The group of a name, made when it is new. A name that stands for another kind already gives null.
    /// </summary>
    public GroupDraft? Open(string name, GroupKind kind)
    {
        if (!_drafts.TryGetValue(name, out var group))
            _drafts[name] = group = new GroupDraft(kind);
        return group.Kind == kind ? group : null;
    }

    /// <summary>Kind of the group of a name; null when there is none.</summary>
    public GroupKind? KindOf(string name) => _drafts.TryGetValue(name, out var group) ? group.Kind : null;

    /// <summary>What the group of a name holds; null when there is none.</summary>
    public GroupContent? Find(string name) => Resolve(name, 0);

    private GroupContent? Resolve(string name, int depth)
    {
        if (_resolved.TryGetValue(name, out var known))
            return known;
        if (!_drafts.TryGetValue(name, out var group))
            return Known(name);
        _open.Add(name);
        var content = Gather(group, depth);
        _open.Remove(name);
        return _resolved[name] = content;
    }

    private GroupContent? Known(string name) => draft.Text.Known.Find(name) is { } set
        ? new GroupContent(GroupKind.Network, new AddressMatch(set), [], IntervalSet.Empty<ushort>(),
            IntervalSet.Empty<byte>(), IsOpen: false)
        : null;

    private GroupContent Gather(GroupDraft group, int depth)
    {
        var addresses = new List<Interval<UInt128>>(group.Addresses);
        var services = new List<ServiceMatch>(group.Services);
        var ports = new List<Interval<ushort>>(group.Ports);
        var numbers = new List<Interval<byte>>(group.Numbers);
        var isOpen = group.IsOpen;
        foreach (var (name, line) in group.Nested)
        {
            if (Nested(group, name, line, depth) is not { } nested)
            {
                isOpen = true;
                continue;
            }

            isOpen |= nested.IsOpen;
            var count = nested.Addresses.Set.Ranges.Length + nested.Services.Length
                + nested.Ports.Ranges.Length;
            if (addresses.Count + services.Count + ports.Count + count > MaxMembers || _members + count > MaxAllMembers)
            {
                draft.NotEvaluable(line, "the group has more members than are kept");
                isOpen = true;
                continue;
            }

            _members += count;
            addresses.AddRange(nested.Addresses.Set.Ranges);
            services.AddRange(nested.Services);
            ports.AddRange(nested.Ports.Ranges);
            numbers.AddRange(nested.Numbers.Ranges);
        }

        return new GroupContent(group.Kind, new AddressMatch(IntervalSet.Of(addresses), isOpen), Merge(services),
            IntervalSet.Of(ports), IntervalSet.Of(numbers), isOpen);
    }

    private GroupContent? Nested(GroupDraft group, string name, int line, int depth)
    {
        var shown = ConfigurationText.Shown(name);
        if (_open.Contains(name))
        {
            draft.NotEvaluable(line, $"the group '{shown}' holds itself");
            return null;
        }

        if (depth >= MaxDepth)
        {
            draft.NotEvaluable(line, $"groups are nested more than {MaxDepth} deep");
            return null;
        }

        if (Resolve(name, depth + 1) is not { } nested)
        {
            draft.NotEvaluable(line, $"'{shown}' is not defined");
            return null;
        }

        if (nested.Kind != group.Kind)
        {
            draft.NotEvaluable(line, $"'{shown}' is a group of another kind");
            return null;
        }

        return nested;
    }

    /// <summary>Unites the ports of services that differ in their destination ports only.</summary>
    private static ImmutableArray<ServiceMatch> Merge(List<ServiceMatch> services) =>
    [
        .. services
            .GroupBy(service => service with { DestinationPorts = IntervalSet.All<ushort>() })
            .Select(group => group.Key with
            {
                DestinationPorts = IntervalSet.Of(group.SelectMany(service => service.DestinationPorts.Ranges)),
            }),
    ];
}
