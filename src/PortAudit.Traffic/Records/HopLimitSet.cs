namespace PortAudit.Traffic.Records;

/// <summary>Hop limits of one host's packets at one location, a byte each; 0 is none.</summary>
internal record struct HopLimitSet
{
    /// <summary>Hop limits kept per host. A host with more has so many paths that another one would prove
    /// nothing.</summary>
    public const int Maximum = sizeof(ulong);

    private ulong _packed;

    public readonly bool IsEmpty => _packed == 0;

    /// <summary>True when full: there may be others.</summary>
    public readonly bool IsFull => this[Maximum - 1] != 0;

    /// <summary>The hop limit of the shortest path, the highest of equal ones; 0 without any. One without an estimate
    /// counts as the shortest, so that nothing seems nearer.</summary>
    public readonly byte Nearest
    {
        get
        {
            byte nearest = 0;
            for (var i = 0; i < Maximum && this[i] != 0; i++)
            {
                var (one, other) = (HopCount.Of(this[i]), HopCount.Of(nearest));
                if (nearest == 0 || one < other || (one == other && this[i] > nearest))
                    nearest = this[i];
            }

            return nearest;
        }
    }

    private readonly byte this[int index] => (byte)(_packed >> (index * 8));

    /// <summary>Adds one, unless present or full.</summary>
    public void Add(byte hopLimit)
    {
        for (var i = 0; i < Maximum; i++)
        {
            if (this[i] == hopLimit)
                return;
            if (this[i] != 0)
                continue;
            _packed |= (ulong)hopLimit << (i * 8);
            return;
        }
    }

    public readonly bool Contains(byte hopLimit)
    {
        for (var i = 0; i < Maximum && this[i] != 0; i++)
        {
            if (this[i] == hopLimit)
                return true;
        }

        return false;
    }
}
