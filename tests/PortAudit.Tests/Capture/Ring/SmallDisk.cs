using System.Runtime.InteropServices;

namespace PortAudit.Tests.Capture.Ring;

/// <summary>A file system in memory that is soon full. It is gone when it is disposed.</summary>
internal sealed partial class SmallDisk : IDisposable
{
    private const int DetachNow = 2;

    public SmallDisk(int bytes)
    {
        if (Mount("none", Path, "tmpfs", 0, $"size={bytes}") == 0)
            return;
        var reason = Marshal.GetLastPInvokeErrorMessage();
        Directory.Delete(Path);
        throw new InvalidOperationException(reason);
    }

    /// <summary>Why this machine cannot have any; null when it can.</summary>
    public static string? Missing { get; } = Probe();

    public string Path { get; } = Directory.CreateTempSubdirectory("portaudit-disk-").FullName;

    public void Dispose()
    {
        _ = Unmount(Path, DetachNow);
        Directory.Delete(Path);
    }

    private static string? Probe()
    {
        if (!OperatingSystem.IsLinux())
            return "file systems in memory are mounted on Linux";
        try
        {
            using var disk = new SmallDisk(1 << 16);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return $"the right to mount file systems (CAP_SYS_ADMIN) is not granted: {exception.Message}";
        }
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string options);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
