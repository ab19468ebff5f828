using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>The interfaces of a device with the networks behind them: of their addresses and of static routes. Where
/// networks lie within each other, the longest prefix decides, as in routing.</summary>
/// <param name="draft">Receives the lines of routes beyond the bound.</param>
internal sealed class ZoneTable(PolicyDraft draft)
{
    /// <summary>Networks that are followed; static routes of one device are some hundreds.</summary>
    public const int MaxNetworks = 4096;

    private readonly List<(string Name, int Line)> _zones = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Zone, Prefix Prefix)> _networks = [];
    private readonly Dictionary<string, List<IpAddress>> _addresses = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds an interface.</summary>
    public void Add(string name, int line)
    {
        if (_names.Add(name))
            _zones.Add((name, line));
    }

    /// <summary>Adds an address of an interface, with its network.</summary>
    public void AddAddress(string zone, Prefix prefix, int line)
    {
        if (!_addresses.TryGetValue(zone, out var addresses))
            _addresses[zone] = addresses = [];
        addresses.Add(prefix.Address);
        AddNetwork(zone, prefix, line);
    }

    /// <summary>Adds a network that is reached through an interface, and notes its line.</summary>
    public void AddNetwork(string zone, Prefix prefix, int line)
    {
        if (_networks.Count >= MaxNetworks)
        {
            draft.NotEvaluable(line, $"more than {MaxNetworks} networks behind interfaces");
            return;
        }

        draft.Understood(line);
        _networks.Add((zone, prefix));
    }

    /// <summary>The addresses of an interface itself; null when the file has none.</summary>
    public IntervalSet<UInt128>? AddressesOf(string zone) => _addresses.TryGetValue(zone, out var addresses)
        ? IntervalSet.Of(addresses.Select(address => new Interval<UInt128>(AddressSet.Number(address),
            AddressSet.Number(address))))
        : null;

    /// <summary>The interface whose own network holds an address; null when none does.</summary>
    public string? ZoneOf(IpAddress address)
    {
        foreach (var (zone, prefix) in _networks)
        {
            if (_addresses.ContainsKey(zone) && AddressNames.SetOf(prefix).Contains(AddressSet.Number(address)))
                return zone;
        }

        return null;
    }

    /// <summary>The interfaces in the order of the file.</summary>
    public ImmutableArray<PolicyZone> Zones()
    {
        var networks = new Dictionary<string, IntervalSet<UInt128>>(StringComparer.OrdinalIgnoreCase);
        var claimed = IntervalSet.Empty<UInt128>();
        foreach (var level in _networks.GroupBy(entry => Length(entry.Prefix)).OrderByDescending(level => level.Key))
        {
            foreach (var zone in level.GroupBy(entry => entry.Zone, StringComparer.OrdinalIgnoreCase))
            {
                var set = IntervalSet.Of(zone.SelectMany(entry => AddressNames.SetOf(entry.Prefix).Ranges))
                    .Except(claimed);
                networks[zone.Key] = networks.TryGetValue(zone.Key, out var known) ? known.Union(set) : set;
            }

            claimed = IntervalSet.Of(claimed.Ranges.Concat(level.SelectMany(entry =>
                AddressNames.SetOf(entry.Prefix).Ranges)));
        }

        return
        [
            .. _zones.Select(zone => new PolicyZone(ConfigurationText.Shown(zone.Name),
                networks.GetValueOrDefault(zone.Name) ?? IntervalSet.Empty<UInt128>(), draft.Line(zone.Line))),
        ];
    }

    private static int Length(Prefix prefix) => prefix.Address.IsIpv4 ? prefix.Length + 96 : prefix.Length;
}
