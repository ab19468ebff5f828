using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Holds the claims of a site against what hosts did.</summary>
internal sealed class ClaimJudge
{
    /// <summary>Addresses of networks that are looked at one by one, at most, the lowest.</summary>
    private const int MaximumHosts = RoleLedger.MaximumHosts;

    private readonly CatalogSet _catalogs;
    private readonly RoleTree _roles;
    private readonly RoleLedger _ledger;
    private readonly SiteFile _site;
    private readonly HostDirectory _directory;
    private readonly RoleJudge _judge;
    private readonly RoleServices _services;

    /// <summary>Prepares the look-up of hosts and of what their roles serve.</summary>
    public ClaimJudge(CatalogSet catalogs, RoleTree roles, RoleLedger ledger, SiteFile site)
    {
        (_catalogs, _roles, _ledger, _site) = (catalogs, roles, ledger, site);
        _directory = new HostDirectory(site);
        _judge = new RoleJudge(ledger, roles);
        _services = new RoleServices(RuleBook.Bind(catalogs, site).Where(rule => rule.IsOn), roles);
    }

    /// <summary>The comparison.</summary>
    /// <param name="active">Addresses that sent packets.</param>
    /// <param name="observation">What was read.</param>
    /// <param name="minimum">Least confidence with which a role is compared with the site.</param>
    public RoleComparison Compare(IReadOnlyCollection<IpAddress> active, ObservationSummary observation,
        Confidence minimum)
    {
        var names = new SeenNames(observation.Names);
        var hosts = ObservedHosts();
        var claims = hosts.SelectMany(host => ClaimsOf(host, names, minimum)).ToList();
        var activeHosts = active.Select(_directory.Resolve).Select(host => host.Name).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var seen = hosts.Where(host => host.Identity.Name is not null)
            .ToDictionary(host => host.Identity.Name!, StringComparer.Ordinal);
        var known = _ledger.Book.Signs.Select(sign => sign.Role).ToHashSet(StringComparer.Ordinal);
        foreach (var host in _site.Hosts.Where(host => activeHosts.Contains(host.Name)))
            claims.AddRange(UnseenRoles(host, seen.GetValueOrDefault(host.Name), known, names));
        var doubted = claims.Select(claim => claim.Host).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new RoleComparison
        {
            Site = _site.Name,
            SiteFile = _site.File,
            Considered = [.. _catalogs.Files.Select(file => file.Id)],
            Claims = [.. claims.OrderBy(claim => claim.Kind)
                .ThenBy(claim => claim.Host ?? claim.Addresses[0], StringComparer.Ordinal)
                .ThenBy(claim => claim.Claim, StringComparer.Ordinal)],
            Confirmed = [.. _site.Hosts.Where(host => activeHosts.Contains(host.Name) && !doubted.Contains(host.Name)
                && host.Roles.All(known.Contains)).Select(host => host.Name).Order(StringComparer.Ordinal)],
            Silent = [.. _site.Hosts.Select(host => host.Name).Where(name => !activeHosts.Contains(name))
                .Order(StringComparer.Ordinal)],
            RolesWithoutSigns = [.. _site.Hosts.SelectMany(host => host.Roles).Distinct(StringComparer.Ordinal)
                .Where(role => !known.Contains(role)).Order(StringComparer.Ordinal)],
            Observation = observation,
        };
    }

    /// <summary>What was seen of each host: its addresses are one. Loopback addresses that the site does not list name
    /// none.</summary>
    private List<Observed> ObservedHosts()
    {
        var hosts = new SortedDictionary<string, Observed>(StringComparer.Ordinal);
        foreach (var (address, tally) in _ledger.Hosts.Take(MaximumHosts))
        {
            var identity = _directory.Resolve(address);
            if (!identity.IsListed && AddressScope.StaysOnHost(address))
                continue;
            if (hosts.TryGetValue(identity.Text, out var known))
            {
                known.Tally.UnionWith(tally);
                hosts[identity.Text] = known with { Addresses = [.. known.Addresses.Append(address).Order()] };
                continue;
            }

            var own = new HostTally();
            own.UnionWith(tally);
            hosts.Add(identity.Text, new Observed(identity, [address], own));
        }

        return [.. hosts.Values];
    }

    private IEnumerable<RoleClaim> ClaimsOf(Observed host, SeenNames names, Confidence minimum)
    {
        var isStranger = !host.Identity.IsListed && !AddressScope.IsInternal(host.Addresses[0]);
        var found = _judge.RolesOf(host.Addresses, host.Tally, isStranger)
            .Where(role => role.Confidence >= minimum && role.IsServed).ToList();
        if (!host.Identity.IsListed)
        {
            foreach (var role in found)
                yield return ClaimOf(host, names, RoleClaimKind.HostUnlisted, $"The site does not list "
                    + $"{host.Identity.Text}, which behaves like {Named(role.Role)}.") with
                { Found = role };
            yield break;
        }

        foreach (var role in found.Where(role => IsAgainst(host, role)))
            yield return ClaimOf(host, names, RoleClaimKind.RoleMismatch,
                RoleMismatches.Sentence(host.Identity, role.Role)) with
            { Found = role };
        foreach (var (thing, tally) in host.Tally.Things.Entries)
        {
            if (tally.HasPeerOtherThan(_ledger.IsScanner) && !_services.Cover(host.Identity, thing))
                yield return ClaimOf(host, names, RoleClaimKind.ServiceUnlisted, $"{host.Identity.Text} serves "
                    + $"{thing}, which {RoleMismatches.RolesText(host.Identity.Roles)} does not.")
                        with
                { Thing = thing };
        }
    }

    /// <summary>True when the host has no such role or kind of it, and its roles do not serve all of its
    /// evidence.</summary>
    private bool IsAgainst(Observed host, RoleFound role) =>
        !_roles.IsAny(host.Identity.Roles.AsSpan(), role.Role)
        && host.Tally.Things.Entries.Any(thing =>
            RoleMismatches.SpeaksFor(role, thing.Key) && !_services.Cover(host.Identity, thing.Key));

    /// <summary>The roles of an active host of which there are signs and none was seen, at whatever
    /// confidence.</summary>
    private IEnumerable<RoleClaim> UnseenRoles(SiteHost host, Observed? seen, HashSet<string> known, SeenNames names)
    {
        var identity = _directory.Resolve(host.Addresses[0]);
        var found = seen is null ? [] : _judge.RolesOf(seen.Addresses, seen.Tally, isStranger: false);
        return host.Roles
            .Where(role => known.Contains(role)
                && !found.Any(shown => _roles.IsA(shown.Role, role) || _roles.IsA(role, shown.Role)))
            .Select(role => ClaimOf(
                seen ?? new Observed(identity, [.. host.Addresses.Order()], new HostTally()),
                names,
                RoleClaimKind.RoleUnseen,
                $"{host.Name} was active and showed no sign of {Named(role)}. That proves nothing: its service may not "
                    + $"have been used, or not here.") with
            { Missing = role });
    }

    private static RoleClaim ClaimOf(Observed host, SeenNames names, RoleClaimKind kind, string claim) => new(
        kind,
        host.Identity.Name,
        [.. host.Addresses.Select(address => address.ToString())],
        host.Identity.IsListed ? host.Identity.Roles : [],
        claim,
        null,
        null,
        null,
        [.. host.Addresses.SelectMany(address => names.Of(address.ToString()))]);

    private static string Named(string role) => RoleMismatches.RolesText([role]);

    private sealed record Observed(HostIdentity Identity, ImmutableArray<IpAddress> Addresses, HostTally Tally);
}
