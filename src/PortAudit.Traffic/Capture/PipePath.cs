using System.Formats.Tar;

namespace PortAudit.Traffic.Capture;

/// <summary>Recognises paths of named pipes, shell pipes (<c>/dev/fd/63</c>) and devices: readable only once, and
/// opening may block forever.</summary>
internal static class PipePath
{
    /// <summary>Offset of the file type in a tar header, and its values (POSIX.1-2017, pax, "ustar Interchange
    /// Format").</summary>
    private const int KindAt = 156;
    private const byte CharacterDevice = (byte)'3';
    private const byte Fifo = (byte)'6';

    /// <summary>True for such a path. Does not open the file.</summary>
    public static bool Is(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows() || !File.Exists(path))
                return false;
            var file = new FileInfo(path);
            var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) ?? file;

            // The target of a pipe's /proc link is no path.
            return !target.Exists
                || (target is FileInfo { Length: 0 } && KindOf(target.FullName) is Fifo or CharacterDevice);
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Opening it will report the problem.
            return false;
        }
    }

    /// <summary>The file type of an empty or special file. Only the tar writer reports it without opening the
    /// file.</summary>
    private static byte KindOf(string path)
    {
        using var header = new MemoryStream();
        using (var writer = new TarWriter(header, TarEntryFormat.Ustar, leaveOpen: true))
            writer.WriteEntry(path, "file");
        return header.GetBuffer()[KindAt];
    }
}
