using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// What time it is in the capture: the latest time of its packets, but for clocks that were set. A single packet with a
/// time far ahead is not believed before the next one says so as well; when packet after packet is from long before,
/// the clock was set back. Silences are measured by it, so that neither ends all flows at once, nor every new one with
/// its first packet. What becomes of a packet whose time is not believed, <see cref="TimestampGuard"/> says.
/// </summary>
internal struct ObservationClock()
{
    /// <summary>
    /// Longest step of a packet's time that needs no confirmation, in nanoseconds: several queues are out of order by
    /// far less, and no flow ends after so short a silence.
    /// </summary>
    public const long StepNs = 60L * 1_000_000_000;

    /// <summary>Packets in a row from more than <see cref="StepNs"/> before, after which the clock was set
    /// back.</summary>
    public const int PacketsBack = 8;

    private const long NotYet = long.MinValue;
    private const int IsAhead = -1;

    private long _aheadNs;

    /// <summary>0 when the latest packet came about when it should; <see cref="IsAhead"/> when it was far ahead; above,
    /// how many in a row came from long before.</summary>
    private int _steps;

    /// <summary>The time that silences are measured by, in nanoseconds since the Unix epoch; the lowest there is before
    /// the first packet.</summary>
    public long NowNs { get; private set; } = NotYet;

    /// <summary>The same, but a latest packet that is far ahead counts though nothing confirms it: it may be the last
    /// of its capture.</summary>
    public readonly long LatestNs => _steps == IsAhead ? _aheadNs : NowNs;

    /// <summary>True when the latest packet may be the only one with such a time, which the next one tells
    /// (<see cref="Confirms"/>).</summary>
    public readonly bool IsInDoubt => _steps is IsAhead or 1;

    /// <summary>Notes the time of a packet.</summary>
    /// <returns>True when it is in doubt, or that of the packet before was.</returns>
    public bool Note(long timestampNs)
    {
        var stepped = _steps;
        if (IsStep(NowNs, timestampNs))
            NoteStep(timestampNs);
        else
            (NowNs, _steps) = (timestampNs, 0);
        return (stepped | _steps) != 0;
    }

    /// <summary>True when the packet behind one whose time was in doubt is from a time like it.</summary>
    /// <param name="timestampNs">The time that was in doubt.</param>
    /// <param name="beforeNs"><see cref="NowNs"/> at that packet.</param>
    public readonly bool Confirms(long timestampNs, long beforeNs) =>
        timestampNs > beforeNs ? NowNs >= timestampNs : _steps > 1;

    /// <summary>True when a time is not a little later than another. Unsigned, so that any two can be
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
