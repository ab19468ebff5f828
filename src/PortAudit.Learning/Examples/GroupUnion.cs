namespace PortAudit.Learning.Examples;

/// <summary>Groups that turned out to be one.</summary>
internal sealed class GroupUnion
{
    private readonly Dictionary<string, string> _heads = new(StringComparer.Ordinal);

    /// <summary>Makes two groups one, under the name that sorts first.</summary>
    public void Unite(string one, string other)
    {
        (one, other) = (Of(one), Of(other));
        if (one == other)
            return;
        var isInOrder = string.CompareOrdinal(one, other) < 0;
        _heads[isInOrder ? other : one] = isInOrder ? one : other;
    }

    /// <summary>The name of the group that a group is part of.</summary>
    public string Of(string group)
    {
        while (_heads.TryGetValue(group, out var head))
            group = head;
        return group;
    }
}
