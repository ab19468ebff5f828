namespace PortAudit.Traffic.Flows;

/// <summary>
/// The hop limits of hosts, by place: open addressing with linear probing, at most half full. Those who come first are kept, so that what it knows of a host is all that was told of it; it
/// allocates only as it grows.
/// </summary>
internal sealed class HopLimitBook
{
    /// <summary>Hosts at most. In a table of 262,144 places of 32 bytes they take 8 MiB.</summary>
    public const int MaximumHosts = 131_072;

#if DEBUG
    private const int InitialPlaces = 4;
#else
    private const int InitialPlaces = 1024;
#endif

    private readonly int _maximum;
    private Entry[] _entries = new Entry[InitialPlaces];
    private int _count;

    /// <summary>Makes an empty book.</summary>
    public HopLimitBook(int maximumHosts = MaximumHosts) => _maximum = maximumHosts;

    /// <summary>Times that a flow told a hop limit of a host that is not kept.</summary>
    public long NotKept { get; private set; }

    /// <summary>Notes that a host's packets come with this hop limit, which is not 0.</summary>
    public void Add(in HostPlace host, byte hopLimit)
    {
        var at = Find(host);
        if (_entries[at].HopLimits.IsEmpty)
        {
            if (_count == _maximum)
            {
                NotKept++;
                return;
            }

            if (++_count * 2 > _entries.Length)
            {
                Grow();
                at = Find(host);
            }

            _entries[at].Host = host;
        }

        _entries[at].HopLimits.Add(hopLimit);
    }

    /// <summary>What was told of a host; empty for one that is not kept.</summary>
    public HopLimitSet Of(in HostPlace host) => _entries[Find(host)].HopLimits;

    /// <summary>The place of a host, or the empty one where it would stand.</summary>
    private int Find(in HostPlace host)
    {
        var mask = _entries.Length - 1;
        var at = host.GetHashCode() & mask;
        while (!_entries[at].HopLimits.IsEmpty && !_entries[at].Host.Equals(host))
            at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        var entries = _entries;
        _entries = new Entry[entries.Length * 2];
        foreach (ref readonly var entry in entries.AsSpan())
        {
            if (!entry.HopLimits.IsEmpty)
                _entries[Find(entry.Host)] = entry;
        }
    }

    private struct Entry
    {
        public HostPlace Host;

        /// <summary>Empty where the place is.</summary>
        public HopLimitSet HopLimits;
    }
}
