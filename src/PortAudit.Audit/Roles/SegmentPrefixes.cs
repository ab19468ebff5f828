using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>The prefixes that are proposed as networks, and the segment of each: hosts of one prefix are in one
/// segment.</summary>
/// <param name="Internal">Prefixes inside, ascending.</param>
/// <param name="Perimeter">Prefixes of which at least half of the hosts serve public addresses, ascending.</param>
internal sealed record SegmentPrefixes(ImmutableArray<Prefix> Internal, ImmutableArray<Prefix> Perimeter)
{
    /// <summary>Sorts the prefixes of hosts; a prefix of which most hosts serve the public is the perimeter.</summary>
    public static SegmentPrefixes Of(IEnumerable<(IpAddress Address, bool ServesPublic)> hosts)
    {
        var byPrefix = hosts.GroupBy(host => Of(host.Address)).OrderBy(group => group.Key.Address)
            .ToLookup(group => group.Count(host => host.ServesPublic) * 2 >= group.Count(), group => group.Key);
        return new SegmentPrefixes([.. byPrefix[false]], [.. byPrefix[true]]);
    }

    /// <summary>The prefix of the usual size that holds an address.</summary>
    public static Prefix Of(IpAddress address) => ShownNetworks.NetworkOf(address);

    public static Prefix OfOne(IpAddress address) => new(address, address.IsIpv4 ? 32 : 128);
}
