namespace PortAudit.Audit.State;

/// <summary>
/// A set that keeps its smallest members up to a limit. What it holds does not depend on the order in which members
/// came, and two such sets can be united.
/// </summary>
/// <param name="limit">Members kept at most.</param>
/// <param name="comparer">Order of the members; two that compare equal are one.</param>
internal sealed class BottomKSet<T>(int limit, IComparer<T>? comparer = null)
{
    private readonly IComparer<T> _order = comparer ?? Comparer<T>.Default;

    /// <summary>
    /// In ascending order, <see cref="_count"/> of them. Limits are small, and members that lie one behind the other
    /// are found and moved sooner than the nodes of a tree. Most sets never have more than one member, and there are
    /// hundreds of thousands of sets: there is no more room than that took.
    /// </summary>
    private T[] _kept = [];

    private int _count;

    public IReadOnlyCollection<T> Kept => new ArraySegment<T>(_kept, 0, _count);

    /// <summary>True when there were more than the limit.</summary>
    public bool IsOverflown { get; private set; }

    /// <summary>True when adding <paramref name="member"/> drops none, itself included.</summary>
    public bool HasRoomFor(T member) => _count < limit || IndexOf(member) >= 0;

    public void Add(T member)
    {
        var index = IndexOf(member);
        if (index >= 0)
            return;
        IsOverflown |= _count == limit;
        if (~index < limit)
            Insert(~index, member);
    }

    public void UnionWith(BottomKSet<T> other)
    {
        IsOverflown |= other.IsOverflown;
        foreach (var member in other._kept.AsSpan(0, other._count))
            Add(member);
    }

    /// <summary>Saves the members, or takes those that were saved.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="member">Persists a member.</param>
    public void Persist(StateArchive archive, Func<StateArchive, T, T> member)
    {
        IsOverflown = archive.Flag(IsOverflown);
        foreach (var loaded in archive.Members(Kept, member, limit))
        {
            var index = IndexOf(loaded);
            archive.Require(index < 0, "a member is there twice");
            Insert(~index, loaded);
        }
    }

    private int IndexOf(T member) => Array.BinarySearch(_kept, 0, _count, member, _order);

    /// <summary>Inserts a member; the largest is evicted when the set is full.</summary>
    private void Insert(int index, T member)
    {
        if (_count < limit)
        {
            if (_count == _kept.Length)
                Array.Resize(ref _kept, Math.Min(limit, Math.Max(1, 2 * _count)));
            _count++;
        }

        Array.Copy(_kept, index, _kept, index + 1, _count - 1 - index);
        _kept[index] = member;
    }
}
