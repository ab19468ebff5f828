using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>Traffic that a rule or an exception covers.</summary>
/// <param name="From">Who opens it: roles, built-in roles, hosts.</param>
/// <param name="To">Who answers.</param>
/// <param name="Transports">Transports; empty for all.</param>
/// <param name="Ports">Responder ports; empty for all.</param>
internal sealed record TrafficScope(ImmutableArray<string> From, ImmutableArray<string> To,
    ImmutableArray<IpProtocol> Transports, ImmutableArray<PortRange> Ports)
{
    public static TrafficScope Of(SiteException exception) =>
        new([exception.From], [exception.To], exception.Transports, exception.Ports);

    /// <summary>What a rule covers, with these ports instead of a parameter.</summary>
    public static TrafficScope Of(Rule rule, ImmutableArray<PortRange> ports) =>
        new(rule.From, rule.To, rule.Transports, ports);
}

/// <summary>Decides which traffic lies within which, by names and prefixes, not by the addresses of hosts.</summary>
/// <param name="site">The site with its hosts and segments.</param>
/// <param name="roles">The roles of its catalogs.</param>
internal sealed class ScopeComparison(SiteFile site, RoleTree roles)
{
    private readonly Dictionary<string, SiteHost> _hosts = site.Hosts
        .GroupBy(host => host.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private readonly Dictionary<string, Segment> _segments = site.Segments
        .GroupBy(segment => segment.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>True when all of <paramref name="narrow"/> lies in <paramref name="wide"/>.</summary>
    public bool Covers(TrafficScope wide, TrafficScope narrow) =>
        CoversPorts(wide, narrow) && CoversParties(wide, narrow);

    /// <summary>True when the parties and transports of <paramref name="narrow"/> lie in <paramref name="wide"/>,
    /// whatever the ports.</summary>
    public bool CoversParties(TrafficScope wide, TrafficScope narrow) =>
        (wide.Transports.IsEmpty
            || (!narrow.Transports.IsEmpty && narrow.Transports.All(transport => wide.Transports.Contains(transport))))
        && narrow.From.All(name => IsAmong(name, wide.From))
        && narrow.To.All(name => IsAmong(name, wide.To));

    private static bool CoversPorts(TrafficScope wide, TrafficScope narrow)
    {
        if (wide.Ports.IsEmpty
            || (!narrow.Transports.IsEmpty && narrow.Transports.All(transport => !transport.HasPorts)))
            return true;
        return !narrow.Ports.IsEmpty && narrow.Ports.All(range => IsWithin(range, wide.Ports));
    }

    private static bool IsWithin(PortRange range, ImmutableArray<PortRange> ranges)
    {
        var next = (int)range.First;
        foreach (var other in ranges.Order())
        {
            if (other.First <= next && other.Last >= next)
                next = other.Last + 1;
        }

        return next > range.Last;
    }

    private bool IsAmong(string name, ImmutableArray<string> names) => names.Any(other => name == other
        || (_hosts.TryGetValue(name, out var host) ? roles.IsAny(host.Roles.AsSpan(), other) : roles.IsA(name, other))
        || (AddressText.PrefixOf(other) is { } network && LiesIn(name, network)));

    /// <summary>True when a host, a network or a whole segment lies in a network.</summary>
    private bool LiesIn(string name, Prefix network)
    {
        if (_hosts.TryGetValue(name, out var host))
            return host.Addresses.All(network.Contains);
        if (AddressText.PrefixOf(name) is { } prefix)
            return IsWithin(prefix, network);
        return !roles.Defines(name) && _segments.TryGetValue(name, out var segment) && !segment.Prefixes.IsEmpty
            && segment.Prefixes.All(part => IsWithin(part, network));
    }

    private static bool IsWithin(Prefix inner, Prefix outer) =>
        inner.Length >= outer.Length && outer.Contains(inner.Address);
}
