namespace PortAudit.Traffic.Flows;

/// <summary>
/// The hop limits of hosts, by place: open addressing with linear probing, at most half full. Those who come first are kept, so that what it knows of a host is all that was told of it; it
/// allocates only as it grows. The places of thousands of hosts stay in no near cache, so what is told waits until there is more of it, and several places come from memory at the same time.
/// </summary>
internal sealed class HopLimitBook
{
    /// <summary>Hosts whose hop limits are kept; they take 8 MiB.</summary>
    public const int MaximumHosts = 131_072;

#if DEBUG
    private const int InitialPlaces = 4;
    private const int MaximumWaiting = 2;
    private const int LatestKept = 1;
#else
    private const int InitialPlaces = 1024;
    private const int MaximumWaiting = 64;

    /// <summary>What was kept lately and need not be told again: a few servers answer most flows. A power of two; 2.5 KiB.</summary>
    private const int LatestKept = 64;
#endif

    private readonly int _maximum;
    private readonly Told[] _waiting = new Told[MaximumWaiting];
    private readonly Told[] _latest = new Told[LatestKept];
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
        var hash = host.GetHashCode();
        ref readonly var kept = ref _latest[hash & (LatestKept - 1)];
        if (kept.HopLimit == hopLimit && kept.Host.Equals(host))
            return;
        if (_waitingCount == MaximumWaiting)
            Settle();
        _waiting[_waitingCount++] = new Told { Host = host, Hash = hash, HopLimit = hopLimit };
    }

    /// <summary>What was told of a host; empty for one that is not kept.</summary>
    public HopLimitSet Of(in HostPlace host)
    {
        Settle();
        return _entries[Find(host, host.GetHashCode())].HopLimits;
    }

    private void Settle()
    {
        var waiting = _waiting.AsSpan(0, _waitingCount);
        _waitingCount = 0;

        // Nothing here decides by what comes from memory, so that the processor goes on to the next place while it waits.
        foreach (ref var told in waiting)
        {
            ref readonly var first = ref _entries[told.Hash & (_entries.Length - 1)];
            told.Difference = first.Host.Difference(told.Host) | (uint)(first.HopLimits.First ^ told.HopLimit);
        }

        foreach (ref readonly var told in waiting)
        {
            if (told.Difference == 0 || TryKeep(told))
                _latest[told.Hash & (LatestKept - 1)] = told;
        }
    }

    private bool TryKeep(in Told told)
    {
        var at = Find(told.Host, told.Hash);
        if (_entries[at].HopLimits.IsEmpty)
        {
            if (_count == _maximum)
            {
                _notKept++;
                return false;
            }

            if (++_count * 2 > _entries.Length)
            {
                Grow();
                at = Find(told.Host, told.Hash);
            }

            _entries[at].Host = told.Host;
        }

        _entries[at].HopLimits.Add(told.HopLimit);
        return true;
    }

    /// <summary>The place of a host, or the empty one where it would stand.</summary>
    private int Find(in HostPlace host, int hash)
    {
        var mask = _entries.Length - 1;
        var at = hash & mask;
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
                _entries[Find(entry.Host, entry.Host.GetHashCode())] = entry;
        }
    }

    private struct Entry
    {
        public HostPlace Host;

        /// <summary>Empty where the place is.</summary>
        public HopLimitSet HopLimits;
    }

    /// <summary>That a host's packets come with a hop limit.</summary>
    private struct Told
    {
        public HostPlace Host;
        public int Hash;
        public byte HopLimit;

        /// <summary>0 when the first of the places where the host may stand holds it, and the hop limit as its first: it is known already, as nearly all is.</summary>
        public ulong Difference;
    }
}
