using System.Formats.Tar;

namespace PortAudit.Traffic.Capture;

/// <summary>Knows paths of named pipes, of pipes that a shell hands over (<c>/dev/fd/63</c>), and of devices: they can
/// be read once only, and opening one may wait for ever.</summary>
internal static class PipePath
{
    /// <summary>Where the kind of a file stands in a tar header, and the kinds that are meant (POSIX.1-2017, pax,
    /// "ustar Interchange Format").</summary>
    private const int KindAt = 156;
    private const byte CharacterDevice = (byte)'3';
    private const byte Fifo = (byte)'6';

    /// <summary>True for such a path. The file is not opened.</summary>
    public static bool Is(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows() || !File.Exists(path))
                return false;
            var file = new FileInfo(path);
            var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) ?? file;

            // What a link of /proc to a pipe names is no path.
            return !target.Exists
                || (target is FileInfo { Length: 0 } && KindOf(target.FullName) is Fifo or CharacterDevice);
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Whoever opens it says what is wrong with it.
            return false;
        }
    }

    /// <summary>The kind of a file that is empty or none of bytes. Nothing else in the library tells it without opening
    /// the file.</summary>
    private static byte KindOf(string path)
    {
        using var header = new MemoryStream();
        using (var writer = new TarWriter(header, TarEntryFormat.Ustar, leaveOpen: true))
            writer.WriteEntry(path, "file");
        return header.GetBuffer()[KindAt];
    }
}
