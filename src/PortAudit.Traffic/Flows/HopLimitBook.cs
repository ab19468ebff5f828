namespace PortAudit.Traffic.Flows;

/// <summary>
/// The hop limits of hosts, by place: open addressing with linear probing, at most half full. Those who come first are kept, so that what it knows of a host is all that was told of it; it
/// allocates only as it grows. The places of thousands of hosts stay in no near cache, so what is told waits until there is more of it, and several places come from memory at the same time.
/// </summary>
internal sealed class HopLimitBook
{
    /// <summary>Hosts at most. In a table of 262,144 places of 32 bytes they take 8 MiB.</summary>
    public const int MaximumHosts = 131_072;

#if DEBUG
    private const int InitialPlaces = 4;
    private const int MaximumWaiting = 2;
    private const int LatestKept = 1;
#else
    private const int InitialPlaces = 1024;
    private const int MaximumWaiting = 64;

    /// <summary>What was kept lately and need not be told again: a few servers answer most flows. A power of two; 2 KiB.</summary>
    private const int LatestKept = 64;
#endif

    private readonly int _maximum;
    private readonly (HostPlace Host, byte HopLimit)[] _waiting = new (HostPlace, byte)[MaximumWaiting];
    private readonly (HostPlace Host, byte HopLimit)[] _latest = new (HostPlace, byte)[LatestKept];
    private Entry[] _entries = new Entry[InitialPlaces];
    private int _count;
    private int _waitingCount;
    private long _notKept;

    /// <summary>Makes an empty book.</summary>
    public HopLimitBook(int maximumHosts = MaximumHosts) => _maximum = maximumHosts;

    /// <summary>Times that a flow told a hop limit of a host that is not kept.</summary>
    public long NotKept
    {
        get
        {
            Settle();
            return _notKept;
        }
    }

    /// <summary>Notes that a host's packets come with this hop limit, which is not 0.</summary>
    public void Add(in HostPlace host, byte hopLimit)
    {
        ref readonly var kept = ref _latest[host.GetHashCode() & (LatestKept - 1)];
        if (kept.HopLimit == hopLimit && kept.Host.Equals(host))
            return;
        if (_waitingCount == MaximumWaiting)
            Settle();
        _waiting[_waitingCount++] = (host, hopLimit);
    }

    /// <summary>What was told of a host; empty for one that is not kept.</summary>
    public HopLimitSet Of(in HostPlace host)
    {
        Settle();
        return _entries[Find(host)].HopLimits;
    }

    private void Settle()
    {
        foreach (ref readonly var told in _waiting.AsSpan(0, _waitingCount))
            Keep(told.Host, told.HopLimit);
        _waitingCount = 0;
    }

    private void Keep(in HostPlace host, byte hopLimit)
    {
        var at = Find(host);
        if (_entries[at].HopLimits.IsEmpty)
        {
            if (_count == _maximum)
            {
                _notKept++;
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
        _latest[host.GetHashCode() & (LatestKept - 1)] = (host, hopLimit);
    }

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
