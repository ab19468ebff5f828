namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What all trackers keep of messages that come in parts, in sum within a bound.</summary>
/// <param name="maximumBytes">The bound, in bytes.</param>
internal sealed class TrackerMemory(long maximumBytes = TrackerMemory.DefaultMaximumBytes)
{
    /// <summary>Bytes of all messages under way: room for some thousand.</summary>
    public const long DefaultMaximumBytes = 32L * 1024 * 1024;

    private long _taken;

    /// <summary>Takes room for <paramref name="bytes"/> more; false, and nothing taken, when the bound is
    /// reached.</summary>
    public bool TryTake(int bytes)
    {
        if (_taken + bytes > maximumBytes)
            return false;
        _taken += bytes;
        return true;
    }

    /// <summary>Gives room back.</summary>
    public void Return(int bytes) => _taken -= bytes;
}
