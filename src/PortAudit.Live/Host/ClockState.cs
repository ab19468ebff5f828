namespace PortAudit.Live.Host;

/// <summary>Whether something keeps the system's clock right. Asked of the kernel by adjtimex(2) without a change,
/// which any user may.</summary>
internal static unsafe class ClockState
{
    /// <summary>TIME_ERROR: the clock is not synchronised.</summary>
    private const int NotSynchronised = 5;

    /// <summary>More than <c>struct timex</c> of <c>linux/timex.h</c> has; all zero, so that nothing is set.</summary>
    private const int TimexLength = 512;

    /// <summary>True when it is synchronised, false when not, null if unknown (not Linux, or a container forbids the
    /// query).</summary>
    public static bool? IsSynchronised()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var timex = stackalloc byte[TimexLength];
        new Span<byte>(timex, TimexLength).Clear();
        var state = LinuxCalls.ReadClock(timex);
        return state < 0 ? null : state != NotSynchronised;
    }
}
