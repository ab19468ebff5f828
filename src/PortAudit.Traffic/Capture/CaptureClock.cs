using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>Regularity of frame timestamps, in file order.</summary>
/// <param name="BackwardSteps">Frames with an earlier time than the previous one. Some are normal with several queues
/// or interfaces.</param>
/// <param name="LargestBackwardNs">The largest backward step in nanoseconds; 0 without one.</param>
/// <param name="LargestForwardNs">The longest time from one frame to the next in nanoseconds: a traffic pause, or a
/// clock change.</param>
public readonly record struct CaptureClock(long BackwardSteps, long LargestBackwardNs, long LargestForwardNs)
{
    /// <summary>True when a frame does not change these values, as nearly all: <see cref="Step"/> is not
    /// needed.</summary>
    internal bool IsSteady(long previousNs, long timestampNs) =>
        timestampNs >= previousNs && (ulong)timestampNs - (ulong)previousNs <= (ulong)LargestForwardNs;

    /// <summary>The values after another frame. Steps saturate: a capture may claim any time.</summary>
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

    /// <summary>The difference of two 64-bit numbers fits in 64 unsigned bits.</summary>
    private static long Distance(long earlier, long later) =>
        (long)Math.Min((ulong)later - (ulong)earlier, long.MaxValue);
}

/// <summary>Earliest and latest time of frames, and regularity. Usually costs one comparison per frame.</summary>
internal struct CaptureTimes
{
    private long _previousNs;
    private long _latestBeforeNs;
    private bool _isBegun;
    private CaptureClock _clock;

    /// <summary>Earliest time, in nanoseconds since the Unix epoch; undefined before the first frame.</summary>
    public long FirstNs { get; private set; }

    /// <summary>Latest time, in nanoseconds since the Unix epoch; undefined before the first frame.</summary>
    public readonly long LastNs => Math.Max(_latestBeforeNs, _previousNs);

    public readonly CaptureClock Clock => _clock;

    /// <summary>Adds the time of a frame, in nanoseconds since the Unix epoch.</summary>
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
