using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>
/// Who has which address. Answers are kept, so asking again for an address allocates nothing. For one thread; threads
/// that work side by side make one each.
/// </summary>
public sealed class HostDirectory
{
    /// <summary>Answers kept at most: a scan over many addresses shall not grow memory without end. Beyond it answers
    /// are worked out again.</summary>
    internal const int MaxKept = 1 << 18;

    private static readonly ImmutableArray<string> Internet = [BuiltInRoles.Internet];
    private static readonly ImmutableArray<string> UnknownInternal = [BuiltInRoles.UnknownInternal];

    private readonly FrozenDictionary<IpAddress, SiteHost> _hosts;
    private readonly ImmutableArray<SiteNetwork> _networks;
    private readonly ImmutableArray<(Prefix Prefix, string Segment)> _prefixes;
    private readonly string? _restSegment;
    private readonly NamedNetworks _namedNetworks;
    private readonly ShownNetworks _shown;
    private readonly bool _isProposed;
    private readonly Dictionary<IpAddress, HostIdentity> _kept = [];

    /// <summary>Prepares the look-up of the hosts, networks and segments of <paramref name="site"/>.</summary>
    public HostDirectory(SiteFile site)
    {
        ArgumentNullException.ThrowIfNull(site);
        var hosts = new Dictionary<IpAddress, SiteHost>();
        foreach (var host in site.Hosts)
        {
            foreach (var address in host.Addresses)
                hosts.TryAdd(address, host);
        }

        _hosts = hosts.ToFrozenDictionary();
        _networks = [.. site.Networks.OrderByDescending(network => network.Prefix.Length)];
        _prefixes =
        [
            .. site.Segments
                .SelectMany(segment => segment.Prefixes.Select(prefix => (prefix, segment.Name)))
                .OrderByDescending(entry => entry.prefix.Length),
        ];
        _namedNetworks = new NamedNetworks(site);
        _shown = new ShownNetworks(site);
        _isProposed = site.IsProposed;
        RoleLists = [UnknownInternal, Internet, .. site.Hosts.Select(host => host.Roles),
            .. site.Networks.Select(network => network.Roles), .. _namedNetworks.Lists];
        _restSegment = site.Segments.FirstOrDefault(segment => segment.Prefixes.IsEmpty)?.Name;
    }

    /// <summary>Every list of roles, and of named networks, that an answer may have, in an order that follows from the
    /// site alone.</summary>
    internal ImmutableArray<ImmutableArray<string>> RoleLists { get; }

    /// <summary>
    /// What the site says of <paramref name="address"/>: the host that has it, else the longest network that holds it,
    /// else <see cref="BuiltInRoles.UnknownInternal"/> for an address that does not cross the Internet and
    /// <see cref="BuiltInRoles.Internet"/> for any other.
    /// </summary>
    public HostIdentity Resolve(IpAddress address)
    {
        if (_kept.TryGetValue(address, out var kept))
            return kept;
        var identity = Identify(address);
        if (_kept.Count < MaxKept)
            _kept.Add(address, identity);
        return identity;
    }

    /// <summary>
    /// The segment with the longest prefix that holds <paramref name="address"/>, else the one that stands for the
    /// rest; null without either, and for an address that means something on its own link alone, which is nowhere else.
    /// </summary>
    public string? SegmentOf(IpAddress address)
    {
        foreach (var (prefix, segment) in _prefixes)
        {
            if (prefix.Contains(address))
                return segment;
        }

        return AddressScope.StaysOnLink(address) ? null : _restSegment;
    }

    /// <summary>
    /// True when a border lies between two hosts: they are in two segments, or one in a segment and the other in none;
    /// where the site has no segments, one is private and the other public. An address that means something on its own
    /// link alone, and that the site lists in no segment, is on neither side of a border.
    /// </summary>
    internal bool IsBorderBetween(HostIdentity one, HostIdentity other)
    {
        if (one.Segment is not null && other.Segment is not null)
            return one.Segment != other.Segment;
        if (AddressScope.StaysOnLink(one.Address) || AddressScope.StaysOnLink(other.Address))
            return false;
        return HasSegments
            ? one.Segment != other.Segment
            : AddressScope.IsInternal(one.Address) != AddressScope.IsInternal(other.Address);
    }

    /// <summary>True when two hosts are in one segment, or, where the site has no segments, both private and in one
    /// network (<see cref="ShownNetworks"/>).</summary>
    internal bool AreNeighbours(HostIdentity one, HostIdentity other) => HasSegments
        ? one.Segment is not null && one.Segment == other.Segment
        : AddressScope.IsInternal(one.Address) && AddressScope.IsInternal(other.Address)
            && ShownNetworks.NetworkOf(one.Address) == ShownNetworks.NetworkOf(other.Address);

    /// <summary>True when an unlisted public address opens a flow to a private one in a proposed site. Rules for any
    /// host do not cover that: serving the Internet needs confirmation.</summary>
    internal bool IsUnconfirmed(HostIdentity originator, HostIdentity responder) => _isProposed && !originator.IsListed
        && !AddressScope.IsInternal(originator.Address) && AddressScope.IsInternal(responder.Address)
        && responder.Address.IsUnicast;

    private bool HasSegments => _restSegment is not null || !_prefixes.IsEmpty;

    private HostIdentity Identify(IpAddress address)
    {
        var (name, roles, isListed) = RolesOf(address);
        var segment = SegmentOf(address);
        return new HostIdentity(address, name, roles, segment, isListed)
        {
            Networks = _namedNetworks.Of(address),
            ShownSegment = segment ?? (HasSegments ? HostIdentity.NoSegment : _shown.Of(address, isListed)),
        };
    }

    private (string? Name, ImmutableArray<string> Roles, bool IsListed) RolesOf(IpAddress address)
    {
        if (_hosts.TryGetValue(address, out var host))
            return (host.Name, host.Roles, true);
        foreach (var network in _networks)
        {
            if (network.Prefix.Contains(address))
                return (null, network.Roles, true);
        }

        return (null, AddressScope.IsInternal(address) ? UnknownInternal : Internet, false);
    }
}
