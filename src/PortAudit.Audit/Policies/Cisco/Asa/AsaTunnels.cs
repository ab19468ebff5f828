using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>What arrives in VPN tunnels, which passes the inbound list of its interface unless
/// <c>no sysopt connection permit-vpn</c> is given ("sysopt connection permit-vpn" in the ASA command
/// reference).</summary>
/// <param name="device">What the words refer to.</param>
/// <param name="lists">The access lists, of which crypto maps name some.</param>
internal sealed class AsaTunnels(AsaDevice device, AccessListTable lists)
{
    private readonly Dictionary<string, List<string>> _matches = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _maps = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _remote = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Interval<UInt128>> _pools = [];

    /// <summary>False when what arrives in tunnels has to pass the lists, too.</summary>
    public bool IsExempt { get; set; } = true;

    /// <summary>True when the device has tunnels.</summary>
    public bool HasAny => _maps.Count > 0 || _remote.Count > 0;

    /// <summary>Reads <c>crypto map NAME …</c>.</summary>
    public void ReadCryptoMap(Statement statement)
    {
        var name = statement.Word(2);
        if (statement.Has(3, "interface"))
            Add(_maps, statement.Word(4), name);
        else if (statement.Has(4, "match") && statement.Has(5, "address"))
            Add(_matches, name, statement.Word(6));
        else if (statement.Has(4, "ipsec-isakmp"))
            _open.Add(name);
    }

    /// <summary>Reads the interfaces of <c>webvpn</c> (<c>enable NAME</c>).</summary>
    public void ReadWebVpn(Statement statement)
    {
        foreach (var child in statement.Children.Where(child => child.Keyword == "enable"))
            _remote.Add(child.Word(1));
    }

    /// <summary>Reads <c>ip local pool NAME A-B</c>: addresses of remote users.</summary>
    public void ReadPool(Statement statement)
    {
        var range = statement.Word(4).Split('-', 2);
        if (device.Names.TryParse(range[0], out var first) && device.Names.TryParse(range[^1], out var last))
            _pools.AddRange(AddressSet.Of(first, last).Ranges);
    }

    /// <summary>The rule that lets the traffic of tunnels enter by an interface; null when none ends there.</summary>
    public PolicyRule? Rule(string name, string list, int line)
    {
        if (!IsExempt || (!_maps.ContainsKey(name) && !_remote.Contains(name)))
            return null;
        return ImplicitRule.Maybe(device.Draft, line, $"{list} tunnels",
            "what arrives in a VPN tunnel passes (sysopt connection permit-vpn)", PolicyAction.Permit,
            ConditionKind.Ipsec) with
        {
            Source = new AddressMatch(Remote(name)),
        };
    }

    private static void Add(Dictionary<string, List<string>> table, string key, string value)
    {
        if (!table.TryGetValue(key, out var values))
            table[key] = values = [];
        values.Add(value);
    }

    private IntervalSet<UInt128> Remote(string name)
    {
        var remote = IntervalSet.Of(_pools);
        if (_remote.Contains(name) && _pools.Count == 0)
            return AddressSet.Any;
        foreach (var map in _maps.GetValueOrDefault(name) ?? [])
        {
            if (!_matches.TryGetValue(map, out var matches) || (_open.Contains(map) && _pools.Count == 0))
                return AddressSet.Any;
            foreach (var match in matches)
            {
                if (lists.Find(match) is not { } list || list.Entries.Exists(entry => entry.Fault is not null))
                    return AddressSet.Any;
                remote = IntervalSet.Of(remote.Ranges.Concat(list.Entries
                    .Where(entry => entry.Action == PolicyAction.Permit)
                    .SelectMany(entry => entry.Destination.Set.Ranges)));
            }
        }

        return remote;
    }
}
