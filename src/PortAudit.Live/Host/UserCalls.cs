using System.Runtime.InteropServices;

namespace PortAudit.Live.Host;

/// <summary>
/// Calls of the C library that change who a process is. Those of POSIX (users, groups) are for all threads: glibc and
/// musl see to that on Linux, where the kernel keeps them for each thread, and on macOS they are the process's.
/// Capabilities and <c>prctl</c> are Linux' and for the calling thread alone.
/// </summary>
internal static unsafe partial class UserCalls
{
    /// <summary>ERANGE, the same in Linux and macOS: the buffer is too small.</summary>
    public const int TooSmall = 34;

    /// <summary>PR_SET_KEEPCAPS (<c>linux/prctl.h</c>): whether this thread's permitted capabilities survive that root
    /// becomes another user.</summary>
    public const int SetKeepCapabilities = 8;

    /// <summary>PR_SET_NO_NEW_PRIVS.</summary>
    public const int SetNoNewPrivileges = 38;

    /// <summary>PR_CAP_AMBIENT.</summary>
    public const int Ambient = 47;

    /// <summary>PR_CAP_AMBIENT_CLEAR_ALL.</summary>
    public const nuint ClearAmbient = 4;

    /// <summary>_LINUX_CAPABILITY_VERSION_3 (<c>linux/capability.h</c>): sets of 64 bits in two halves, effective,
    /// permitted, inheritable each.</summary>
    public const uint CapabilityVersion = 0x20080522;

    /// <summary>SECCOMP_SET_MODE_FILTER (<c>linux/seccomp.h</c>).</summary>
    public const nint SetFilter = 1;

    /// <summary>SECCOMP_FILTER_FLAG_TSYNC: for all threads of the process.</summary>
    public const nint AllThreads = 1;

    /// <summary>Number of seccomp(2); it has no function in the C library. Null where it is not known here.</summary>
    public static nint? Seccomp => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 317,
        Architecture.Arm64 => 277,
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FindUser(string name, UserEntry* entry, byte* buffer, nuint length, UserEntry** found);

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    public static partial int FindUser(uint id, UserEntry* entry, byte* buffer, nuint length, UserEntry** found);

    [LibraryImport("libc", EntryPoint = "initgroups", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetGroupsOf(string name, uint group);

    [LibraryImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    public static partial int SetGroups(nuint count, uint* groups);

    [LibraryImport("libc", EntryPoint = "setgid", SetLastError = true)]
    public static partial int SetGroup(uint group);

    [LibraryImport("libc", EntryPoint = "setuid", SetLastError = true)]
    public static partial int SetUser(uint user);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int ControlThread(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "capget", SetLastError = true)]
    public static partial int GetCapabilities(uint* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    public static partial int SetCapabilities(uint* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint first, nint second, void* third);

    /// <summary>The beginning of <c>struct passwd</c> (<c>pwd.h</c>), which Linux and macOS have in common; what
    /// follows is not read.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    public struct UserEntry
    {
        public byte* Name;
        public byte* Password;
        public uint User;
        public uint Group;
    }

    /// <summary>A classic BPF program (<c>struct sock_fprog</c>, <c>linux/filter.h</c>).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SocketFilter
    {
        public ushort Length;
        public ulong* Instructions;
    }
}
