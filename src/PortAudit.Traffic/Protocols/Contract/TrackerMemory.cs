namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Memory budget for partial messages of all trackers.</summary>
/// <param name="maximumBytes">The budget, in bytes.</param>
internal sealed class TrackerMemory(long maximumBytes = TrackerMemory.DefaultMaximumBytes)
{
    /// <summary>Bytes of all partial messages: a few thousand.</summary>
    public const long DefaultMaximumBytes = 32L * 1024 * 1024;

    private long _taken;

    /// <summary>Reserves <paramref name="bytes"/>; false, with nothing reserved, when the budget is exceeded.</summary>
    public bool TryTake(int bytes)
    {
        if (_taken + bytes > maximumBytes)
            return false;
        _taken += bytes;
        return true;
    }

    public void Return(int bytes) => _taken -= bytes;
}
