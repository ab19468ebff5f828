using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>How steadily the times of a capture's frames run, in the order of the file.</summary>
/// <param name="BackwardSteps">Frames whose time lies before that of the frame before them. Some are normal where
/// several queues or interfaces are captured.</param>
/// <param name="LargestBackwardNs">The longest of these steps in nanoseconds; 0 without one.</param>
/// <param name="LargestForwardNs">The longest time between a frame and the next in nanoseconds: a pause of the traffic,
/// or a clock that was set.</param>
public readonly record struct CaptureClock(long BackwardSteps, long LargestBackwardNs, long LargestForwardNs)
{
    /// <summary>True when a frame is one of those, nearly all, that leave the clock as it is: it need not be stepped
    /// then.</summary>
    /// <param name="previousNs">Time of the frame before, in nanoseconds since the Unix epoch.</param>
    /// <param name="timestampNs">Time of the frame.</param>
    internal bool IsSteady(long previousNs, long timestampNs) =>
        timestampNs >= previousNs && (ulong)timestampNs - (ulong)previousNs <= (ulong)LargestForwardNs;

    /// <summary>The clock after one more frame. Steps that do not fit are the longest there is: a capture may claim any
    /// time.</summary>
    /// <param name="previousNs">Time of the frame before, in nanoseconds since the Unix epoch.</param>
    /// <param name="timestampNs">Time of the frame.</param>
    public CaptureClock Step(long previousNs, long timestampNs)
    {
        if (timestampNs >= previousNs)
            return this with { LargestForwardNs = Math.Max(LargestForwardNs, Distance(previousNs, timestampNs)) };
        return this with
        {
            BackwardSteps = BackwardSteps + 1,
            LargestBackwardNs = Math.Max(LargestBackwardNs, Distance(timestampNs, previousNs))
        };
    }

    /// <summary>Both together: sums and extremes.</summary>
    internal CaptureClock Join(CaptureClock other) => new(
        BackwardSteps + other.BackwardSteps, Math.Max(LargestBackwardNs, other.LargestBackwardNs),
        Math.Max(LargestForwardNs, other.LargestForwardNs));

    /// <summary>The difference of any two 64-bit numbers fits into 64 bits without a sign.</summary>
    private static long Distance(long earlier, long later) =>
        (long)Math.Min((ulong)later - (ulong)earlier, long.MaxValue);
}

/// <summary>The times of frames, in the order in which they were recorded: the earliest, the latest, and how steadily
/// they run. A frame that comes about when it should costs a comparison.</summary>
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
