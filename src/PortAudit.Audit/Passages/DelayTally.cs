namespace PortAudit.Audit.Passages;

/// <summary>Adds up how long packets took between two capture points.</summary>
internal sealed class DelayTally
{
    private readonly List<long> _delays = [];
    private long _widthNs;

    /// <summary>Adds a packet; ignored if the clocks do not give its delay.</summary>
    /// <param name="difference">How much later the second point recorded it.</param>
    /// <param name="sign">1 for a packet that goes from the first point to the second, -1 for the other way.</param>
    /// <param name="clock">How the clocks differ.</param>
    public void Note(TimeDifference difference, int sign, PointClock clock)
    {
        if (clock.At(difference.TimestampNs) is not { } known)
            return;
        _delays.Add(sign * (difference.Ns - known.OffsetNs));
        _widthNs = Math.Max(_widthNs, known.HalfWidthNs);
    }

    /// <summary>What the packets say; null if none.</summary>
    public PassageDelay? ToDelay()
    {
        if (_delays is [])
            return null;
        _delays.Sort();
        return new PassageDelay(_delays[_delays.Count / 2], _delays[(int)((_delays.Count - 1) * 0.95)], _widthNs,
            _delays.Count);
    }
}
