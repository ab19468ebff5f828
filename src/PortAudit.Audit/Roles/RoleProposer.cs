using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Turns what hosts did into proposals for a site file.</summary>
/// <param name="catalogs">The catalogs whose roles are considered.</param>
/// <param name="roles">Their roles.</param>
/// <param name="ledger">What hosts did.</param>
internal sealed class RoleProposer(CatalogSet catalogs, RoleTree roles, RoleLedger ledger)
{
    /// <summary>Length of the IPv4 prefix that a network of clients is proposed as.</summary>
    public const int Ipv4Length = 24;

    /// <summary>Length of the IPv6 prefix: a link has one (RFC 4291 §2.5.1).</summary>
    public const int Ipv6Length = 64;

    /// <summary>Clients from which on their network is proposed; one alone does not stand for its neighbours.</summary>
    private const int ClientsOfNetwork = 2;

    /// <summary>Things that a host serves without a sign for it which are listed at most.</summary>
    private const int MaximumUnnamed = 10;

    private readonly RoleJudge _judge = new(ledger, roles);

    /// <summary>What roles serve by the rules of the catalogs that are proposed.</summary>
    private RoleServices _services = new([], roles);

    /// <summary>
    /// The proposals. Which catalogs a site needs follows from its roles, and which roles others bring along from the
    /// rules of its catalogs: a proposal holds only when the catalogs that it names are those that it was weighed by.
    /// All catalogs are the start; then only more are added to those that the roles need, until none is missing.
    /// </summary>
    public RoleProposals Propose(ObservationSummary observation, Confidence minimum)
    {
        var proposals = ProposeBy(catalogs, observation, minimum);
        var needed = ImmutableArray<CatalogFile>.Empty;
        while (catalogs.Files.Where(file => proposals.Catalogs.Contains(file.Id)).Except(needed).Any())
        {
            needed = [.. catalogs.Files.Where(file => needed.Contains(file) || proposals.Catalogs.Contains(file.Id))];
            proposals = ProposeBy(catalogs with { Files = needed }, observation, minimum);
        }

        return proposals with { Catalogs = [.. needed.Select(file => file.Id)] };
    }

    private RoleProposals ProposeBy(CatalogSet weighedBy, ObservationSummary observation, Confidence minimum)
    {
        _services = new RoleServices(RuleBook.Bind(weighedBy, null), roles);
        var names = new SeenNames(observation.Names);
        var all = ledger.Hosts.Select(host => OfHost(host.Key, host.Value, names, minimum)).ToList();
        var hosts = all.Where(host => host.Roles.Any(role => !role.IsOfMany)).OrderBy(host => host.Address)
            .ToImmutableArray();
        var clients = all.Where(host => !host.Roles.IsEmpty && host.Roles.All(role => role.IsOfMany));
        var networks = NetworksOf(clients.Where(host => AddressScope.IsInternal(host.Address)));
        var others = all.Where(host => host.Roles.IsEmpty && (!host.Doubtful.IsEmpty
            || (AddressScope.IsInternal(host.Address) && !host.Unnamed.IsEmpty))).ToImmutableArray();
        var proposed = hosts.SelectMany(host => host.Roles).Select(role => role.Role)
            .Concat(networks.SelectMany(network => network.Roles).Select(role => role.Role))
            .ToHashSet(StringComparer.Ordinal);
        return new RoleProposals
        {
            Considered = [.. catalogs.Files.Select(file => file.Id)],
            Catalogs = CatalogsOf(proposed),
            Minimum = minimum,
            Hosts = hosts,
            Networks = networks,
            Others = others,
            PublicPeers = all.Count(host => !AddressScope.IsInternal(host.Address)
                && (host.Roles.IsEmpty ? host.Doubtful.IsEmpty : host.Roles.All(role => role.IsOfMany))),
            Scanners = [.. all.Select(host => host.Address).Where(ledger.IsScanner).Order()],
            InternalPrefixes = PrefixesOf(all.Where(host =>
                AddressScope.IsInternal(host.Address) && !ServesPublic(host))),
            PerimeterPrefixes = PrefixesOf(hosts.Where(ServesPublic)),
            RolesWithoutSigns = RolesWithoutSigns(),
            WhyEmpty = proposed.Count > 0 ? null : WhyEmpty(observation, all, others, minimum),
            HasMoreHosts = ledger.IsOverflown,
            Observation = observation,
        };
    }

    private HostProposal OfHost(IpAddress address, HostTally tally, SeenNames names, Confidence minimum)
    {
        var found = Unexplained(_judge.RolesOf([address], tally, isStranger: !AddressScope.IsInternal(address)), tally);
        ImmutableArray<RoleFound> strong = [.. found.Where(role => role.Confidence >= minimum)];
        return new HostProposal(
            address,
            names.Of(address.ToString()),
            strong,
            [.. found.Where(role => role.Confidence < minimum)],
            [.. tally.Things.Entries.Where(thing => thing.Value.HasPeerBeside(ledger.IsScanner))
                .Select(thing => thing.Key).Where(thing => !IsAskedFor(thing, strong)).Take(MaximumUnnamed)]);
    }

    /// <summary>
    /// Roles without those that another one brings along: a Front End Server serves web pages and files, and is
    /// proposed as a web server no more than as a file server. The other role has to be as certain, by its rules serve
    /// all that speaks for this one, and do something that this one does not.
    /// </summary>
    private ImmutableArray<RoleFound> Unexplained(ImmutableArray<RoleFound> found, HostTally tally) =>
        [.. found.Where(role => !found.Any(other => other.Role != role.Role && other.Confidence >= role.Confidence
            && Covers(other, role, tally) && !Covers(role, other, tally)))];

