using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Reads zones and interfaces with their networks and the static routes through them.</summary>
/// <param name="draft">The file.</param>
internal sealed class FortiZones(PolicyDraft draft)
{
    private static readonly ImmutableArray<string> Dynamic = ["router bgp", "router ospf", "router ospf6", "router rip",
        "router isis"];

    private readonly RoutedZones _zones = new();

    /// <summary>Takes the zones of a virtual domain.</summary>
    public void Add(FortiScope scope)
    {
        var zoneOf = ZonesOf(scope);
        foreach (var table in new[] { scope.Global.Find("system interface"), scope.Holder.Find("system interface") }
            .OfType<FortiBlock>().Distinct())
        {
            table.Mark(FortiUse.Understood);
            foreach (var block in table.Blocks)
                AddInterface(scope, block, zoneOf);
        }

        var isDynamic = Dynamic.Any(name => scope.Find(name) is { } router
            && (router.Blocks.Any(block => block.Blocks.Count > 0) || router.Value("as") is not (null or "0")));
        foreach (var name in new[] { "router static", "router static6" })
        {
            if (scope.Find(name) is not { } routes)
                continue;
            routes.Mark(FortiUse.Understood);
            foreach (var route in routes.Blocks)
                AddRoute(scope, route, zoneOf, isDynamic);
        }
    }

    /// <summary>The zones.</summary>
    public ImmutableArray<PolicyZone> Build() => _zones.Build();

    /// <summary>Zones that interfaces are members of, those of SD-WAN included.</summary>
    private Dictionary<string, string> ZonesOf(FortiScope scope)
    {
        var zoneOf = new Dictionary<string, string>(StringComparer.Ordinal);
        if (scope.Find("system zone") is { } zones)
        {
            zones.Mark(FortiUse.Understood);
            foreach (var zone in zones.Blocks)
            {
                _zones.Add(scope.Prefix + zone.Name, draft.Line(zone.Line));
                foreach (var member in zone.Words("interface"))
                    zoneOf[member] = zone.Name;
            }
        }

        foreach (var wan in new[] { scope.Find("system sdwan"), scope.Find("system virtual-wan-link") }
            .OfType<FortiBlock>().Where(wan => wan.IsOn("status")))
        {
            wan.Mark(FortiUse.Other);
            wan.Find("zone")?.Mark(FortiUse.Understood);
            wan.Find("members")?.Mark(FortiUse.Understood);
            foreach (var member in wan.Find("members")?.Blocks ?? [])
            {
                var zone = member.Value("zone") ?? "virtual-wan-link";
                _zones.Add(scope.Prefix + zone, draft.Line(wan.Find("zone")?.Find(zone)?.Line ?? wan.Line));
                if (member.Value("interface") is { } name)
                    zoneOf[name] = zone;
            }
        }

        return zoneOf;
    }

    private void AddInterface(FortiScope scope, FortiBlock block, Dictionary<string, string> zoneOf)
    {
        if (scope.Name.Length > 0 && block.Value("vdom") is { } domain && domain != scope.Name)
            return;
        if (!zoneOf.TryGetValue(block.Name, out var zone))
        {
            zone = block.Name;
            _zones.Add(scope.Prefix + zone, draft.Line(block.Line));
        }

        Route(block.Words("ip"));
        foreach (var second in block.Find("secondaryip")?.Blocks ?? [])
            Route(second.Words("ip"));
        if (block.Find("ipv6") is { } ipv6)
        {
            Route(ipv6.Words("ip6-address"));
            foreach (var second in ipv6.Find("ip6-extra-addr")?.Blocks ?? [])
                Route([second.Name]);
        }

        void Route(ImmutableArray<string> words)
        {
            if (block.Value("status") != "down" && FortiWords.TryParseNetwork(words.AsSpan(), out var network)
                && !network.Address.IsUnspecified)
                _zones.Route(scope.Prefix + zone, network);
        }
    }

    /// <summary>A static route; without a destination it is the default route, which counts only where no routing
    /// protocol may know better.</summary>
    private void AddRoute(FortiScope scope, FortiBlock route, Dictionary<string, string> zoneOf, bool isDynamic)
    {
        if (route.Value("status") == "disable" || route.IsOn("blackhole")
            || route.Value("internet-service") is not (null or "0"))
            return;
        var isIpv6 = route.Parent?.Name == "router static6";
        ImmutableArray<string> words = route.Words("dst") is { IsEmpty: false } stated ? stated
            : [isIpv6 ? "::/0" : "0.0.0.0/0"];
        var networks = Networks(scope, route, words, isIpv6);
        var name = route.Value("device") ?? route.Value("sdwan-zone");
        if (name is null && (route.IsOn("sdwan") || route.IsOn("virtual-wan-link")))
            name = "virtual-wan-link";
        if (name is null)
            return;
        var zone = scope.Prefix + zoneOf.GetValueOrDefault(name, name);
        _zones.Add(zone, draft.Line(route.Line));
        foreach (var network in networks)
        {
            if (network.Length > 0 || !isDynamic)
                _zones.Route(zone, network);
        }
    }

    private static ImmutableArray<Prefix> Networks(FortiScope scope, FortiBlock route, ImmutableArray<string> words,
        bool isIpv6)
    {
        if (route.Value("dstaddr") is { } name)
            words = scope.Entry(isIpv6 ? "firewall address6" : "firewall address", name)
                ?.Words(isIpv6 ? "ip6" : "subnet") ?? [];
        return FortiWords.TryParseNetwork(words.AsSpan(), out var network) ? [network] : [];
    }
}
