namespace PortAudit.Traffic.Observation;

/// <summary>Reduces the effort per packet when packets come too fast. Each time the system drops packets, or they are
/// read late, one more kind of work is skipped; after <see cref="Recovery"/> without trouble, one kind
/// resumes.</summary>
public sealed class EffortControl
{
    /// <summary>A packet read this late has waited for this program, not for the system's buffering.</summary>
    public static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(1);

    /// <summary>Time for a reduced effort to take effect before it is reduced again.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>Time without trouble before the effort is raised again.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    private long _dropped;
    private DateTimeOffset _changed = DateTimeOffset.MinValue;
    private DateTimeOffset _strained = DateTimeOffset.MinValue;

    /// <summary>The current effort.</summary>
    public ObserverEffort Effort { get; private set; }

    /// <summary>Updates the effort and returns it.</summary>
    /// <param name="dropped">Packets dropped by the system so far; null when unknown.</param>
    /// <param name="lag">Delay between arrival and reading of the latest packet; zero when none waits.</param>
    /// <param name="now">Current time.</param>
    public ObserverEffort Note(long? dropped, TimeSpan lag, DateTimeOffset now)
    {
        var isStrained = dropped > _dropped || lag > LongestLag;
        _dropped = dropped ?? _dropped;
        if (isStrained)
            _strained = now;
        if (isStrained && Effort < ObserverEffort.Counting && now - _changed >= Settling)
            (Effort, _changed) = (Effort + 1, now);
        else if (Effort > ObserverEffort.Full && now - _strained >= Recovery && now - _changed >= Recovery)
            (Effort, _changed) = (Effort - 1, now);
        return Effort;
    }
}
