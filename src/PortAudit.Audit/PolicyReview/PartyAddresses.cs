using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.PolicyReview;

/// <summary>The addresses that a name in a rule stands for, as <see cref="HostDirectory"/> resolves them one by
/// one.</summary>
internal sealed class PartyAddresses
{
    private static readonly IntervalSet<UInt128> Internal = Union(AddressScope.InternalPrefixes.Select(AddressSet.Of));

    private readonly RoleTree _roles;
    private readonly SiteFile _site;
    private readonly List<(IntervalSet<UInt128> Addresses, ImmutableArray<string> Roles)>
        _parties = [];

    private readonly IntervalSet<UInt128> _unlisted;
    private readonly Dictionary<string, IntervalSet<UInt128>> _kept = new(StringComparer.Ordinal);

    /// <summary>Parts the addresses of a site by who has them.</summary>
    public PartyAddresses(SiteFile site, RoleTree roles)
    {
        (_site, _roles) = (site, roles);
        var taken = IntervalSet.Empty<UInt128>();
        foreach (var host in site.Hosts)
            Take(Union(host.Addresses.Select(AddressSet.Of)), host.Roles);
        foreach (var network in site.Networks.OrderByDescending(network => network.Prefix.Length))
            Take(AddressSet.Of(network.Prefix), network.Roles);
        _unlisted = taken.Complement();

        void Take(IntervalSet<UInt128> addresses, ImmutableArray<string> names)
        {
            _parties.Add((addresses.Except(taken), names));
            taken = taken.Union(addresses);
        }
    }

    /// <summary>The addresses of any of the names.</summary>
    public IntervalSet<UInt128> Of(IEnumerable<string> names) => Union(names.Select(Of));

    /// <summary>The addresses of a role, a built-in role, a host, a segment, or a network by its prefix.</summary>
    public IntervalSet<UInt128> Of(string name)
    {
        if (!_kept.TryGetValue(name, out var addresses))
            _kept.Add(name, addresses = Resolve(name));
        return addresses;
    }

    private IntervalSet<UInt128> Resolve(string name)
    {
        switch (name)
        {
            case BuiltInRoles.Any:
                return AddressSet.Any;
            case BuiltInRoles.Internet:
                return _unlisted.Except(Internal);
            case BuiltInRoles.UnknownInternal:
                return _unlisted.Intersect(Internal);
        }

        if (AddressText.PrefixOf(name) is { } prefix)
            return AddressSet.Of(prefix);
        var own = Union(_parties.Where(party => _roles.IsAny(party.Roles.AsSpan(), name))
            .Select(party => party.Addresses)
            .Concat(_site.Hosts.Where(host => host.Name == name)
                .SelectMany(host => host.Addresses.Select(AddressSet.Of))));
        if (_roles.Defines(name) || _site.Segments.FirstOrDefault(segment => segment.Name == name) is not { } named)
            return own;
        var others = Union(_site.Segments.Where(segment => segment != named)
            .SelectMany(segment => segment.Prefixes.Select(AddressSet.Of)));
        return own.Union(named.Prefixes.IsEmpty
            ? others.Complement()
            : Union(named.Prefixes.Select(AddressSet.Of)));
    }

    private static IntervalSet<UInt128> Union(IEnumerable<IntervalSet<UInt128>> sets) =>
        IntervalSet.Of(sets.SelectMany(set => set.Ranges));
}
