namespace PortAudit.Audit;

/// <summary>
/// A set that keeps its smallest members up to a limit. What it holds does not depend on the order in which members came, and two
/// such sets can be united.
/// </summary>
/// <param name="limit">Members kept at most.</param>
/// <param name="comparer">Order of the members; two that compare equal are one.</param>
internal sealed class SmallestSet<T>(int limit, IComparer<T>? comparer = null)
{
    private readonly SortedSet<T> _kept = new(comparer);

    /// <summary>The members kept, smallest first.</summary>
    public IReadOnlyCollection<T> Kept => _kept;

    /// <summary>True when there were more than the limit.</summary>
    public bool IsOverflown { get; private set; }

    /// <summary>Adds a member.</summary>
    public void Add(T member)
    {
        if (!_kept.Add(member) || _kept.Count <= limit)
            return;
        _kept.Remove(_kept.Max!);
        IsOverflown = true;
    }

    /// <summary>Adds the members of <paramref name="other"/>.</summary>
    public void UnionWith(SmallestSet<T> other)
    {
        IsOverflown |= other.IsOverflown;
        foreach (var member in other._kept)
            Add(member);
    }
}
