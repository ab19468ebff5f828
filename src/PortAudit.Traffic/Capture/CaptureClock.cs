namespace PortAudit.Traffic.Capture;

/// <summary>How steadily the times of a capture's frames run, in the order of the file.</summary>
/// <param name="BackwardSteps">Frames whose time lies before that of the frame before them. Some are normal where several queues or interfaces are captured.</param>
/// <param name="LargestBackwardNs">The longest of these steps in nanoseconds; 0 without one.</param>
/// <param name="LargestForwardNs">The longest time between a frame and the next in nanoseconds: a pause of the traffic, or a clock that was set.</param>
public readonly record struct CaptureClock(long BackwardSteps, long LargestBackwardNs, long LargestForwardNs)
{
    /// <summary>True when a frame is one of those, nearly all, that leave the clock as it is: it need not be stepped then.</summary>
    /// <param name="previousNs">Time of the frame before, in nanoseconds since the Unix epoch.</param>
    /// <param name="timestampNs">Time of the frame.</param>
    internal bool IsSteady(long previousNs, long timestampNs) =>
        timestampNs >= previousNs && (ulong)timestampNs - (ulong)previousNs <= (ulong)LargestForwardNs;

    /// <summary>The clock after one more frame. Steps that do not fit are the longest there is: a capture may claim any time.</summary>
    /// <param name="previousNs">Time of the frame before, in nanoseconds since the Unix epoch.</param>
    /// <param name="timestampNs">Time of the frame.</param>
    public CaptureClock Step(long previousNs, long timestampNs)
    {
        if (timestampNs >= previousNs)
            return this with { LargestForwardNs = Math.Max(LargestForwardNs, Distance(previousNs, timestampNs)) };
        return this with { BackwardSteps = BackwardSteps + 1, LargestBackwardNs = Math.Max(LargestBackwardNs, Distance(timestampNs, previousNs)) };
    }

    /// <summary>Both together: sums and extremes.</summary>
    internal CaptureClock Join(CaptureClock other) => new(
        BackwardSteps + other.BackwardSteps, Math.Max(LargestBackwardNs, other.LargestBackwardNs), Math.Max(LargestForwardNs, other.LargestForwardNs));

    /// <summary>The difference of any two 64-bit numbers fits into 64 bits without a sign.</summary>
    private static long Distance(long earlier, long later) => (long)Math.Min((ulong)later - (ulong)earlier, long.MaxValue);
}
