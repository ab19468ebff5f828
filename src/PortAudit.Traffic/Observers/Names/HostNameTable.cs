using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Names;

/// <summary>Names of addresses, within limits. Keeps the smallest by <see cref="NamedAddress.Order"/>, basis and
/// spelling: a dropped name never returns, so entries are complete, order does not matter, and two tables can be
/// merged.</summary>
internal sealed class HostNameTable
{
    /// <summary>Addresses with names. With <see cref="AddressNames.Maximum"/> names of usual length each they take 20
    /// MB, with the longest 80 MB.</summary>
    public const int MaximumAddresses = 16_384;

    private static readonly Comparer<IpAddress> LargestFirst = Comparer<IpAddress>.Create((a, b) =>
        NamedAddress.Order.Compare(b, a));

    private readonly Dictionary<IpAddress, AddressNames> _names = [];
    private readonly int _maximumAddresses;

    /// <summary>The addresses, next to be dropped first; null until one must be.</summary>
    private PriorityQueue<IpAddress, IpAddress>? _leaving;

    private long _sightings;

    public HostNameTable(int maximumAddresses = MaximumAddresses) => _maximumAddresses = maximumAddresses;

    /// <summary>Sightings of names beyond the limits.</summary>
    public long SightingsNotKept =>
        _names.Count == 0 ? _sightings : _sightings - _names.Values.Sum(names => names.Sightings);

    /// <summary>Adds the names from one reading. Allocates nothing for names already known or beyond the
    /// limits.</summary>
    public void Add(NameNotes notes, long? timestampNs)
    {
        _sightings += notes.Count + notes.NotTaken;
        for (var i = 0; i < notes.Count; i++)
            NamesOf(notes.AddressAt(i))?.Add(notes.BasisAt(i), notes.NameAt(i), 1, timestampNs ?? long.MaxValue,
                timestampNs ?? long.MinValue);
    }

    /// <summary>Adds names from another observation.</summary>
    public void Add(NameSighting known)
    {
        _sightings += known.Sightings;
        NamesOf(known.Address)?.Add(known.Basis, known.Name, known.Sightings, known.FirstNs ?? long.MaxValue,
            known.LastNs ?? long.MinValue);
    }

    /// <summary>All names by address, best basis first.</summary>
    /// <remarks>Avoids compiling the query in runs that read no names.</remarks>
    public ImmutableArray<NameSighting> ToSightings() => _names.Count == 0
        ? []
        : [.. _names.Keys.Order(NamedAddress.Order).SelectMany(address => _names[address].ToSightings(address))];

    /// <summary>The names of an address; null beyond the limit.</summary>
    private AddressNames? NamesOf(IpAddress address)
    {
        if (_names.TryGetValue(address, out var known))
            return known;
        if (_names.Count == _maximumAddresses && !TryMakeRoom(address))
            return null;
        var names = new AddressNames();
        _names.Add(address, names);
        return names;
    }

    /// <summary>Drops the largest address to make room; false when <paramref name="address"/> is larger than
    /// all.</summary>
    private bool TryMakeRoom(IpAddress address)
    {
        _leaving ??= new PriorityQueue<IpAddress, IpAddress>(_names.Keys.Select(kept => (kept, kept)), LargestFirst);
        if (NamedAddress.Order.Compare(address, _leaving.Peek()) > 0)
            return false;
        _names.Remove(_leaving.DequeueEnqueue(address, address));
        return true;
    }
}
