using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>
/// Knows that two paths lead to one file, so that it is read once. On Linux they do through any links; elsewhere, and
/// where the system does not tell, symbolic links at the end of a path are followed, and hard links count as two files.
/// </summary>
internal static class FileIdentity
{
    private const string InodeField = "ino:";
    private const string MountField = "mnt_id:";

    /// <summary>A text that is the same for two paths of one file. Pipes and what cannot be opened are known by their
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
            // Whoever reads it says what is wrong with it.
            return full;
        }
    }

    /// <summary>Mount and inode, which Linux tells of opened files (proc_pid_fdinfo(5), from 5.14 on); null elsewhere.
    /// Volumes of one mount may count inodes alike, so length and time are compared, too.</summary>
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
