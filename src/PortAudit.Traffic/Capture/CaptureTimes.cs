using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>The times of frames, in the order in which they were recorded: the earliest, the latest, and how steadily they run. A frame that comes about when it should costs a comparison.</summary>
internal struct CaptureTimes
{
    private long _previousNs;
    private long _latestBeforeNs;
    private bool _isBegun;
    private CaptureClock _clock;

    /// <summary>Time of the earliest frame, in nanoseconds since the Unix epoch; meaningless before one.</summary>
    public long FirstNs { get; private set; }

    /// <summary>Time of the latest frame, in nanoseconds since the Unix epoch; meaningless before one.</summary>
    public readonly long LastNs => Math.Max(_latestBeforeNs, _previousNs);

    /// <summary>How steadily they run.</summary>
    public readonly CaptureClock Clock => _clock;

    /// <summary>Notes the time of a frame.</summary>
    /// <param name="timestampNs">In nanoseconds since the Unix epoch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Note(long timestampNs)
    {
        if (!_isBegun || !_clock.IsSteady(_previousNs, timestampNs))
            NoteStep(timestampNs);
        _previousNs = timestampNs;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteStep(long timestampNs)
    {
        if (_isBegun)
            _clock = _clock.Step(_previousNs, timestampNs);
        FirstNs = _isBegun ? Math.Min(FirstNs, timestampNs) : timestampNs;
        _latestBeforeNs = _isBegun ? Math.Max(_latestBeforeNs, _previousNs) : timestampNs;
        _isBegun = true;
    }
}
