using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// The hop limits of hosts, by where they were seen: open addressing with linear probing, at most half full. The hosts
/// that come first are kept,
/// so that what it knows of a host is complete; it allocates only as it grows.
/// </summary>
/// <param name="maximumHosts">Hosts that are kept at most.</param>
internal sealed class HopLimitTable(int maximumHosts = HopLimitTable.MaximumHosts)
{
    /// <summary>Hosts whose hop limits are kept; they take 8 MiB.</summary>
    public const int MaximumHosts = 131_072;

#if DEBUG
    private const int InitialSlots = 4;
#else
    private const int InitialSlots = 1024;
#endif

    private Entry[] _entries = new Entry[InitialSlots];
    private int _count;

    /// <summary>Times that a hop limit came of a host that is not kept.</summary>
    public long NotKept { get; private set; }

    /// <summary>Notes that a host's packets come with this hop limit, which is not 0.</summary>
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

    /// <summary>The hop limits of a host; empty for one that is not kept.</summary>
    public HopLimitSet Of(in HostLocation host) => _entries[Find(host, host.GetHashCode())].HopLimits;

    /// <summary>The slot of a host, or the empty one where it would stand.</summary>
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

        /// <summary>Empty in an empty slot.</summary>
        public HopLimitSet HopLimits;
    }
}
