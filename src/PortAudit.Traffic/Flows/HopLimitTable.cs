using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Hop limits of hosts: open addressing with linear probing, at most half full. Keeps the first hosts,
/// completely; allocates only to grow.</summary>
internal sealed class HopLimitTable(int maximumHosts = HopLimitTable.MaximumHosts)
{
    /// <summary>Hosts kept; they take 8 MiB.</summary>
    public const int MaximumHosts = 131_072;

#if DEBUG
    private const int InitialSlots = 4;
#else
    private const int InitialSlots = 1024;
#endif

    private Entry[] _entries = new Entry[InitialSlots];
    private int _count;

    /// <summary>Hop limits seen of hosts beyond the limit.</summary>
    public long NotKept { get; private set; }

    /// <summary>Adds a hop limit, not 0.</summary>
    public void Add(in HostLocation host, byte hopLimit)
    {
        var hash = host.GetHashCode();
        var slot = Find(host, hash);
        if (_entries[slot].HopLimits.IsEmpty)
        {
            if (_count == maximumHosts)
            {
                NotKept++;
                return;
            }

            if (++_count * 2 > _entries.Length)
            {
                Grow();
                slot = Find(host, hash);
            }

            _entries[slot].Host = host;
        }

        _entries[slot].HopLimits.Add(hopLimit);
    }

    /// <summary>The hop limits of a host; empty beyond the limit.</summary>
    public HopLimitSet Of(in HostLocation host) => _entries[Find(host, host.GetHashCode())].HopLimits;

    /// <summary>The slot of a host, or the empty one for it.</summary>
    private int Find(in HostLocation host, int hash)
    {
        var mask = _entries.Length - 1;
        var slot = hash & mask;
        while (!_entries[slot].HopLimits.IsEmpty && !_entries[slot].Host.Equals(host))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var entries = _entries;
        _entries = new Entry[entries.Length * 2];
        foreach (ref readonly var entry in entries.AsSpan())
        {
            if (!entry.HopLimits.IsEmpty)
                _entries[Find(entry.Host, entry.Host.GetHashCode())] = entry;
        }
    }

    private struct Entry
    {
        public HostLocation Host;

        /// <summary>Empty in a free slot.</summary>
        public HopLimitSet HopLimits;
    }
}
