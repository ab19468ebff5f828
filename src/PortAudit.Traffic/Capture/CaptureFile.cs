using System.Collections.Immutable;
using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Opens a capture of any supported format, recognised by its first bytes, not by its name.</summary>
public static class CaptureFile
{
    private const int MagicLength = CaptureFormat.MagicLength;

    /// <summary>Replaces bytes in a name that are not UTF-8.</summary>
    private const char UnreadableCharacter = (char)0xFFFD;

    /// <summary>Names of the supported formats.</summary>
    public static ImmutableArray<string> FormatNames => CaptureFormat.ReadNames;

    /// <summary>File name extensions of captures without the dot, except those of compression.</summary>
    public static ImmutableArray<string> Extensions => CaptureFormat.ReadExtensions;

    /// <summary>Opens a file, which may grow while it is read.</summary>
    /// <param name="path">Path of a file or named pipe.</param>
    /// <exception cref="CaptureFormatException">Missing, not readable, empty, or no capture.</exception>
    public static ICaptureSource Open(string path) => Open(path, null, aheadOfReading: false);

    /// <summary>Opens a file and reports progress to <paramref name="position"/>.</summary>
    internal static ICaptureSource Open(string path, ReadingPosition? position, bool aheadOfReading)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
            throw new CaptureFormatException(path, 0, "this is a directory; name the capture files in it");

        return Open(OpenStream(path, position), path, aheadOfReading);
    }

    /// <summary>True for a named pipe, a shell's pipe, or a device: readable only once, and not opened for this
    /// test.</summary>
    public static bool IsPipe(string path) => PipePath.Is(path);

    /// <summary>A text that is equal for all paths of one file, through links or not.</summary>
    public static string IdentityOf(string path) => FileIdentity.Of(path);

    /// <summary>A pipe, whose writer need not be there yet. It is opened when it is read, and read once.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="interrupt">Ends the waiting for it, and its reading.</param>
    internal static InterruptibleInput Pipe(string path, CancellationToken interrupt) =>
        new(() => OpenStream(path, null), interrupt);

    /// <summary>True when a file begins like a supported, uncompressed capture. False also when it cannot be
    /// read.</summary>
    /// <param name="path">Path of a file. A named pipe is not opened, as that may block.</param>
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

    /// <summary>Opens a stream. The source owns it and disposes it, also when this throws.</summary>
    /// <param name="stream">The capture; need not be seekable.</param>
    /// <param name="path">Its name; <c>-</c> for standard input.</param>
    /// <exception cref="CaptureFormatException">Not readable, empty, or no capture.</exception>
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

        // Of a pipe, only what has arrived is examined further: waiting for more may block forever.
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
            // .NET decodes names as UTF-8, so an invalid one becomes another name.
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
