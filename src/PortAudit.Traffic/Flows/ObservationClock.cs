using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>The current time in the capture: the latest timestamp, corrected for clock changes. A jump ahead needs
/// confirmation by the next packet; several packets in a row from long before mean that the clock was set back. Idle
/// timeouts use it, so that a wrong time neither ends all flows nor each new one. <see cref="TimestampGuard"/> handles
/// packets with a rejected time.</summary>
internal struct ObservationClock()
{
    /// <summary>Largest step that needs no confirmation, in nanoseconds: reordering between queues is far less, and no
    /// idle timeout is shorter.</summary>
    public const long StepNs = 60L * 1_000_000_000;

    /// <summary>Consecutive packets from more than <see cref="StepNs"/> before that mean the clock was set
    /// back.</summary>
    public const int PacketsBack = 8;

    private const long NotYet = long.MinValue;
    private const int IsAhead = -1;

    private long _aheadNs;

    /// <summary>0 when the latest packet was in time; <see cref="IsAhead"/> when far ahead; above, the number of
    /// consecutive packets from long before.</summary>
    private int _steps;

    /// <summary>The time for idle timeouts, in nanoseconds since the Unix epoch; minimum value before the first
    /// packet.</summary>
    public long NowNs { get; private set; } = NotYet;

    /// <summary>The same, but includes an unconfirmed jump ahead by the latest packet, which may be the capture's
    /// last.</summary>
    public readonly long LatestNs => _steps == IsAhead ? _aheadNs : NowNs;

    /// <summary>True when the next packet decides whether the latest one's time is accepted
    /// (<see cref="Confirms"/>).</summary>
    public readonly bool IsInDoubt => _steps is IsAhead or 1;

    /// <summary>Notes the time of a packet.</summary>
    /// <returns>True when this time, or the previous one, is in doubt.</returns>
    public bool Note(long timestampNs)
    {
        var stepped = _steps;
        if (IsStep(NowNs, timestampNs))
            NoteStep(timestampNs);
        else
            (NowNs, _steps) = (timestampNs, 0);
        return (stepped | _steps) != 0;
    }

    /// <summary>True when a packet confirms the time of the one before it.</summary>
    /// <param name="timestampNs">The time in doubt.</param>
    /// <param name="beforeNs"><see cref="NowNs"/> at that packet.</param>
    public readonly bool Confirms(long timestampNs, long beforeNs) =>
        timestampNs > beforeNs ? NowNs >= timestampNs : _steps > 1;

    /// <summary>True when a time is before another or far after it. Unsigned, so that any two can be
    /// compared.</summary>
    private static bool IsStep(long fromNs, long toNs) => (ulong)toNs - (ulong)fromNs > StepNs;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteStep(long timestampNs)
    {
        if (NowNs == NotYet)
            NowNs = timestampNs;
        else if (timestampNs > NowNs)
            NoteAhead(timestampNs);
        else if (!IsStep(timestampNs, NowNs))
            _steps = 0;
        else
            NoteBack(timestampNs);
    }

    private void NoteAhead(long timestampNs)
    {
        if (_steps == IsAhead && (timestampNs >= _aheadNs || !IsStep(timestampNs, _aheadNs)))
            NowNs = _aheadNs;
        if (timestampNs > NowNs && IsStep(NowNs, timestampNs))
            (_aheadNs, _steps) = (timestampNs, IsAhead);
        else
            (NowNs, _steps) = (Math.Max(NowNs, timestampNs), 0);
    }

    private void NoteBack(long timestampNs)
    {
        _steps = Math.Max(_steps, 0) + 1;
        if (_steps == PacketsBack)
            (NowNs, _steps) = (timestampNs, 0);
    }
}
