using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.PolicyReview;

/// <summary>
/// Puts the traffic that documents and site ask for to a firewall. Address sets and port ranges are cut where the rules
/// of the firewall and the segments cut them, so that one probe stands for all traffic of its piece; where there are
/// more pieces than the bounds, the first are tried and the row says how many.
/// </summary>
/// <param name="device">The firewall.</param>
/// <param name="directory">Who has which address.</param>
/// <param name="parties">Addresses of the site: "any" in a document means its hosts, not every address there
/// is.</param>
internal sealed class RequirementProbe(PolicyDevice device, HostDirectory directory, PartyAddresses parties)
{
    /// <summary>Addresses tried of a side of a rule.</summary>
    public const int MaxAddresses = 24;

    /// <summary>Ports tried of a rule.</summary>
    public const int MaxPorts = 24;

    /// <summary>Examples that a row lists.</summary>
    public const int MaxExamples = 5;

    /// <summary>A port that clients use as their own: rules on source ports are seldom about it.</summary>
    private const ushort ClientPort = 51_000;

    private readonly ImmutableArray<UInt128> _addressCuts =
    [
        .. Cuts(device.Policy.Lists.SelectMany(list => list.Rules)
            .SelectMany(rule => rule.Source.Set.Ranges.Concat(rule.Destination.Set.Ranges))
            .Concat(device.Policy.Zones.SelectMany(zone => zone.Networks.Ranges))
            .Concat(parties.Segments.SelectMany(segment => segment.Ranges))),
    ];

    private readonly ImmutableArray<ushort> _portCuts =
    [
        .. Cuts(device.Policy.Lists.SelectMany(list => list.Rules).SelectMany(rule => rule.Services)
            .SelectMany(service => service.DestinationPorts.Ranges)),
    ];

    /// <summary>The row of what one rule asks for; null when none of its traffic meets the firewall.</summary>
    public RequirementRow? Of(DocumentRegion region)
    {
        var (probes, stopped, open) = (0, 0, 0);
        var (ofStopped, ofUndecided) = (new List<RequirementExample>(), new List<RequirementExample>());
        var responders = Pieces(region.To);
        foreach (var from in Pieces(region.From))
        {
            foreach (var to in responders.Where(to =>
                from.Address.IsIpv4 == to.Address.IsIpv4 && device.Path.Between(from, to) is not null))
            {
                foreach (var (transport, port) in Ports(region))
                {
                    if (device.Answer(new PolicyConnection(from, to, transport, ClientPort, port,
                        region.Rule.Rule.AnnouncedBy.Select(PolicyConnection.IsRpc).Max())) is not { } answer)
                        continue;
                    probes++;
                    open += answer.Outcome == PolicyOutcome.Permitted ? 1 : 0;
                    var isStopped = answer.Outcome is PolicyOutcome.Dropped or PolicyOutcome.Rejected;
                    stopped += isStopped ? 1 : 0;
                    var examples = isStopped ? ofStopped : ofUndecided;
                    if (answer.Outcome != PolicyOutcome.Permitted && examples.Count < MaxExamples)
                        examples.Add(new RequirementExample(from.Text, to.Text, Text(transport, port), answer.Outcome,
                            DeciderOf(answer)));
                }
            }
        }

        if (probes == 0)
            return null;
        var status = stopped == probes ? RequirementStatus.Closed
            : stopped > 0 ? RequirementStatus.PartlyClosed
            : open == probes ? RequirementStatus.Open
            : RequirementStatus.Undecided;
        return new RequirementRow(region.Rule.Rule, status, region.Rule.IsNeeded, probes, stopped,
            [.. ofStopped.Concat(ofUndecided).Take(MaxExamples)])
        {
            From = region.From,
            To = region.To,
        };
    }

    /// <summary>The rule that decides; of an undecided packet the first that may permit it.</summary>
    private static PolicyRule? DeciderOf(DeviceAnswer answer) => answer.Outcome == PolicyOutcome.Undecided
        ? answer.Rules.FirstOrDefault(rule => rule.Action == PolicyAction.Permit) ?? answer.Rules.LastOrDefault()
        : answer.Rules.LastOrDefault();

    private ImmutableArray<HostIdentity> Pieces(IntervalSet<UInt128> addresses)
    {
        var pieces = ImmutableArray.CreateBuilder<HostIdentity>();
        foreach (var (first, last) in Pieces(addresses.IsAll ? parties.Declared : addresses, _addressCuts))
        {
            if (pieces.Count == MaxAddresses)
                break;
            // The first address of a network is no host's.
            var address = AddressSet.Address(first < last ? first + 1 : first);
            if (address is { IsUnicast: true, IsUnspecified: false })
                pieces.Add(directory.Resolve(address));
        }

        return pieces.ToImmutable();
    }

    private IEnumerable<(IpProtocol Transport, ushort Port)> Ports(DocumentRegion region)
    {
        foreach (var service in region.Services)
        {
            foreach (var range in service.Protocols.Ranges.Where(range => range.First == range.Last))
            {
                var transport = new IpProtocol(range.First);
                if (!transport.HasPorts)
                    yield return (transport, transport == IpProtocol.IcmpV6 ? EchoV6 : Echo);
                else
                {
                    foreach (var (port, _) in Pieces(service.DestinationPorts, _portCuts).Take(MaxPorts))
                        yield return (transport, port);
                }
            }
        }
    }

    /// <summary>Type of an ICMP echo request (RFC 792).</summary>
    private const ushort Echo = 8;

    /// <summary>Type of an ICMPv6 echo request (RFC 4443 §4.1).</summary>
    private const ushort EchoV6 = 128;

    private static string Text(IpProtocol transport, ushort port) => transport.HasPorts
        ? string.Create(CultureInfo.InvariantCulture, $"{transport} {port}")
        : transport.ToString();

    /// <summary>The pieces into which cuts divide a set.</summary>
    private static IEnumerable<(T First, T Last)> Pieces<T>(IntervalSet<T> set, ImmutableArray<T> cuts)
        where T : struct, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
    {
        foreach (var range in set.Ranges)
        {
            var first = range.First;
            var next = cuts.BinarySearch(first);
            for (var cut = next < 0 ? ~next : next + 1; cut < cuts.Length && cuts[cut] <= range.Last; cut++)
            {
                yield return (first, cuts[cut] - T.One);
                first = cuts[cut];
            }

            yield return (first, range.Last);
        }
    }

    private static SortedSet<T> Cuts<T>(IEnumerable<Interval<T>> ranges)
        where T : struct, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
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
