using System.Collections.Immutable;
using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Opens a capture of any format that is read here, which its first bytes name; the file's name says
/// nothing.</summary>
public static class CaptureFile
{
    private const int MagicLength = CaptureFormat.MagicLength;

    /// <summary>What stands in a name for bytes that are not UTF-8.</summary>
    private const char UnreadableCharacter = (char)0xFFFD;

    /// <summary>Names of the formats that are read.</summary>
    public static ImmutableArray<string> FormatNames => CaptureFormat.ReadNames;

    /// <summary>What names of captures end in, without the dot, where nothing says that they are compressed.</summary>
    public static ImmutableArray<string> Extensions => CaptureFormat.ReadExtensions;

    /// <summary>Opens a file, which may still grow while it is read.</summary>
    /// <param name="path">Path of a file or named pipe.</param>
    /// <exception cref="CaptureFormatException">It is missing, may not be read, is empty, or no capture.</exception>
    public static ICaptureSource Open(string path) => Open(path, null, aheadOfReading: false);

    /// <summary>Opens a file and tells <paramref name="position"/> of what is read of it.</summary>
    /// <param name="path">Path of a file or named pipe.</param>
    /// <param name="position">Receives the number of bytes read; null when not wanted.</param>
    /// <param name="aheadOfReading">True to decompress on a thread of its own.</param>
    internal static ICaptureSource Open(string path, ReadingPosition? position, bool aheadOfReading)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
            throw new CaptureFormatException(path, 0, "this is a directory; name the capture files in it");

        return Open(OpenStream(path, position), path, aheadOfReading);
    }

    /// <summary>True for a named pipe, a pipe that a shell hands over, and a device: it can be read once only, and is
    /// not opened to know.</summary>
    /// <param name="path">Path of anything.</param>
    public static bool IsPipe(string path) => PipePath.Is(path);

    /// <summary>A text that is the same for paths that lead to one file, through links or not.</summary>
    /// <param name="path">Path of anything.</param>
    public static string IdentityOf(string path) => FileIdentity.Of(path);

    /// <summary>A pipe, whose writer need not be there yet. It is opened when it is read, and read once.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="interrupt">Ends the waiting for it, and its reading.</param>
    internal static InterruptibleInput Pipe(string path, CancellationToken interrupt) =>
        new(() => OpenStream(path, null), interrupt);

    /// <summary>True when a file begins as the captures do that are read here, compressed ones aside. False also when
    /// it cannot be read.</summary>
    /// <param name="path">Path of a file. One without a length, such as a named pipe, is not opened: that could wait
    /// for ever.</param>
    public static bool IsRecognised(string path)
    {
        try
        {
            if (IsPipe(path) || new FileInfo(path).Length < MagicLength)
                return false;
            Span<byte> magic = stackalloc byte[MagicLength];
            using var stream = OpenStream(path, null);
            return stream.ReadAtLeast(magic, MagicLength, throwOnEndOfStream: false) == MagicLength
                && CaptureFormat.IsRead(magic);
        }
        catch (Exception error) when (error is CaptureFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Opens a stream. The source owns it: it is disposed with the source, or at once when this
    /// throws.</summary>
    /// <param name="stream">The capture from its first byte on; need not be seekable.</param>
    /// <param name="path">What to call it, <c>-</c> for standard input.</param>
    /// <exception cref="CaptureFormatException">It cannot be read, is empty, or no capture.</exception>
    public static ICaptureSource Open(Stream stream, string path)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(path);
        return Open(stream, path, aheadOfReading: false);
    }

    private static ICaptureSource Open(Stream stream, string path, bool aheadOfReading)
    {
        var buffer = new BlockBuffer(stream);
        try
        {
            return IsGzip(buffer) ? OpenGzip(buffer, path, aheadOfReading) : Recognise(buffer, path);
        }
        catch (CaptureFormatException)
        {
            buffer.Dispose();
            throw;
        }
    }

    private static bool IsGzip(BlockBuffer buffer) =>
        buffer.TryPeek(GzipContent.Magic.Length, out var start) && start.SequenceEqual(GzipContent.Magic);

    private static GzipCapture OpenGzip(BlockBuffer compressed, string path, bool aheadOfReading)
    {
        Stream content = new GzipContent(compressed);
        var buffer = new BlockBuffer(aheadOfReading ? new ReadAheadStream(content) : content);
        try
        {
            return new GzipCapture(Recognise(buffer, path));
        }
        catch (CaptureFormatException problem)
        {
            buffer.Dispose();
            throw GzipCapture.Refusal(problem);
        }
    }

    private static ICaptureSource Recognise(BlockBuffer buffer, string path)
    {
        if (!buffer.TryPeek(MagicLength, out _))
            throw TooShort(buffer, path);
        if (CaptureFormat.TryOpen(buffer, path) is { } source)
            return source;

        // Of a pipe more than that is looked at only where it came along: who waits for it where nothing more is said
        // waits for ever.
        buffer.TryPeek((int)Math.Min(buffer.Length ?? CaptureFormat.ShownLength, CaptureFormat.LongestStart), out _);
        buffer.TryPeek(Math.Min(buffer.Available, CaptureFormat.LongestStart), out var start);
        throw new CaptureFormatException(path, 0, CaptureFormat.Explain(start));
    }

    private static CaptureFormatException TooShort(BlockBuffer buffer, string path)
    {
        if (buffer.Failure is EndOfStreamException or InvalidDataException)
            return new CaptureFormatException(path, buffer.Available,
                string.Create(CultureInfo.InvariantCulture, $"{buffer.Failure.Message} {buffer.Available} bytes into "
                    + $"what it holds, too few for any capture; copy or compress it again"), buffer.Failure);
        if (buffer.Failure is { } failure)
            return new CaptureFormatException(path, 0,
                $"reading failed ({failure.Message}); copy the file to another place and try that", failure);
        var reason = buffer.Available == 0
            ? "the file is empty (0 bytes): not even a capture's header was written; capture again"
            : string.Create(CultureInfo.InvariantCulture, $"the file holds {buffer.Available} "
                + $"byte{(buffer.Available == 1 ? "" : "s")}, too few for any capture; capture or copy it again");
        return new CaptureFormatException(path, buffer.Available, reason);
    }

    private static CaptureStream OpenStream(string path, ReadingPosition? position)
    {
        try
        {
            return new CaptureStream(path, position);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // .NET reads names as UTF-8 and writes what is none as another name.
            var reason = path.Contains(UnreadableCharacter)
                ? "its name is not UTF-8, and .NET cannot open such files; rename it, or give it as standard input "
                    + "('-')"
                : "there is no such file; check the path";
            throw new CaptureFormatException(path, 0, reason, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new CaptureFormatException(path, 0,
                "permission to read the file is refused; run as a user who may read it, or change its permissions",
                error);
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            throw new CaptureFormatException(path, 0, $"the file cannot be opened ({error.Message})", error);
        }
    }
}
