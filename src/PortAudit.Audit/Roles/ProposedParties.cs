using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>The roles that an address has in a proposed site.</summary>
internal sealed class ProposedParties
{
    private static readonly ImmutableArray<string> Internet = [BuiltInRoles.Internet];
    private static readonly ImmutableArray<string> UnknownInternal = [BuiltInRoles.UnknownInternal];

    private readonly FrozenDictionary<IpAddress, ImmutableArray<string>> _hosts;
    private readonly FrozenDictionary<Prefix, ImmutableArray<string>> _networks;

    public ProposedParties(ImmutableArray<HostProposal> hosts, ImmutableArray<NetworkProposal> networks)
    {
        _hosts = hosts.ToFrozenDictionary(host => host.Address,
            host => host.Roles.Select(role => role.Role).ToImmutableArray());
        _networks = networks.ToFrozenDictionary(network => network.Prefix,
            network => network.Roles.Select(role => role.Role).ToImmutableArray());
    }

    /// <summary>What the proposed site says of <paramref name="address"/>: hosts come before networks, and a client
    /// that is listed alone before its network.</summary>
    public HostIdentity Resolve(IpAddress address)
    {
        if (_hosts.TryGetValue(address, out var roles)
            || _networks.TryGetValue(SegmentPrefixes.OfOne(address), out roles)
            || _networks.TryGetValue(SegmentPrefixes.Of(address), out roles))
            return new HostIdentity(address, null, roles, null, IsListed: true);
        return new HostIdentity(address, null, AddressScope.IsInternal(address) ? UnknownInternal : Internet, null,
            IsListed: false);
    }
}
