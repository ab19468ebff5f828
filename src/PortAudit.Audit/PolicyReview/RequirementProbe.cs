using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.PolicyReview;

/// <summary>
/// Puts the traffic that documents and site ask for to a firewall. Address sets and port ranges are cut where a rule
/// that can concern this traffic cuts them, so that one probe stands for all traffic of its piece. What is needed is
/// needed of each host, by one of its addresses; of a party that is no list of hosts (<see cref="BuiltInRoles"/>) it is
/// enough that one address can.
/// </summary>
/// <param name="device">The firewall.</param>
/// <param name="directory">Who has which address.</param>
/// <param name="site">The site, for its hosts.</param>
internal sealed class RequirementProbe(PolicyDevice device, HostDirectory directory, SiteFile site)
{
    /// <summary>Pieces of a side of a rule that are tried.</summary>
    public const int MaxAddresses = 24;

    /// <summary>Pieces of the ports of a rule that are tried.</summary>
    public const int MaxPorts = 24;

    /// <summary>Examples that a row lists.</summary>
    public const int MaxExamples = 5;

    /// <summary>A port that clients use as their own: rules on source ports are seldom about it.</summary>
    private const ushort ClientPort = 51_000;

    /// <summary>Type of an ICMP echo request (RFC 792).</summary>
    private const ushort Echo = 8;

    /// <summary>Type of an ICMPv6 echo request (RFC 4443 §4.1).</summary>
    private const ushort EchoV6 = 128;

    /// <summary>No host has these addresses (RFC 1122 §3.2.1.3).</summary>
    private static readonly IntervalSet<UInt128> ThisNetwork = AddressSet.Of(new Prefix(IpAddress.FromIpv4(0), 8));

    private readonly ImmutableArray<PolicyRule> _rules = [.. device.Policy.Lists.SelectMany(list => list.Rules)];

    private readonly ImmutableArray<UInt128> _hosts =
        [.. site.Hosts.SelectMany(host => host.Addresses).Select(AddressSet.Number)];

    /// <summary>The row of what one rule asks for; null when none of its traffic meets the firewall.</summary>
    public RequirementRow? Of(DocumentRegion region)
    {
        var asked = region.Rule.Rule;
        var rules = _rules.Where(rule => Concerns(rule, region)).ToList();
        var from = Pieces(region.From, asked.From, rules.Select(rule => rule.Source.Set));
        var to = Pieces(region.To, asked.To, rules.Select(rule => rule.Destination.Set));
        var services = Services(region, rules);
        var tried = new Dictionary<(string, string, IpProtocol, ushort), RequirementExample>();
        foreach (var (originator, responder) in from.Pieces.SelectMany(_ => to.Pieces, (one, other) => (one, other)))
        {
            if (originator.Host.Address.IsIpv4 != responder.Host.Address.IsIpv4)
                continue;
            foreach (var (transport, port) in services.Pieces)
            {
                if (device.Answer(new PolicyConnection(originator.Host, responder.Host, transport, ClientPort, port,
                    asked.AnnouncedBy.Select(PolicyConnection.IsRpc).Max())) is not { } answer)
                    continue;
                var key = (originator.Party, responder.Party, transport, port);
                var example = new RequirementExample(originator.Text, responder.Text, Text(transport, port),
                    answer.Outcome, DeciderOf(answer));
                if (!tried.TryGetValue(key, out var other) || Rank(example) > Rank(other))
                    tried[key] = example;
            }
        }

        var isWhole = from.IsWhole && to.IsWhole && services.IsWhole;
        return tried.Count == 0 ? null : Row(region, isWhole, [.. tried.Values]);
    }

    private static RequirementRow Row(DocumentRegion region, bool isWhole, ImmutableArray<RequirementExample> tried)
    {
        var rule = region.Rule.Rule;
        // An address that was not tried may be the one that can.
        var isKnown = isWhole || !rule.From.Concat(rule.To).Any(BuiltInRoles.Contains);
        var stopped = isKnown ? tried.Count(example => example.IsStopped) : 0;
        var status = stopped == tried.Length && isWhole ? RequirementStatus.Closed
            : stopped > 0 ? RequirementStatus.PartlyClosed
            : tried.All(example => example.Outcome == PolicyOutcome.Permitted) ? RequirementStatus.Open
            : RequirementStatus.Undecided;
        return new RequirementRow(rule, status, region.Rule.IsNeeded, tried.Length, stopped,
        [
            .. tried.Where(example => example.Outcome != PolicyOutcome.Permitted)
                .OrderBy(example => !example.IsStopped).Take(MaxExamples),
        ])
        {
            From = region.From,
            To = region.To,
        };
    }

