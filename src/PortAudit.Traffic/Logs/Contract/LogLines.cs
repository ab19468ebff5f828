using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Lines of a log, in place. A line that is too long is skipped and counted.</summary>
/// <param name="buffer">The content; disposed with this.</param>
internal sealed class LogLines(BlockBuffer buffer) : IDisposable
{
    /// <summary>Longest line read, in bytes. A certificate with a hundred names takes some 4 kB, a DNS answer of the
    /// largest message 64 kB before escapes.</summary>
    public const int MaximumLength = 1 << 20;

    private const int FirstLook = 4096;

    private int _longest = FirstLook;

    /// <summary>Number of the current line, from 1; 0 before the first.</summary>
    public long Number { get; private set; }

    /// <summary>Offset of the current line in the content, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Offset behind the current line.</summary>
    public long End => buffer.Offset;

    /// <summary>Lines longer than <see cref="MaximumLength"/>.</summary>
    public long TooLong { get; private set; }

    /// <summary>Number of the first of them.</summary>
    public long FirstTooLong { get; private set; }

    /// <summary>True when the current line is the last one and no line end follows: it may be cut.</summary>
    public bool IsUnended { get; private set; }

    /// <summary>Why reading stopped early; null when it did not.</summary>
    public Exception? Failure => buffer.Failure;

    /// <summary>Moves to the next line, without its line end (LF, or CR LF). False at the end. Valid until the next
    /// call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            Offset = buffer.Offset;
            var length = Find(out line);
            if (length < 0)
                return false;
            Number++;
            if (length <= MaximumLength)
            {
                line = line.EndsWith("\r"u8) ? line[..^1] : line;
                return true;
            }

            FirstTooLong = TooLong++ == 0 ? Number : FirstTooLong;
        }
    }

    /// <inheritdoc />
    public void Dispose() => buffer.Dispose();

    /// <summary>Consumes the next line. Returns its length, more than <see cref="MaximumLength"/> for one too long, and
    /// -1 at the end.</summary>
    private int Find(out ReadOnlySpan<byte> line)
    {
        line = default;
        for (var searched = 0; ;)
        {
            var isWhole = buffer.TryPeek(Math.Max(_longest, searched + 1), out _);
            buffer.TryPeek(buffer.Available, out var bytes);
            var end = bytes[searched..].IndexOf((byte)'\n');
            if (end >= 0 && searched + end <= MaximumLength)
            {
                line = bytes[..(searched + end)];
                buffer.Consume(line.Length + 1);
                return line.Length;
            }

            if (end >= 0 || bytes.Length > MaximumLength)
                return Skip();
            searched = bytes.Length;
            if (!isWhole)
            {
                IsUnended = bytes.Length > 0;
                line = bytes;
                buffer.Consume(bytes.Length);
                return bytes.Length == 0 ? -1 : bytes.Length;
            }

            _longest = Math.Max(_longest, Math.Min(2 * bytes.Length, MaximumLength + 1));
        }
    }

    /// <summary>Consumes a line that is too long.</summary>
    private int Skip()
    {
        while (true)
        {
            var isWhole = buffer.TryPeek(FirstLook, out _);
            buffer.TryPeek(buffer.Available, out var bytes);
            var end = bytes.IndexOf((byte)'\n');
            buffer.Consume(end >= 0 ? end + 1 : bytes.Length);
            if (end >= 0 || !isWhole)
                return int.MaxValue;
        }
    }
}
