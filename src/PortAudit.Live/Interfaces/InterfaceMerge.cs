namespace PortAudit.Live.Interfaces;

/// <summary>
/// Merges packets of several interfaces in order of time. A packet is due when each other interface has a later one in
/// hand, or was found empty so long after the packet's time that earlier ones would have arrived. A quiet interface
/// delays the others only that long, and nothing is copied: packets wait in the system's buffers.
/// </summary>
/// <param name="interfaces">The interfaces.</param>
/// <param name="holdNs">Nanoseconds from a packet's time until it is seen here at the latest.</param>
/// <param name="clock">The clock that packets are stamped by.</param>
internal sealed class InterfaceMerge(LiveInterface[] interfaces, long holdNs, TimeProvider clock)
{
    /// <summary>What <see cref="Next"/> answers when nothing is due.</summary>
    public const int Nothing = -1;

    private const long TickNs = 100;
    private const long MillisecondNs = 1_000_000;

    private readonly nint[] _awaited = new nint[interfaces.Length];
    private int _latest;
    private int _awaitedCount;

    /// <summary>What to wait for when nothing is due: interfaces that have nothing in hand.</summary>
    public ReadOnlySpan<nint> Awaited => _awaited.AsSpan(0, _awaitedCount);

    /// <summary>Milliseconds until a packet in hand is due, whatever the others bring; the given number when none is in
    /// hand.</summary>
    public int WaitMs(int otherwise)
    {
        var earliest = Earliest();
        return earliest == Nothing ? otherwise : (int)Math.Clamp(((interfaces[earliest].TimestampNs
            + holdNs - NowNs()) / MillisecondNs) + 1, 1, otherwise);
    }

    /// <summary>The time now, in nanoseconds since the Unix epoch.</summary>
    public long NowNs() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TickNs;

    /// <summary>Index of the interface whose packet in hand comes next; <see cref="Nothing"/> when none is
    /// due.</summary>
    /// <param name="isPatient">False to hand out what is there without waiting for what may come.</param>
    public int Next(bool isPatient)
    {
        // The interface read last is the likeliest to have more, and polling an empty one costs a system call.
        Refill(_latest);
        var earliest = Earliest();
        if (earliest == Nothing)
        {
            RefillAll(long.MaxValue);
            earliest = Earliest();
        }
        else if (interfaces.Length > 1)
        {
            RefillAll(interfaces[earliest].TimestampNs);
            earliest = Earliest();
        }

        if (earliest == Nothing || (isPatient && !IsDue(interfaces[earliest].TimestampNs)))
            return Nothing;
        _latest = earliest;
        return earliest;
    }

    /// <summary>A timestamp ahead of the clock means that a clock was set or that the interface uses another: do not
    /// wait then.</summary>
    private bool IsDue(long timestampNs)
    {
        _awaitedCount = 0;
        foreach (var one in interfaces)
        {
            if (!one.HasPacket && one.Failure is null && one.QuietUntilNs < timestampNs)
                _awaited[_awaitedCount++] = one.Waitable;
        }

        return _awaitedCount == 0 || timestampNs > NowNs();
    }

    /// <summary>Asks interfaces without a packet that could have one from before a time.</summary>
    private void RefillAll(long untilNs)
    {
        _awaitedCount = 0;
        for (var index = 0; index < interfaces.Length; index++)
        {
            if (!interfaces[index].HasPacket && interfaces[index].QuietUntilNs < untilNs && !Refill(index)
                && interfaces[index].Failure is null)
                _awaited[_awaitedCount++] = interfaces[index].Waitable;
        }
    }

    private bool Refill(int index)
    {
        var one = interfaces[index];
        if (one.HasPacket)
            return true;
        if (interfaces.Length == 1)
            return one.TryFetch();
        var askedNs = NowNs();
        if (one.TryFetch())
            return true;
        one.QuietUntilNs = askedNs - holdNs;
        return false;
    }

    private int Earliest()
    {
        var earliest = Nothing;
        for (var index = 0; index < interfaces.Length; index++)
        {
            if (interfaces[index].HasPacket
                && (earliest == Nothing || interfaces[index].TimestampNs < interfaces[earliest].TimestampNs))
                earliest = index;
        }

        return earliest;
    }
}