    /// <summary>The rule that decides; of an undecided packet the first that may permit it.</summary>
    private static PolicyRule? DeciderOf(DeviceAnswer answer) => answer.Outcome == PolicyOutcome.Undecided
        ? answer.Rules.FirstOrDefault(rule => rule.Action == PolicyAction.Permit) ?? answer.Rules.LastOrDefault()
        : answer.Rules.LastOrDefault();

    /// <summary>The better an example says what comes of its party, the higher: it passes, it may pass, a rule stops
    /// it, the default does.</summary>
    private static int Rank(RequirementExample example) => example switch
    {
        { Outcome: PolicyOutcome.Permitted } => 3,
        { Outcome: PolicyOutcome.Undecided } => 2,
        { Decider.IsImplicit: false } => 1,
        _ => 0,
    };

    /// <summary>True when the rule may decide traffic of the region.</summary>
    private bool Concerns(PolicyRule rule, DocumentRegion region) =>
        (rule.Source.IsOpen || rule.Source.Set.Overlaps(region.From))
        && (rule.Destination.IsOpen || !device.Policy.Translations.IsEmpty
            || rule.Destination.Set.Overlaps(region.To))
        && rule.Services.Any(service => service.IsOpen || region.Overlaps(service));

    private (ImmutableArray<AddressPiece> Pieces, bool IsWhole) Pieces(IntervalSet<UInt128> addresses,
        ImmutableArray<string> names, IEnumerable<IntervalSet<UInt128>> matched)
    {
        var hosts = names.Any(BuiltInRoles.Contains) ? [] : _hosts.Where(addresses.Contains).ToList();
        if (hosts.Count > MaxAddresses)
            hosts.Clear();
        var cuts = Cuts(matched.SelectMany(set => set.Ranges).Concat(device.Path.Borders)
            .Concat(hosts.Select(host => new Interval<UInt128>(host, host))));
        var pieces = Parts(addresses.Except(ThisNetwork), cuts)
            .Where(part => AddressSet.Address(part.First) is { IsUnicast: true, IsUnspecified: false })
            .Select(part => AddressPiece.Of(part, directory.Resolve(AddressSet.Address(part.First)), names))
            .Take(MaxAddresses + 1).ToImmutableArray();
        return pieces.Length > MaxAddresses ? (pieces[..MaxAddresses], false) : (pieces, true);
    }

    private static (ImmutableArray<(IpProtocol Transport, ushort Port)> Pieces, bool IsWhole) Services(
        DocumentRegion region, List<PolicyRule> rules)
    {
        var cuts = Cuts(rules.SelectMany(rule => rule.Services)
            .SelectMany(service => service.DestinationPorts.Ranges));
        var pieces = ImmutableArray.CreateBuilder<(IpProtocol, ushort)>();
        var isWhole = true;
        foreach (var service in region.Services)
        {
            foreach (var range in service.Protocols.Ranges.Where(range => range.First == range.Last))
            {
                var transport = new IpProtocol(range.First);
                if (!transport.HasPorts)
                {
                    pieces.Add((transport, transport == IpProtocol.IcmpV6 ? EchoV6 : Echo));
                    continue;
                }

                var parts = Parts(service.DestinationPorts, cuts).Take(MaxPorts + 1).ToList();
                isWhole &= parts.Count <= MaxPorts;
                pieces.AddRange(parts.Take(MaxPorts).Select(part => (transport, part.First)));
            }
        }

        return (pieces.ToImmutable(), isWhole);
    }

    private static string Text(IpProtocol transport, ushort port) => transport.HasPorts
        ? string.Create(CultureInfo.InvariantCulture, $"{transport} {port}")
        : transport.ToString();

    /// <summary>The pieces into which cuts divide a set.</summary>
    private static IEnumerable<Interval<T>> Parts<T>(IntervalSet<T> set, SortedSet<T> cuts)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        foreach (var range in set.Ranges)
        {
            var first = range.First;
            foreach (var cut in cuts.GetViewBetween(range.First, range.Last).Where(cut => cut != range.First))
            {
                yield return new Interval<T>(first, cut - T.One);
                first = cut;
            }

            yield return range with { First = first };
        }
    }

    private static SortedSet<T> Cuts<T>(IEnumerable<Interval<T>> ranges)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var cuts = new SortedSet<T>();
        foreach (var range in ranges)
        {
            cuts.Add(range.First);
            if (range.Last < T.MaxValue)
                cuts.Add(range.Last + T.One);
        }

        return cuts;
    }
}
