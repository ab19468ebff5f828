using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Reads zones with the networks of their interfaces and of static routes through them.</summary>
/// <param name="draft">The file.</param>
/// <param name="addresses">Its address objects: addresses of interfaces may be such.</param>
internal sealed class PanOsZones(PolicyDraft draft, PanOsAddresses addresses)
{
    private static readonly ImmutableHashSet<string> Dynamic = ["bgp", "ospf", "ospfv3", "rip"];

    private readonly RoutedZones _zones = new();
    private readonly Dictionary<string, string> _zoneOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Prefix>> _networks = new(StringComparer.Ordinal);

    /// <summary>Takes the zones of a firewall.</summary>
    /// <param name="holder">What holds <c>zone</c>.</param>
    /// <param name="prefix">What stands before their names.</param>
    public void AddZones(PanOsNode holder, string prefix)
    {
        if (holder.Find("zone") is not { } zones)
            return;
        zones.Mark(PanOsUse.Understood);
        foreach (var zone in zones.Children)
        {
            _zones.Add(prefix + zone.Name, draft.Line(zone.Line));
            foreach (var kind in zone.Find("network")?.Children ?? [])
            {
                if (kind.Name is not ("layer3" or "layer2" or "virtual-wire" or "tap"))
                    continue;
                foreach (var name in kind.Words)
                    _zoneOf[name] = prefix + zone.Name;
            }
        }
    }

    /// <summary>Takes the interfaces and virtual routers of a device or template, after all of its zones.</summary>
    /// <param name="network">The node <c>network</c>.</param>
    /// <param name="levels">Where objects are looked up.</param>
    public void AddNetwork(PanOsNode network, ImmutableArray<PanOsNode> levels)
    {
        if (network.Find("interface") is { } interfaces)
        {
            interfaces.Mark(PanOsUse.Understood);
            foreach (var kind in interfaces.Children)
            {
                foreach (var child in kind.Children)
                    AddInterface(child, levels);
            }
        }

        foreach (var router in network.Find("virtual-router")?.Children
            .Concat(network.Find("logical-router")?.Children ?? []) ?? [])
            AddRouter(router, levels);
    }

    /// <summary>The zones.</summary>
    public ImmutableArray<PolicyZone> Build() => _zones.Build();

    /// <summary>An interface with its units: <c>layer3</c> below a port, units of it, of a VLAN, loopback or tunnel.
    /// </summary>
    private void AddInterface(PanOsNode node, ImmutableArray<PanOsNode> levels)
    {
        foreach (var holder in new[] { node, node.Find("layer3") }.OfType<PanOsNode>())
        {
            AddAddresses(node.Name, holder, levels);
            foreach (var unit in holder.Find("units")?.Children ?? [])
                AddAddresses(unit.Name, unit, levels);
        }

        if (node.Name == "units")
        {
            foreach (var unit in node.Children)
                AddAddresses(unit.Name, unit, levels);
        }
    }

    private void AddAddresses(string name, PanOsNode holder, ImmutableArray<PanOsNode> levels)
    {
        var words = holder.Find("ip")?.Children.Concat(holder.Find("ipv6", "address")?.Children ?? [])
            ?? holder.Find("ipv6", "address")?.Children ?? [];
        foreach (var word in words)
        {
            if (Networks(word.Name, levels) is not [_, ..] networks)
                continue;
            if (!_networks.TryGetValue(name, out var known))
                _networks.Add(name, known = []);
            known.AddRange(networks);
            if (!_zoneOf.TryGetValue(name, out var zone))
                continue;
            foreach (var network in networks)
                _zones.Route(zone, network);
        }
    }

    /// <summary>The network of an address with its length, or of an object.</summary>
    private ImmutableArray<Prefix> Networks(string word, ImmutableArray<PanOsNode> levels)
    {
        if (AddressWords.TryParsePrefix(word, out var prefix))
            return [prefix];
        var address = addresses.Find(word, levels.AsSpan());
        return address.Reason is null ? AddressSet.Prefixes(address.Match.Set, 1) : [];
    }

    private void AddRouter(PanOsNode router, ImmutableArray<PanOsNode> levels)
    {
        var isDynamic = router.Find("protocol")?.Children.Any(protocol =>
            Dynamic.Contains(protocol.Name) && protocol.ValueOf("enable") == "yes") == true;
        foreach (var family in new[] { "ip", "ipv6" })
        {
            if (router.Find("routing-table", family, "static-route") is not { } routes)
                continue;
            routes.Mark(PanOsUse.Understood);
            foreach (var route in routes.Children)
                AddRoute(route, router, isDynamic, levels);
        }
    }

    /// <summary>A static route. A default route counts only where no routing protocol may know better.</summary>
    private void AddRoute(PanOsNode route, PanOsNode router, bool isDynamic, ImmutableArray<PanOsNode> levels)
    {
        var target = route.ValueOf("destination") ?? "";
        if (route.Find("nexthop", "discard") is not null
            || Networks(target, levels) is not [var destination]
            || (isDynamic && destination.Length == 0))
            return;
        var name = route.ValueOf("interface") ?? Through(route.Find("nexthop")?.Value?.ValueOf("ip-address")
            ?? route.Find("nexthop")?.ValueOf("ip-address"), router);
        if (name is not null && _zoneOf.TryGetValue(name, out var zone))
            _zones.Route(zone, destination);
    }

    /// <summary>The router's interface in whose network a next hop lies; null without one.</summary>
    private string? Through(string? nextHop, PanOsNode router)
    {
        if (nextHop is null || !AddressWords.TryParsePrefix(nextHop, out var hop))
            return null;
        return router.Find("interface")?.Words.FirstOrDefault(name =>
            _networks.TryGetValue(name, out var networks)
            && networks.Any(network => network.Contains(hop.Address)));
    }
}
