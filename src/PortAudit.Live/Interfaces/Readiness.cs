using System.Runtime.InteropServices;

namespace PortAudit.Live.Interfaces;

/// <summary>
/// Waits until one of several captures has packets. With TPACKET_V3 a libpcap read does not return at its timeout while
/// no packet passes the filter, so captures never block; they are polled, and in between this waits: poll(2) on what
/// <c>pcap_get_selectable_fd</c> gives, WaitForMultipleObjects on what <c>pcap_getevent</c> gives. Both return at the
/// timeout, so a reader notices a stop.
/// </summary>
internal static unsafe partial class Readiness
{
    /// <summary>Captures that can be waited for together: MAXIMUM_WAIT_OBJECTS of Windows (<c>winnt.h</c>), and enough
    /// elsewhere.</summary>
    public const int Maximum = 64;

    /// <summary>What stands for a capture that cannot be waited for (a few kinds of device): it is asked every
    /// <see cref="AskMs"/>.</summary>
    public const nint CannotWait = -1;

    private const int AskMs = 10;

    /// <summary>POLLIN, the same in Linux, macOS and the BSDs.</summary>
    private const short PollIn = 1;

    /// <summary>Waits for packets of any of the captures, at most for a time. Returns early on a signal.</summary>
    /// <param name="captures">Descriptors, on Windows events; at most <see cref="Maximum"/>.</param>
    /// <param name="timeoutMs">Milliseconds.</param>
    /// <returns>True when one of them has packets, or a failure that reading will report.</returns>
    public static bool Wait(ReadOnlySpan<nint> captures, int timeoutMs)
    {
        var waitable = stackalloc nint[Maximum];
        var count = 0;
        foreach (var capture in captures)
        {
            if (capture != CannotWait)
                waitable[count++] = capture;
        }

        var timeout = count < captures.Length ? Math.Min(timeoutMs, AskMs) : timeoutMs;
        if (count == 0)
        {
            Thread.Sleep(timeout);
            return false;
        }

        return OperatingSystem.IsWindows() ? WaitForEvents(waitable, count, timeout) : Poll(waitable, count, timeout);
    }

    private static bool WaitForEvents(nint* events, int count, int timeoutMs) =>
        WaitForMultipleObjects((uint)count, events, 0, (uint)timeoutMs) < (uint)count;

    private static bool Poll(nint* descriptors, int count, int timeoutMs)
    {
        var polled = stackalloc PollDescriptor[Maximum];
        for (var index = 0; index < count; index++)
            polled[index] = new PollDescriptor { Descriptor = (int)descriptors[index], Wanted = PollIn };
        return Poll(polled, (nuint)count, timeoutMs) > 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMs);

    [LibraryImport("kernel32", EntryPoint = "WaitForMultipleObjects")]
    private static partial uint WaitForMultipleObjects(uint count, nint* handles, int all, uint timeoutMs);

    /// <summary><c>struct pollfd</c> of POSIX.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }
}
