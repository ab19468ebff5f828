using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>A line that applies an access list to an interface.</summary>
/// <param name="List">Name of the list.</param>
/// <param name="Interface">Name of the interface.</param>
/// <param name="IsIn">True for what enters by it, false for what leaves.</param>
/// <param name="IsVersion6">True for a list of IPv6.</param>
/// <param name="Line">Where it stands.</param>
internal sealed record IosAccessGroup(string List, string Interface, bool IsIn, bool IsVersion6, int Line);

/// <summary>Reads interfaces and static routes.</summary>
/// <param name="device">Receives networks.</param>
internal sealed class IosInterfaces(IosDevice device)
{
    private readonly PolicyDraft _draft = device.Draft;
    private readonly List<IosAccessGroup> _groups = [];

    /// <summary>The lines that apply lists.</summary>
    public IEnumerable<IosAccessGroup> Groups => _groups;

    /// <summary>Interfaces of a zone-based policy firewall, with the lines that say so.</summary>
    public List<(string Name, int Line)> ZoneMembers { get; } = [];

    /// <summary>True when an interface inspects what passes, so that replies pass its lists.</summary>
    public bool HasInspection { get; private set; }

    /// <summary>Reads <c>interface NAME</c> with its lines.</summary>
    public void Read(Statement statement)
    {
        var name = statement.Word(1);
        if (statement.Word(2).Length > 0 && char.IsAsciiDigit(statement.Word(2)[0]))
            name += statement.Word(2);
        device.Zones.Add(name, statement.Line);
        _draft.Understood(statement.Line);
        foreach (var child in statement.Children)
        {
            if (!ReadChild(child, name))
                _draft.Other(child.Line);
        }
    }

    /// <summary>Reads <c>ip route NETWORK MASK [INTERFACE] [NEXT HOP]</c> or <c>ipv6 route NETWORK/LENGTH …</c>.
    /// Routes of a VRF and those whose interface is not known say nothing about interfaces.</summary>
    public void ReadRoute(Statement statement)
    {
        var at = 4;
        if (device.Names.TryParsePrefix(statement.Word(2), out var prefix))
            at = 3;
        else if (!device.Names.TryParsePrefix(statement.Word(2), statement.Word(3), out prefix))
        {
            _draft.Other(statement.Line);
            return;
        }

        var zone = device.Names.TryParse(statement.Word(at), out var hop) ? device.Zones.ZoneOf(hop)
            : statement.Word(at);
        if (zone is null)
            _draft.Other(statement.Line);
        else
            device.Zones.AddNetwork(zone, prefix, statement.Line);
    }

    private bool ReadChild(Statement child, string name)
    {
        var second = child.Word(1).ToLowerInvariant();
        switch (child.Keyword, second)
        {
            case ("ip", "address") when device.Names.TryParsePrefix(child.Word(2), child.Word(3), out var prefix)
                || device.Names.TryParsePrefix(child.Word(2), out prefix):
                device.Zones.AddAddress(name, prefix, child.Line);
                return true;
            case ("ipv6", "address") when device.Names.TryParsePrefix(child.Word(2), out var prefix):
                device.Zones.AddAddress(name, prefix, child.Line);
                return true;
            case ("ip", "access-group") or ("ipv6", "traffic-filter") or ("ipv4", "access-group"):
                ReadAccessGroup(child, name);
                return true;
            case ("ip", "inspect"):
                HasInspection = true;
                _draft.NotEvaluable(child.Line, "replies of inspected connections pass without an entry");
                return true;
            case ("zone-member", "security"):
                ZoneMembers.Add((name, child.Line));
                _draft.NotEvaluable(child.Line, "zone-based policy firewalls are not evaluated");
                return true;
            default:
                return false;
        }
    }

    private void ReadAccessGroup(Statement child, string name)
    {
        var direction = child.Word(3).ToLowerInvariant();
        if (direction is not ("in" or "out" or "ingress" or "egress"))
        {
            _draft.NotEvaluable(child.Line, "neither in nor out");
            return;
        }

        _draft.Understood(child.Line);
        _groups.Add(new IosAccessGroup(child.Word(2), name, direction is "in" or "ingress", child.Keyword == "ipv6",
            child.Line));
    }
}
