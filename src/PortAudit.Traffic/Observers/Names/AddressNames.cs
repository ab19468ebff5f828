using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Names;

/// <summary>The names of one address. Keeps the smallest by basis and spelling, so that the result does not depend on
/// order.</summary>
internal sealed class AddressNames
{
    /// <summary>Names kept per address.</summary>
    public const int Maximum = 8;

    private readonly List<Entry> _entries = [];

    /// <summary>Sightings of the names kept.</summary>
    public long Sightings => _entries.Sum(entry => entry.Sightings);

    /// <summary>Adds sightings of a name. Allocates only for a new name that is kept.</summary>
    public void Add(NameBasis basis, ReadOnlySpan<char> name, long sightings, long firstNs, long lastNs)
    {
        var index = 0;
        while (index < _entries.Count && Compare(_entries[index], basis, name) is var order && order <= 0)
        {
            if (order == 0)
            {
                _entries[index].Add(sightings, firstNs, lastNs);
                return;
            }

            index++;
        }

        if (index == Maximum)
            return;
        if (_entries.Count == Maximum)
            _entries.RemoveAt(Maximum - 1);
        _entries.Insert(index, new Entry(basis, name.ToString()).Add(sightings, firstNs, lastNs));
    }

    /// <summary>The names, best basis first.</summary>
    public IEnumerable<NameSighting> ToSightings(IpAddress address) =>
        _entries.Select(entry =>
            new NameSighting(address, entry.Name, entry.Basis, entry.Sightings, entry.FirstTime, entry.LastTime));

    private static int Compare(Entry entry, NameBasis basis, ReadOnlySpan<char> name) =>
        entry.Basis != basis ? (int)entry.Basis - (int)basis : entry.Name.AsSpan().SequenceCompareTo(name);

    private sealed class Entry(NameBasis basis, string name)
    {
        public NameBasis Basis => basis;

        public string Name => name;

        public long Sightings { get; private set; }

        public long FirstNs { get; private set; } = long.MaxValue;

        public long LastNs { get; private set; } = long.MinValue;

        /// <summary>Null when no packet gave the name.</summary>
        public long? FirstTime => FirstNs == long.MaxValue ? null : FirstNs;

        public long? LastTime => LastNs == long.MinValue ? null : LastNs;

        public Entry Add(long sightings, long firstNs, long lastNs)
        {
            Sightings += sightings;
            FirstNs = Math.Min(FirstNs, firstNs);
            LastNs = Math.Max(LastNs, lastNs);
            return this;
        }
    }
}
