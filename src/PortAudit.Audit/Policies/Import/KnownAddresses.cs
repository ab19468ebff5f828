using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Import;

/// <summary>Addresses of names that a configuration uses and does not define: groups of an organisation
/// (<c>Client</c>), keywords of a host (<c>LocalSubnet</c>), host names, objects of a management server. Case does not
/// matter.</summary>
public sealed class KnownAddresses
{
    private readonly ImmutableDictionary<string, IntervalSet<UInt128>> _addresses;
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the addresses by name.</summary>
    public KnownAddresses(IEnumerable<KeyValuePair<string, IntervalSet<UInt128>>> addresses) =>
        _addresses = addresses.GroupBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase).ToImmutableDictionary(
            group => group.Key, group => IntervalSet.Of(group.SelectMany(entry => entry.Value.Ranges)),
            StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing is known apart from the file.</summary>
    public static KnownAddresses None => new([]);

    /// <summary>Names that no configuration asked for, in their order.</summary>
    public IEnumerable<string> Unused =>
        _addresses.Keys.Where(name => !_used.Contains(name)).Order(StringComparer.Ordinal);

    /// <summary>The addresses of a name; null when they are not known.</summary>
    public IntervalSet<UInt128>? Find(string name)
    {
        if (!_addresses.TryGetValue(name, out var addresses))
            return null;
        _used.Add(name);
        return addresses;
    }
}
