using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Turns what hosts did into proposals for a site file.</summary>
/// <param name="catalogs">The catalogs whose roles are considered.</param>
/// <param name="roles">Their roles.</param>
/// <param name="ledger">What hosts did.</param>
/// <param name="media">Who sent media to whom.</param>
internal sealed class RoleProposer(CatalogSet catalogs, RoleTree roles, RoleLedger ledger, MediaLedger media)
{
    /// <summary>Clients from which on their network is proposed; one alone does not stand for its neighbours.</summary>
    private const int ClientsOfNetwork = 2;

    /// <summary>Clients for each host of their network that serves something and got no role, from which on the
    /// network is proposed: it gives all its hosts the clients' roles.</summary>
    private const int ClientsPerOther = 10;

    /// <summary>Things that a host serves without a sign for it which are listed at most.</summary>
    private const int MaximumUnnamed = 10;

    private readonly RoleJudge _judge = new(ledger, roles);
    private readonly CatalogChoice _choice = new(catalogs, roles, ledger);

    /// <summary>What roles serve by the rules of the catalogs that are proposed.</summary>
    private RoleServices _services = new([], roles);

    /// <summary>
    /// The proposals. Which catalogs a site needs follows from its roles, and which roles others bring along from the
    /// rules of its catalogs: a proposal holds only when the catalogs that it names are those that it was weighed by.
    /// All catalogs are the start; then only more are added to those that are chosen, until none is missing.
    /// </summary>
    /// <param name="observation">What was read.</param>
    /// <param name="minimum">Least confidence with which a role is proposed.</param>
    /// <param name="answering">TCP ports of hosts that accepted connections in which they sent no data.</param>
    public RoleProposals Propose(ObservationSummary observation, Confidence minimum,
        IEnumerable<KeyValuePair<IpAddress, BottomKSet<ushort>>> answering)
    {
        var proposals = ProposeBy(catalogs, observation, minimum);
        var needed = ImmutableArray<CatalogFile>.Empty;
        while (catalogs.Files.Where(file => proposals.Catalogs.Contains(file.Id)).Except(needed).Any())
        {
            needed = [.. catalogs.Files.Where(file => needed.Contains(file) || proposals.Catalogs.Contains(file.Id))];
            proposals = ProposeBy(catalogs with { Files = needed }, observation, minimum);
        }

        var known = proposals.Hosts.Concat(proposals.Others).Select(host => host.Address).ToHashSet();
        return proposals with
        {
            Catalogs = [.. needed.Select(file => file.Id)],
            Rules = new RuleProposer(new ServiceRules(catalogs with { Files = needed }, roles),
                new ProposedParties(proposals.Hosts, proposals.Networks), ledger.IsScanner).Of(proposals, media),
            Answering = [.. answering.Where(host => AddressScope.IsInternal(host.Key) && !known.Contains(host.Key))
                .Select(host => AnsweringHost.Of(host.Key, host.Value))],
        };
    }

    private RoleProposals ProposeBy(CatalogSet weighedBy, ObservationSummary observation, Confidence minimum)
    {
        _services = new RoleServices(RuleBook.Bind(weighedBy, null), roles);
        var names = new HostNaming(observation.Names);
        var all = ledger.Hosts.Where(host => !AddressScope.StaysOnHost(host.Key))
            .Select(host => OfHost(host.Key, host.Value, names, minimum)).ToList();
        var hosts = all.Where(host => host.Roles.Any(role => !role.IsOfMany)).OrderBy(host => host.Address)
            .ToImmutableArray();
        var clients = all.Where(host => !host.Roles.IsEmpty && host.Roles.All(role => role.IsOfMany));
        var others = all.Where(host => host.Roles.IsEmpty && (!host.Doubtful.IsEmpty
            || (AddressScope.IsInternal(host.Address) && !host.Unnamed.IsEmpty))).ToImmutableArray();
        var networks = NetworksOf(clients.Where(host => AddressScope.IsInternal(host.Address)), others);
        ImmutableArray<RoleFound> proposed = [.. hosts.Concat(networks.SelectMany(network => network.Clients))
            .SelectMany(host => host.Roles)];
        var segments = SegmentPrefixes.Of(all.Where(host => AddressScope.IsInternal(host.Address))
            .Select(host => (host.Address, ServesPublic(host))));
        return new RoleProposals
        {
            Considered = [.. catalogs.Files.Select(file => file.Id)],
            Catalogs = _choice.Of(new ProposedParties(hosts, networks), proposed),
            Minimum = minimum,
            Hosts = hosts,
            Networks = networks,
            Others = others,
            Scanners = [.. all.Select(host => host.Address).Where(ledger.IsScanner).Order()],
            InternalPrefixes = segments.Internal,
            PerimeterPrefixes = segments.Perimeter,
            RolesWithoutSigns = RolesWithoutSigns(),
            WhyEmpty = !proposed.IsEmpty ? null : WhyEmpty(observation, all, others, minimum),
            HasMoreHosts = ledger.IsOverflown,
            Observation = observation,
        };
    }

