namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>The latest entry of the <see cref="ExpectationTable"/> for each key. Keys are computed from the entries:
/// stored keys would take most of the memory.</summary>
internal sealed class LatestEntries<TKey>
    where TKey : struct, IEquatable<TKey>
{
    private readonly Func<AnnouncementEntry, TKey> _keyOf;
    private readonly HashSet<AnnouncementEntry> _entries;
    private readonly HashSet<AnnouncementEntry>.AlternateLookup<TKey> _byKey;

    /// <param name="keyOf">The key of an entry; must not change.</param>
    public LatestEntries(Func<AnnouncementEntry, TKey> keyOf)
    {
        _keyOf = keyOf;
        _entries = new HashSet<AnnouncementEntry>(new ByKey(keyOf));
        _byKey = _entries.GetAlternateLookup<TKey>();
    }

    public IEnumerable<TKey> Keys => _entries.Select(_keyOf);

    public AnnouncementEntry? Find(TKey key) => _byKey.TryGetValue(key, out var entry) ? entry : null;

    /// <summary>Replaces the latest entry with its key, and returns the replaced one; null when it is the
    /// first.</summary>
    public AnnouncementEntry? Replace(AnnouncementEntry entry)
    {
        if (_entries.Add(entry))
            return null;
        _entries.TryGetValue(entry, out var earlier);
        _entries.Remove(entry);
        _entries.Add(entry);
        return earlier;
    }

    public void Remove(TKey key) => _byKey.Remove(key);

    private sealed class ByKey(Func<AnnouncementEntry, TKey> keyOf)
        : IEqualityComparer<AnnouncementEntry>, IAlternateEqualityComparer<TKey, AnnouncementEntry>
    {
        public bool Equals(AnnouncementEntry? one, AnnouncementEntry? other) =>
            ReferenceEquals(one, other) || (one is not null && other is not null && keyOf(one).Equals(keyOf(other)));

        public int GetHashCode(AnnouncementEntry entry) => keyOf(entry).GetHashCode();

        public bool Equals(TKey key, AnnouncementEntry entry) => key.Equals(keyOf(entry));

        public int GetHashCode(TKey key) => key.GetHashCode();

        public AnnouncementEntry Create(TKey key) => throw new NotSupportedException();
    }
}
