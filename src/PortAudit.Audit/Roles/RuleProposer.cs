using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>
/// Proposes site rules for the ordinary services by which roles were recognised and which no rule of the proposed
/// catalogs covers. Without them the proposed site would call traffic unexpected that made it what it is.
/// </summary>
/// <param name="rules">The rules of the proposed catalogs.</param>
/// <param name="parties">The roles of addresses.</param>
/// <param name="isScanner">True for a host whose probes count for nothing.</param>
internal sealed class RuleProposer(ServiceRules rules, ProposedParties parties, Func<IpAddress, bool> isScanner)
{
    /// <summary>Rules that are proposed at most: a person has to confirm each.</summary>
    public const int MaximumRules = 50;

    private static readonly Mark MediaMark = new([MediaLedger.Protocol], [], [], []);

    public ImmutableArray<RuleProposal> Of(RoleProposals proposals, MediaLedger media)
    {
        var found = new SortedDictionary<string, RuleProposal>(StringComparer.Ordinal);
        foreach (var host in proposals.Hosts.Concat(proposals.Networks.SelectMany(network => network.Clients)))
        {
            foreach (var role in host.Roles)
            {
                foreach (var evidence in role.Evidence)
                    Add(host.Address, role.Role, evidence, found);
            }
        }

        foreach (var rule in found.Values.SelectMany(OfCall)
            .Concat(media.Pairs.SelectMany(pair => OfMedia(pair.Key, pair.Value))).ToList())
            found.TryAdd(rule.Id, rule);
        return [.. found.Values.Take(MaximumRules)];
    }

    /// <summary>The media of calls: both sides name the ports on which they receive.</summary>
    private static IEnumerable<RuleProposal> OfCall(RuleProposal call) =>
        MediaLedger.AnnouncersOf(call.Protocol).SelectMany(control => new[]
        {
            MediaRuleOf(call.From, call.To, control, call.Evidence),
            MediaRuleOf(call.To, call.From, control, call.Evidence),
        });

    /// <summary>The media that were seen; unlike signalling, telephones send them directly to each other.</summary>
    private IEnumerable<RuleProposal> OfMedia(MediaPair pair, MarkTally tally)
    {
        var (one, other) = (parties.Resolve(pair.From), parties.Resolve(pair.To));
        if ((!one.IsListed && !other.IsListed) || isScanner(pair.From) || isScanner(pair.To))
            return [];
        var seen = new ObservedService(IpProtocol.Udp, tally.Ports.Kept.First().Port, MediaLedger.Protocol, null);
        var evidence = RoleJudge.EvidenceOf(MediaMark, isServed: true, [pair.To], tally);
        return new[] { (From: one, To: other), (From: other, To: one) }
            .Where(sides => AddressScope.IsInternal(sides.From.Address) && AddressScope.IsInternal(sides.To.Address)
                && !rules.CoverMedia(new RoleList(sides.From.Roles), new RoleList(sides.To.Roles), seen,
                    pair.AnnouncedBy))
            .Select(sides => MediaRuleOf(sides.From.PrimaryRole, sides.To.PrimaryRole, pair.AnnouncedBy, evidence));
    }

    private static RuleProposal MediaRuleOf(string from, string to, string control, RoleEvidence evidence) =>
        new($"seen.{from}.{to}.media.by-{control}", from, to, IpProtocol.Udp, [], MediaLedger.Protocol, evidence)
        {
            AnnouncedBy = control,
        };

    private void Add(IpAddress address, string role, RoleEvidence evidence,
        SortedDictionary<string, RuleProposal> found)
    {
        if (evidence.Basis < EvidenceBasis.OneDirection || evidence.First.Protocol is not { } protocol
            || ProtocolRegistry.Find(protocol) is { CarriesControl: true } || RemoteControl.IsName(protocol))
            return; // neither what controls hosts nor what carries such calls is ever called ordinary
        var own = parties.Resolve(address);
        foreach (var peer in evidence.Peers.Where(peer => IsOrdinary(peer)).Select(parties.Resolve))
        {
            var (from, to) = evidence.Served ? (peer, own) : (own, peer);
            foreach (var (transport, port) in evidence.Ports)
            {
                var thing = new ObservedService(transport, port, protocol, evidence.First.Service);
                if (rules.Cover(new RoleList(from.Roles), new RoleList(to.Roles), thing))
                    continue;
                var rule = evidence.Served
                    ? RuleOf(peer.PrimaryRole, role, transport, port, protocol, evidence)
                    : RuleOf(role, peer.PrimaryRole, transport, port, protocol, evidence);
                found[rule.Id] = found.TryGetValue(rule.Id, out var other) ? Union(other, rule) : rule;
            }
        }
    }

    /// <summary>True for a peer whose flows a rule may cover. What crosses to the Internet or comes from it is for the
    /// user to allow.</summary>
    private bool IsOrdinary(IpAddress peer) => peer.IsUnicast && !isScanner(peer) && AddressScope.IsInternal(peer);

    private static RuleProposal RuleOf(string from, string to, IpProtocol transport, ushort port, string protocol,
        RoleEvidence evidence) => new($"seen.{from}.{to}.{protocol}.{transport}", from, to, transport,
        transport.HasPorts ? [port] : [], protocol, evidence);

    private static RuleProposal Union(RuleProposal one, RuleProposal other) => one with
    {
        Ports = [.. one.Ports.Concat(other.Ports).Distinct().Order()],
        Evidence = Matching.FlowOrder.ByStart.Compare(other.Evidence.First, one.Evidence.First) < 0
            ? other.Evidence
            : one.Evidence,
    };
}