    private bool Covers(RoleFound role, RoleFound other, HostTally tally) =>
        other.Evidence.All(evidence => evidence.Served)
        && tally.Things.Entries.Where(thing => other.Evidence.Any(evidence => thing.Key.Meets(evidence.Mark)))
            .All(thing => _services.Cover(role.Role, thing.Key));

    private static bool IsAskedFor(ObservedService thing, ImmutableArray<RoleFound> found) =>
        found.SelectMany(role => role.Evidence).Any(evidence => evidence.Served && thing.Meets(evidence.Mark));

    private static ImmutableArray<NetworkProposal> NetworksOf(IEnumerable<HostProposal> clients) =>
    [
        .. clients.GroupBy(client => PrefixOf(client.Address))
            .SelectMany(group => OfPrefix(group.Key, [.. group.OrderBy(client => client.Address)]))
            .OrderBy(network => network.Prefix.Address)
            .ThenBy(network => network.Prefix.Length),
    ];

    /// <summary>The prefix with the roles that several of its clients showed, and each client that showed another one
    /// by itself.</summary>
    private static IEnumerable<NetworkProposal> OfPrefix(Prefix prefix, ImmutableArray<HostProposal> clients)
    {
        var shared = clients.SelectMany(client => client.Roles).GroupBy(role => role.Role, StringComparer.Ordinal)
            .Where(group => group.Count() >= ClientsOfNetwork)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        ImmutableArray<HostProposal> alike =
            [.. clients.Where(client => client.Roles.All(role => shared.Contains(role.Role)))];
        if (!alike.IsEmpty)
            yield return OfClients(prefix, alike);
        foreach (var client in clients.Except(alike))
            yield return OfClients(new Prefix(client.Address, client.Address.IsIpv4 ? 32 : 128), [client]);
    }

    private static NetworkProposal OfClients(Prefix prefix, ImmutableArray<HostProposal> clients) => new(
        prefix,
        clients,
        [
            .. clients.SelectMany(client => client.Roles.Select(role => (Client: client, Role: role)))
                .GroupBy(entry => entry.Role.Role, StringComparer.Ordinal)
                .Select(group => (Best: group.MaxBy(entry => entry.Role.Confidence), Count: group.Count()))
                .OrderByDescending(role => role.Count)
                .ThenBy(role => role.Best.Role.Role, StringComparer.Ordinal)
                .Select(role => new RoleCount(role.Best.Role.Role, role.Best.Role.Title, role.Best.Role.Confidence,
                    role.Count, role.Best.Client)),
        ]);

    private static Prefix PrefixOf(IpAddress address) => address.IsIpv4
        ? new Prefix(IpAddress.FromIpv4(address.Ipv4Value & (uint.MaxValue << (32 - Ipv4Length))), Ipv4Length)
        : new Prefix(address with { Low = 0 }, Ipv6Length);

    private static ImmutableArray<Prefix> PrefixesOf(IEnumerable<HostProposal> hosts) =>
        [.. hosts.Select(host => PrefixOf(host.Address)).Distinct().OrderBy(prefix => prefix.Address)];

    private static bool ServesPublic(HostProposal host) =>
        host.Roles.SelectMany(role => role.Evidence)
            .Any(evidence => evidence.Served && evidence.Peers.Any(peer => !AddressScope.IsInternal(peer)));

    // Greedy: the catalog that defines most of what is left, the first in order of those that define as many.
    private ImmutableArray<string> CatalogsOf(HashSet<string> proposed)
    {
        if (proposed.Count == 0)
            return [.. catalogs.Files.Select(file => file.Id)];
        var left = new HashSet<string>(proposed, StringComparer.Ordinal);
        var chosen = new List<string>();
        while (left.Count > 0)
        {
            var best = catalogs.Files.MaxBy(file => file.Roles.Count(role => left.Contains(role.Id)))!;
            left.ExceptWith(best.Roles.Select(role => role.Id));
            chosen.Add(best.Id);
        }

        return [.. catalogs.Files.Select(file => file.Id).Where(chosen.Contains)];
    }

    private ImmutableArray<string> RolesWithoutSigns()
    {
        var told = ledger.Book.Signs.Select(sign => sign.Role).ToHashSet(StringComparer.Ordinal);
        return [.. catalogs.Files.SelectMany(file => file.Roles).Select(role => role.Id)
            .Distinct(StringComparer.Ordinal).Where(role => !told.Contains(role)).Order(StringComparer.Ordinal)];
    }

    private string WhyEmpty(ObservationSummary observation, List<HostProposal> all, ImmutableArray<HostProposal> others,
        Confidence minimum)
    {
        if (ledger.Book.Signs.IsEmpty)
            return "The catalogs that were considered have no signs.";
        if (observation.Captures.Sum(capture => capture.Packets) == 0)
            return "The captures hold no packet.";
        if (all.Count == 0)
            return "No host was seen to answer anything: the captures hold attempts, one side of conversations, or "
                + "nothing above IP that is read here.";
        if (others.Any(host => !host.Doubtful.IsEmpty))
            return $"Signs were met, but none is worth {minimum.ToText()}: see the hosts below, or ask for less by "
                + "--minimum-confidence.";
        return "Hosts answered, but nothing that a sign of the catalogs that were considered asks for.";
    }
}
