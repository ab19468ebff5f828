namespace PortAudit.Audit.State;

/// <summary>A map that keeps the entries of its smallest keys up to a limit. A dropped key is larger than all kept ones
/// and never returns, so kept entries are complete and independent of the order of insertion.</summary>
/// <param name="limit">Entries kept at most.</param>
/// <param name="comparer">Order of the keys; two that compare equal are one.</param>
/// <param name="evicted">Takes an entry that a smaller key evicts; null to drop it.</param>
internal sealed class BottomKMap<TKey, TValue>(int limit, IComparer<TKey> comparer, Action<TValue>? evicted = null)
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, TValue> _entries = [];

    /// <summary>The keys, the one that gives way next in front, once one has to; most maps are never full.</summary>
    private PriorityQueue<TKey, TKey>? _leaving;

    public IEnumerable<TValue> Values => InOrder.Select(key => _entries[key]);

    /// <summary>True when there were more than the limit.</summary>
    public bool IsOverflown { get; private set; }

    public IEnumerable<KeyValuePair<TKey, TValue>> Entries =>
        InOrder.Select(key => KeyValuePair.Create(key, _entries[key]));

    private IEnumerable<TKey> InOrder => _entries.Keys.Order(comparer);

    /// <summary>The value of a key; null when there is none, or no more.</summary>
    public TValue? Find(TKey key) => _entries.GetValueOrDefault(key);

    /// <summary>The value of a key, made by <paramref name="make"/> when the key is new; null for a key beyond the
    /// limit.</summary>
    public TValue? GetOrAdd(TKey key, Func<TValue> make)
    {
        if (_entries.TryGetValue(key, out var value))
            return value;
        if (_entries.Count == limit)
        {
            IsOverflown = true;
            _leaving ??= new PriorityQueue<TKey, TKey>(_entries.Keys.Select(kept => (kept, kept)),
                Comparer<TKey>.Create((a, b) => comparer.Compare(b, a)));
            if (comparer.Compare(key, _leaving.Peek()) > 0)
                return null;
            _entries.Remove(_leaving.DequeueEnqueue(key, key), out var leaving);
            evicted?.Invoke(leaving!);
        }

        value = make();
        _entries.Add(key, value);
        return value;
    }

    /// <summary>Notes that there were more than the limit elsewhere.</summary>
    public void NoteOverflow() => IsOverflown = true;

    /// <summary>Adds the entries of <paramref name="other"/>, which is not changed.</summary>
    /// <param name="other">Another map of the same limit and order.</param>
    /// <param name="make">Makes the empty value of a key that is new here, from the value that it has there.</param>
    /// <param name="unite">Adds the second value to the first.</param>
    public void UnionWith(BottomKMap<TKey, TValue> other, Func<TValue, TValue> make, Action<TValue, TValue> unite)
    {
        IsOverflown |= other.IsOverflown;
        foreach (var (key, theirs) in other._entries)
        {
            if (GetOrAdd(key, () => make(theirs)) is { } own)
                unite(own, theirs);
        }
    }

    /// <summary>Saves the entries, or takes those that were saved.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="key">Persists a key.</param>
    /// <param name="value">Persists a value, which is null when loading.</param>
    public void Persist(StateArchive archive, Func<StateArchive, TKey, TKey> key,
        Func<StateArchive, TKey, TValue?, TValue> value)
    {
        IsOverflown = archive.Flag(IsOverflown);
        foreach (var (loaded, content) in archive.Members(_entries.Count == 0 ? [] : Entries.ToList(),
            StateArchive.Entry(key, value), limit))
            archive.Require(_entries.TryAdd(loaded, content), "a key is there twice");
    }
}
