using System.Globalization;
using System.Text;
using PortAudit.Cli.Input;
using PortAudit.Traffic.Capture;

namespace PortAudit.Cli.Output;

/// <summary>
/// A file that appears whole or not at all: it is written next to its path and moved there by <see cref="Commit"/>.
/// Disposing without that changes nothing. Devices (<c>/dev/null</c>) and named pipes are written directly. A new file
/// can be read by its owner alone, as reports name hosts and weaknesses; one that replaces another has its rights.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private const string DevicePrefix = "/dev/";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly string _written;

    private AtomicFile(string path, string written)
    {
        (_path, _written) = (path, written);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (written != path && !OperatingSystem.IsWindows())
            options.UnixCreateMode = File.Exists(path) ? File.GetUnixFileMode(path) : OwnerOnly;
        Writer = new StreamWriter(written, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options);
    }

    public StreamWriter Writer { get; }

    /// <summary>Takes the bytes of a file that is no text.</summary>
    public Stream Stream => Writer.BaseStream;

    /// <summary>True for the path of a device, which is written directly.</summary>
    public static bool IsDevice(string path) => path.StartsWith(DevicePrefix, StringComparison.Ordinal);

    /// <summary>Opens the file; fails early where it could not be written later.</summary>
    /// <returns>Null and a reason when it cannot be written.</returns>
    public static AtomicFile? TryOpen(string path, out string reason)
    {
        reason = "is a directory";
        if (Directory.Exists(path))
            return null;
        try
        {
            reason = "";
            var target = Target(path);
            var written = IsWrittenDirectly(target)
                ? target
                : string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}.partial");
            return new AtomicFile(target, written);
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or FileNotFoundException)
        {
            reason = "no such directory";
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            reason = "no permission to write there";
            return null;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            reason = exception.Message;
            return null;
        }
    }

    /// <summary>The file that a path leads to. That of a device is left as it is: <c>/dev/fd/3</c> is a link to what
    /// has no path.</summary>
    private static string Target(string path)
    {
        var full = Path.GetFullPath(path);
        return IsDevice(full) ? full : FinalPath.Of(full);
    }

    /// <summary>Devices cannot be replaced, and readers of a named pipe wait for direct writes.</summary>
    private static bool IsWrittenDirectly(string target) =>
        IsDevice(target) || (File.Exists(target) && CaptureFile.IsPipe(target));

    public void Commit()
    {
        Writer.Dispose();
        if (_written != _path)
            File.Move(_written, _path, overwrite: true);
    }

    public void Dispose()
    {
        try
        {
            Writer.Dispose();
        }
        catch (IOException)
        {
            // The disk is full; the writer already got an error, so the file is abandoned.
        }

        if (_written != _path)
            File.Delete(_written);
    }
}
