using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Import;

/// <summary>Gathers the addresses of a rule or group.</summary>
/// <param name="budget">What they may hold.</param>
internal sealed class AddressUnion(ExpansionBudget budget)
{
    private readonly List<IntervalSet<UInt128>> _sets = [];
    private bool _isOpen;

    /// <summary>True when nothing was added.</summary>
    public bool IsEmpty => _sets.Count == 0 && !_isOpen;

    /// <summary>Adds addresses.</summary>
    public void Add(AddressMatch match)
    {
        _sets.Add(match.Set);
        _isOpen |= match.IsOpen;
    }

    /// <summary>Adds something that is not known.</summary>
    public void AddOpen() => _isOpen = true;

    /// <summary>All of them; open when they exceed the budget.</summary>
    public AddressMatch Build()
    {
        if (_sets is [var only])
            return new AddressMatch(only, _isOpen);
        if (_sets.Find(set => set.IsAll) is { } all)
            return new AddressMatch(all, _isOpen);
        if (!budget.TryTake(_sets.Sum(set => set.Ranges.Length)))
            return new AddressMatch(IntervalSet.Empty<UInt128>(), IsOpen: true);
        return new AddressMatch(IntervalSet.Of(_sets.SelectMany(set => set.Ranges)), _isOpen);
    }
}
