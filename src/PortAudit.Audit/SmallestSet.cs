using PortAudit.Audit.State;

namespace PortAudit.Audit;

/// <summary>
/// A set that keeps its smallest members up to a limit. What it holds does not depend on the order in which members came, and two
/// such sets can be united.
/// </summary>
/// <param name="limit">Members kept at most.</param>
/// <param name="comparer">Order of the members; two that compare equal are one.</param>
internal sealed class SmallestSet<T>(int limit, IComparer<T>? comparer = null)
{
    private readonly IComparer<T> _order = comparer ?? Comparer<T>.Default;

    /// <summary>In ascending order. Limits are small, and members that lie one behind the other are found and moved sooner than the nodes of a tree, and take a fourth of the memory.</summary>
    private readonly List<T> _kept = [];

    /// <summary>The members kept, smallest first.</summary>
    public IReadOnlyCollection<T> Kept => _kept;

    /// <summary>True when there were more than the limit.</summary>
    public bool IsOverflown { get; private set; }

    /// <summary>Adds a member.</summary>
    public void Add(T member)
    {
        var place = _kept.BinarySearch(member, _order);
        if (place >= 0)
            return;
        IsOverflown |= _kept.Count == limit;
        if (~place == limit)
            return;
        if (_kept.Count == limit)
            _kept.RemoveAt(limit - 1);
        _kept.Insert(~place, member);
    }

    /// <summary>Adds the members of <paramref name="other"/>.</summary>
    public void UnionWith(SmallestSet<T> other)
    {
        IsOverflown |= other.IsOverflown;
        foreach (var member in other._kept)
            Add(member);
    }

    /// <summary>Saves the members, or takes those that were saved.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="member">Persists a member.</param>
    public void Persist(StateArchive archive, Func<StateArchive, T, T> member)
    {
        IsOverflown = archive.Flag(IsOverflown);
        foreach (var loaded in archive.Members(_kept, member, limit))
        {
            var place = _kept.BinarySearch(loaded, _order);
            archive.Require(place < 0, "a member is there twice");
            _kept.Insert(~place, loaded);
        }
    }
}
