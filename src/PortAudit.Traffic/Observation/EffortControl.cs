namespace PortAudit.Traffic.Observation;

/// <summary>
/// Decides how much is done with packets when they come faster than they can be looked at. Each time that the system
/// has dropped packets, or that they are read long after they came, one thing more is left out; when all has gone well
/// for a while, one less.
/// </summary>
public sealed class EffortControl
{
    /// <summary>A packet that is read so long after it came has waited for this program, not for the system to hand it
    /// over.</summary>
    public static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(1);

    /// <summary>Time for a smaller effort to show what it helps before another thing is left out.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>How long all must go well before more is done again.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    private long _dropped;
    private DateTimeOffset _changed = DateTimeOffset.MinValue;
    private DateTimeOffset _strained = DateTimeOffset.MinValue;

    /// <summary>The effort that is right now.</summary>
    public ObserverEffort Effort { get; private set; }

    /// <summary>Notes how it goes.</summary>
    /// <param name="dropped">Packets that the system has dropped so far; null when it does not say.</param>
    /// <param name="lag">How long ago the latest packet came that was read; zero when none waits.</param>
    /// <param name="now">The time.</param>
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
