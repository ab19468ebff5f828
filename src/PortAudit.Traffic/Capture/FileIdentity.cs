using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Recognises paths of the same file, so that it is read once: on Linux through any links; elsewhere, or when
/// the system does not say, only through symbolic links at the end of the path.</summary>
internal static class FileIdentity
{
    private const string InodeField = "ino:";
    private const string MountField = "mnt_id:";

    /// <summary>A text equal for all paths of one file. Pipes and files that cannot be opened are identified by
    /// path.</summary>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (!File.Exists(path) || CaptureFile.IsPipe(path))
                return full;
            return OfOpened(path) ?? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // The reader will report the problem.
            return full;
        }
    }

    /// <summary>Mount and inode of an open file on Linux (proc_pid_fdinfo(5), from 5.14 on); null elsewhere. Volumes of
    /// one mount may repeat inodes, so length and time are included.</summary>
    private static string? OfOpened(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        using var file = File.OpenHandle(path);
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture,
            $"/proc/self/fdinfo/{file.DangerousGetHandle()}"));
        if (Array.Find(lines, line => line.StartsWith(InodeField, StringComparison.Ordinal)) is not { } inode)
            return null;
        var mount = Array.Find(lines, line => line.StartsWith(MountField, StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture,
            $"{mount} {inode} {RandomAccess.GetLength(file)} {File.GetLastWriteTimeUtc(file).Ticks}");
    }
}
