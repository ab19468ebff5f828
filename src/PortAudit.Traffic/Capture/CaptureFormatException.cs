namespace PortAudit.Traffic.Capture;

/// <summary>The input cannot be opened as a capture: missing, unreadable, empty or unsupported.</summary>
public sealed class CaptureFormatException : Exception
{
    /// <summary>Names the input, the byte offset of the problem, and what to do.</summary>
    /// <param name="path">The path as the user gave it, or <c>-</c>.</param>
    /// <param name="offset">Byte offset of the problem; 0 when nothing could be read.</param>
    /// <param name="reason">What is wrong and what to do, in one sentence without the path.</param>
    /// <param name="inner">The operating system's error, if any.</param>
    public CaptureFormatException(string path, long offset, string reason, Exception? inner = null)
        : base($"{path}: {reason}", inner)
    {
        Path = path;
        Offset = offset;
        Reason = reason;
    }

    /// <summary>The path as the user gave it, or <c>-</c>.</summary>
    public string Path { get; }

    /// <summary>Byte offset of the problem.</summary>
    public long Offset { get; }

    /// <summary>What is wrong, without the path.</summary>
    public string Reason { get; }
}
