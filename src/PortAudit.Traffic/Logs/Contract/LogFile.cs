using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Opens the text of a log, decompressed if it is in gzip.</summary>
internal static class LogFile
{
    /// <summary>Bytes in which a format is recognised: the headings of a log, or its first object.</summary>
    public const int StartLength = 1 << 16;

    /// <summary>Opens a file. Null when it cannot be opened: reading it as a capture says why.</summary>
    /// <param name="path">Path of a file; not of a pipe.</param>
    /// <param name="position">Receives the bytes read; null for nothing.</param>
    /// <param name="isGzip">True when it is in gzip.</param>
    public static BlockBuffer? TryOpen(string path, ReadingPosition? position, out bool isGzip)
    {
        isGzip = false;
        try
        {
            var buffer = new BlockBuffer(new CaptureStream(path, position));
            isGzip = buffer.TryPeek(GzipContent.Magic.Length, out var start) && start.SequenceEqual(GzipContent.Magic);
            return isGzip ? new BlockBuffer(new GzipContent(buffer)) : buffer;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The first bytes, without consuming them.</summary>
    public static ReadOnlySpan<byte> StartOf(BlockBuffer buffer)
    {
        buffer.TryPeek(StartLength, out _);
        buffer.TryPeek(Math.Min(buffer.Available, StartLength), out var start);
        return start;
    }
}
