using System.Runtime.InteropServices;

namespace PortAudit.Live.Host;

/// <summary>Calls of the C library about this machine. Linux only, unless said otherwise.</summary>
internal static unsafe partial class LinuxCalls
{
    /// <summary>AF_INET.</summary>
    public const int InternetFamily = 2;

    /// <summary>SOCK_DGRAM.</summary>
    public const int DatagramSocket = 2;

    /// <summary>Number of the interface with a name; 0 when there is none. POSIX, so on macOS, too.</summary>
    [LibraryImport("libc", EntryPoint = "if_nametoindex", StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint InterfaceNumber(string name);

    [LibraryImport("libc", EntryPoint = "socket")]
    public static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    public static partial int Control(int descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "getxattr", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GetAttribute(string path, string name, byte* value, nuint size);

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    public static partial int ReadClock(byte* timex);
}
