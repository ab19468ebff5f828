using System.Collections.Immutable;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Which connections meet a firewall, and by which zones.</summary>
internal sealed class PolicyPath
{
    private readonly BoundPolicy _policy;
    private readonly SiteFile _site;
    private readonly HostDirectory _directory;
    private readonly ZoneMap _networks;
    private readonly Dictionary<string, string> _zoneOfSegment = new(StringComparer.Ordinal);
    private readonly HashSet<IpAddress> _own = [];

    /// <summary>Prepares the look-up of zones.</summary>
    public PolicyPath(BoundPolicy policy, SiteFile site, HostDirectory directory)
    {
        (_policy, _site, _directory, _networks) = (policy, site, directory, new ZoneMap(policy.Policy.Zones));
        foreach (var (zone, segments) in policy.Site.Zones)
        {
            foreach (var segment in segments)
                _zoneOfSegment.TryAdd(segment, zone);
        }

        foreach (var host in site.Hosts.Where(host => host.Name == policy.Site.Host))
            _own.UnionWith(host.Addresses);
    }

    /// <summary>True when the rules are those of a host, not of a device on the way.</summary>
    public bool IsHost => _own.Count > 0;

    /// <summary>Addresses of the host whose rules they are; none for a device on the way.</summary>
    public IReadOnlyCollection<IpAddress> Own => _own;

    /// <summary>Segments that the site puts behind zones; none where it does not say.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Zones => _policy.Site.Zones;

    /// <summary>Networks that the configuration puts behind zones.</summary>
    public ImmutableArray<PolicyZone> Networks => _policy.Policy.Zones;

    /// <summary>True when it is known which networks are behind which zone.</summary>
    public bool KnowsZones => _zoneOfSegment.Count > 0 || HasNetworks;

    private bool HasNetworks => _policy.Policy.Zones.Any(zone => !zone.Networks.IsEmpty);

    /// <summary>Ranges of addresses at whose ends the way of connections may change.</summary>
    public IEnumerable<Interval<UInt128>> Borders => _policy.Policy.Zones.Select(zone => zone.Networks)
        .Concat(_site.Segments.SelectMany(segment => segment.Prefixes).Select(AddressSet.Of))
        .Concat(_own.Select(AddressSet.Of))
        .SelectMany(set => set.Ranges);

    /// <summary>Where it stands, in words.</summary>
    public string Text
    {
        get
        {
            if (_policy.Site.Host is { } host)
                return $"the firewall of host {host}";
            if (_zoneOfSegment.Count > 0)
                return "between the segments that the site names for its zones";
            return !HasNetworks
                ? "between any two segments: neither the site nor the configuration says which networks its "
                    + "interfaces reach"
                : "between the networks that the configuration puts behind its interfaces";
        }
    }

    /// <summary>How a connection between two hosts meets the firewall; null when it does not pass it, as far as site
    /// and configuration tell.</summary>
    public (PolicyHook Hook, string? From, string? To)? Between(HostIdentity from, HostIdentity to)
    {
        if (IsHost)
        {
            if (_own.Contains(to.Address))
                return from.Address == to.Address ? null : (PolicyHook.Input, null, null);
            return _own.Contains(from.Address) ? (PolicyHook.Output, null, null) : null;
        }

        if (!from.Address.IsUnicast || !to.Address.IsUnicast)
            return null;
        if (!KnowsZones)
            return _directory.IsBorderBetween(from, to) ? (PolicyHook.Forward, null, null) : null;
        return (ZoneOf(from), ZoneOf(to)) is ({ } source, { } destination) && source != destination
            ? (PolicyHook.Forward, source, destination)
            : null;
    }

    /// <summary>True when connections between two segments meet the firewall, as far as segments alone tell.</summary>
    public bool Joins((string From, string To) segments) => IsHost
        || (segments.From != segments.To
            && (_zoneOfSegment.Count == 0
                || (_zoneOfSegment.TryGetValue(segments.From, out var from)
                    && _zoneOfSegment.TryGetValue(segments.To, out var to) && from != to)));

    private string? ZoneOf(HostIdentity host)
    {
        if (_zoneOfSegment.Count > 0)
            return host.Segment is { } segment ? _zoneOfSegment.GetValueOrDefault(segment) : null;
        return _networks.Find(host.Address);
    }
}
