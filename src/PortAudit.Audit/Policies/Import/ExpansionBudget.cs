namespace PortAudit.Audit.Policies.Import;

/// <summary>How much the objects of a file may grow when rules name them: a file of some kilobytes can nest groups so
/// that each of its rules holds millions of ranges.</summary>
internal sealed class ExpansionBudget
{
    /// <summary>Levels of groups inside groups; devices allow ten and fewer.</summary>
    public const int MaxDepth = 32;

    /// <summary>Ranges and services that all objects and rules of a file may hold together: 32 bytes each, so that they
    /// stay within some hundred megabytes. The largest published policies need some 100,000.</summary>
    public const int MaxMembers = 4_000_000;

    private int _left = MaxMembers;

    /// <summary>Takes room for members; false when none is left.</summary>
    public bool TryTake(int members)
    {
        if (members > _left)
            return false;
        _left -= members;
        return true;
    }
}
