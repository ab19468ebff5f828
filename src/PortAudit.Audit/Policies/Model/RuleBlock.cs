using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Model;

/// <summary>Neighbouring rules of a list, with the bit vectors that tell which of them a packet may match. Whether one
/// does match is for the rule to say: the vectors leave out only rules that cannot.</summary>
internal sealed class RuleBlock
{
    /// <summary>Rules of a block. Vectors of a whole list would grow with the square of its rules; those of blocks take
    /// at most 4 MB for each 1,024 rules, and 0.5 MB where a rule has one range in each dimension.</summary>
    public const int MaxRules = 1024;

    /// <summary>Names of zones that are indexed; rules are not told apart by further ones.</summary>
    private const int MaxZones = 256;

    private const int PortBits = 16;

    private readonly RuleAxis<UInt128> _sources;
    private readonly RuleAxis<UInt128> _destinations;
    private readonly RuleAxis<uint> _services;
    private readonly RuleAxis<byte> _protocols;
    private readonly Dictionary<string, ulong[]> _from;
    private readonly Dictionary<string, ulong[]> _to;

    /// <summary>Indexes rules.</summary>
    /// <param name="rules">The rules, at most <see cref="MaxRules"/>; what is switched off matches nothing.</param>
    public RuleBlock(PolicyRule[] rules)
    {
        Count = rules.Length;
        _sources = new RuleAxis<UInt128>([.. rules.Select(rule => Addresses(rule, rule.Source))]);
        _destinations = new RuleAxis<UInt128>([.. rules.Select(rule => Addresses(rule, rule.Destination))]);
        _services = new RuleAxis<uint>([.. rules.Select(Services)]);
        _protocols = new RuleAxis<byte>([.. rules.Select(Protocols)]);
        _from = Zones(rules, rule => rule.From);
        _to = Zones(rules, rule => rule.To);
    }

    /// <summary>How many rules it has.</summary>
    public int Count { get; }

    /// <summary>Words of 64 bits that hold a bit for each of so many rules.</summary>
    public static int WordsOf(int rules) => (rules + 63) / 64;

    /// <summary>Writes the rules that a packet may match, a bit each.</summary>
    public void Find(in PolicyProbe probe, Span<ulong> matching)
    {
        var sources = _sources.At(AddressSet.Number(probe.Source));
        var destinations = _destinations.At(AddressSet.Number(probe.Destination));
        var services = probe.Protocol.HasPorts && probe.DestinationPort is null
            ? _protocols.At(probe.Protocol.Value)
            : _services.At(Key(probe.Protocol.Value, probe.DestinationPort ?? 0));
        for (var word = 0; word < sources.Length; word++)
            matching[word] = sources[word] & destinations[word] & services[word];
        Restrict(matching, _from, probe.FromZone);
        Restrict(matching, _to, probe.ToZone);
    }

    private static void Restrict(Span<ulong> matching, Dictionary<string, ulong[]> zones, string? zone)
    {
        if (zone is null || !zones.TryGetValue(zone, out var vector))
            return;
        for (var word = 0; word < vector.Length; word++)
            matching[word] &= vector[word];
    }

    private static IntervalSet<UInt128> Addresses(PolicyRule rule, AddressMatch match) =>
        !rule.IsEnabled ? IntervalSet.Empty<UInt128>() : match.IsOpen ? AddressSet.Any : match.Set;

    private static IntervalSet<byte> Protocols(PolicyRule rule) => rule.Services.Any(service => service.IsOpen)
        ? IntervalSet.All<byte>()
        : IntervalSet.Of(rule.Services.SelectMany(service => service.Protocols.Ranges));

    /// <summary>Protocols with destination ports as one number each.</summary>
    private static IntervalSet<uint> Services(PolicyRule rule)
    {
        if (rule.Services.Any(service => service.IsOpen))
            return IntervalSet.All<uint>();
        // What is said of the ports of RPC depends on the packet.
        var anyPort = rule.Conditions.Any(condition => condition.Kind == ConditionKind.RpcPort);
        return IntervalSet.Of(rule.Services.SelectMany(service => Keys(service, anyPort)));
    }

    private static IEnumerable<Interval<uint>> Keys(ServiceMatch service, bool anyPort)
    {
        if (anyPort || service.DestinationPorts.IsAll)
            return service.Protocols.Ranges.Select(range =>
                new Interval<uint>(Key(range.First, 0), Key(range.Last, ushort.MaxValue)));
        return WithPorts(service.Protocols).SelectMany(protocol => service.DestinationPorts.Ranges.Select(range =>
            new Interval<uint>(Key(protocol, range.First), Key(protocol, range.Last))));
    }

    private static IEnumerable<byte> WithPorts(IntervalSet<byte> protocols) =>
        Enumerable.Range(0, byte.MaxValue + 1).Select(number => (byte)number)
            .Where(number => new IpProtocol(number).HasPorts && protocols.Contains(number));

    private static uint Key(byte protocol, ushort port) => ((uint)protocol << PortBits) | port;

    private static Dictionary<string, ulong[]> Zones(PolicyRule[] rules, Func<PolicyRule, ZoneMatch> zoneOf)
    {
        var vectors = new Dictionary<string, ulong[]>(StringComparer.OrdinalIgnoreCase);
        var names = rules.Select(zoneOf).Where(match => !match.IsAny).SelectMany(match => match.Names);
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxZones))
        {
            var vector = new ulong[WordsOf(rules.Length)];
            for (var rule = 0; rule < rules.Length; rule++)
            {
                if (zoneOf(rules[rule]).Matches(name) != Certainty.No)
                    vector[rule / 64] |= 1UL << (rule % 64);
            }

            vectors[name] = vector;
        }

        return vectors;
    }
}
