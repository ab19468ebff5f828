using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>Names of addresses seen in the traffic, as a hint for readers. No verdict, status or finding uses them,
/// since they can be forged.</summary>
public sealed class SeenNames
{
    /// <summary>No names.</summary>
    public static readonly SeenNames None = new([]);

    private readonly FrozenDictionary<string, ImmutableArray<NameSighting>> _byAddress;

    /// <summary>Arranges names by address.</summary>
    /// <param name="names">Names in the order in which they are preferred.</param>
    public SeenNames(ImmutableArray<NameSighting> names)
    {
        All = names;
        _byAddress = names.GroupBy(name => name.Address)
            .ToFrozenDictionary(group => group.Key.ToString(), group => group.ToImmutableArray());
    }

    /// <summary>All of them, in the order in which they were given.</summary>
    public ImmutableArray<NameSighting> All { get; }

    /// <summary>Number of addresses that have a name.</summary>
    public int Addresses => _byAddress.Count;

    /// <summary>The names of an address in text form, the preferred one first.</summary>
    public ImmutableArray<NameSighting> Of(string address) => _byAddress.GetValueOrDefault(address, []);

    /// <summary>The name to show next to an address that the site does not name, or null.</summary>
    public NameSighting? BestOf(string address) => Of(address) is [var best, ..] ? best : null;
}
