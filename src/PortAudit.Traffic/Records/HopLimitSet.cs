namespace PortAudit.Traffic.Records;

/// <summary>The hop limits that the packets of one host came with at one place, a byte each; 0 is no hop
/// limit.</summary>
internal record struct HopLimitSet
{
    /// <summary>
    /// Hop limits kept of a host. One with more is reached on so many paths that the next would prove nothing.
    /// </summary>
    public const int Maximum = sizeof(ulong);

    private ulong _packed;

    /// <summary>True when there is none.</summary>
    public readonly bool IsEmpty => _packed == 0;

    /// <summary>True when there is no room: there may be others.</summary>
    public readonly bool IsFull => this[Maximum - 1] != 0;

    /// <summary>The one that comes from nearest, the highest of them where several do; 0 without any. One that tells no
    /// distance is taken for the nearest, so that nothing seems nearer.</summary>
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

    /// <summary>Adds one, unless it is there or there is no room.</summary>
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

    /// <summary>True when it is among them.</summary>
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