    // Whose a public address is, no capture says: a DNS server of the Internet answers public clients, too.
    private HostProposal OfHost(IpAddress address, HostTally tally, HostNaming names, Confidence minimum)
    {
        var isPublic = !AddressScope.IsInternal(address);
        var found = Unexplained(_judge.RolesOf([address], tally, isPublic), tally);
        ImmutableArray<RoleFound> strong = [.. found.Where(role => !isPublic && role.Confidence >= minimum)];
        return new HostProposal(
            address,
            names.Of(address),
            strong,
            [.. found.Except(strong)],
            [.. tally.Things.Entries.Where(thing => thing.Value.HasPeerOtherThan(ledger.IsScanner))
                .Select(thing => thing.Key).Where(thing => !IsAskedFor(thing, strong)).Take(MaximumUnnamed)]);
    }

    /// <summary>Roles without those that another includes: a Front End Server also serves web pages and files. The
    /// other role must be as certain, serve all the evidence for this one by its rules, and do more.</summary>
    private ImmutableArray<RoleFound> Unexplained(ImmutableArray<RoleFound> found, HostTally tally) =>
        [.. found.Where(role => !found.Any(other => other.Role != role.Role && other.Confidence >= role.Confidence
            && Covers(other, role, tally) && !Covers(role, other, tally)))];

    private bool Covers(RoleFound role, RoleFound other, HostTally tally) =>
        other.Evidence.All(evidence => evidence.Served)
        && tally.Things.Entries.Where(thing => other.Evidence.Any(evidence => thing.Key.Meets(evidence.Mark)))
            .All(thing => _services.Cover(role.Role, thing.Key));

    private static bool IsAskedFor(ObservedService thing, ImmutableArray<RoleFound> found) =>
        found.SelectMany(role => role.Evidence).Any(evidence => evidence.Served && thing.Meets(evidence.Mark));

    private static ImmutableArray<NetworkProposal> NetworksOf(IEnumerable<HostProposal> clients,
        ImmutableArray<HostProposal> others) =>
    [
        .. clients.GroupBy(client => SegmentPrefixes.Of(client.Address))
            .SelectMany(group => OfPrefix(group.Key, [.. group.OrderBy(client => client.Address)],
                others.Count(host => group.Key.Contains(host.Address))))
            .OrderBy(network => network.Prefix.Address)
            .ThenBy(network => network.Prefix.Length),
    ];

    /// <summary>The prefix with the roles that several of its clients showed, and each client that showed another one
    /// by itself; all of them by themselves where the prefix holds too many hosts that are none.</summary>
    private static IEnumerable<NetworkProposal> OfPrefix(Prefix prefix, ImmutableArray<HostProposal> clients,
        int others)
    {
        var shared = clients.SelectMany(client => client.Roles).GroupBy(role => role.Role, StringComparer.Ordinal)
            .Where(group => group.Count() >= ClientsOfNetwork)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        ImmutableArray<HostProposal> alike =
            [.. clients.Where(client => client.Roles.All(role => shared.Contains(role.Role)))];
        if (alike.Length < others * ClientsPerOther)
            alike = [];
        if (!alike.IsEmpty)
            yield return OfClients(prefix, alike);
        foreach (var client in clients.Except(alike))
            yield return OfClients(SegmentPrefixes.OfOne(client.Address), [client]);
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

    private static bool ServesPublic(HostProposal host) =>
        host.Roles.SelectMany(role => role.Evidence)
            .Any(evidence => evidence.Served && evidence.Peers.Any(peer => !AddressScope.IsInternal(peer)));

    private ImmutableArray<string> RolesWithoutSigns()
    {
        var known = ledger.Book.Signs.Select(sign => sign.Role).ToHashSet(StringComparer.Ordinal);
        return [.. catalogs.Files.SelectMany(file => file.Roles).Select(role => role.Id)
            .Distinct(StringComparer.Ordinal).Where(role => !known.Contains(role)).Order(StringComparer.Ordinal)];
    }

    private string WhyEmpty(ObservationSummary observation, List<HostProposal> all, ImmutableArray<HostProposal> others,
        Confidence minimum)
    {
        if (ledger.Book.Signs.IsEmpty)
            return "These catalogs have no signs.";
        if (observation.Captures.Sum(capture => capture.Packets) == 0)
            return "The captures contain no packets.";
        if (all.Count == 0 && ledger.Hosts.Any())
            return "Only loopback and unspecified addresses answered. Every machine has these, so none gets a role; "
                + $"list those that you want judged.";
        if (all.Count == 0)
            return "Nothing shows what a host serves: the captures have only attempts, refusals, one-way traffic, "
                + "or protocols that are not read here.";
        if (others.All(host => host.Doubtful.IsEmpty))
            return "Hosts answered, but not with any service that identifies a role of these catalogs.";
        if (others.Any(host => !host.Doubtful.IsEmpty && AddressScope.IsInternal(host.Address)))
            return $"Signs were found, but none with confidence {minimum.ToText()}: see the hosts below, or use "
                + "a lower --minimum-confidence.";
        return "Only public addresses showed signs of roles, and a capture does not show whose they are: see the "
            + $"hosts below, and list those that are yours.";
    }
}
