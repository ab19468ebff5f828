using System.Runtime.InteropServices;

namespace PortAudit.Tests.Live;

/// <summary>The capabilities of this thread: Linux keeps them for each thread (capset(2)), so a thread that is about to
/// end can do without.</summary>
internal static unsafe partial class ThreadCapabilities
{
    /// <summary>_LINUX_CAPABILITY_VERSION_3 of <c>linux/capability.h</c>.</summary>
    private const uint Version = 0x20080522;

    public static void GiveUp()
    {
        var header = stackalloc uint[] { Version, 0 };
        var none = stackalloc uint[] { 0, 0, 0, 0, 0, 0 };
        Assert.Equal(0, Set(header, none));
    }

    [LibraryImport("libc", EntryPoint = "capset")]
    private static partial int Set(uint* header, uint* sets);
}
