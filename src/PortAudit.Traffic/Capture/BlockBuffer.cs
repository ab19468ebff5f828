using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>
/// Reads a stream in blocks and shows what was read in place. A read asks for as much as has room but is content with
/// what comes, so a live pipe shows a record as soon as it is complete. The buffer grows to a block while reads fill
/// it, and beyond only for a record that is larger, as fast as bytes really arrive, so a lying length costs no memory.
/// Where no such record follows for a while it is a block again.
/// </summary>
/// <param name="stream">What to read; disposed with the buffer.</param>
internal sealed class BlockBuffer(Stream stream) : IDisposable
{
    /// <summary>Bytes that can be asked for at most: room for any record that a reader believes.</summary>
    public const int MaximumLength = 32 * 1024 * 1024;

#if DEBUG
    // Smaller than any file header, so that every test run exercises growth.
    private const int FirstLength = 16;
    private const int BlockLength = 64;
#else
    // A set of thousands of captures is open at once, most of them not yet read beyond their first packet.
    private const int FirstLength = 16 * 1024;

    // Larger blocks read no faster than this from the page cache and cost more of the second-level cache.
    private const int BlockLength = 256 * 1024;
#endif

    /// <summary>How often a growing file is looked at again because it ends inside a record, in one reading of
    /// it.</summary>
    private const int MaximumLooks = 20;

    /// <summary>Milliseconds before each look: a writer's buffer is flushed in pieces that follow each other at
    /// once.</summary>
    private const int LookPause = 50;

    /// <summary>Bytes of the first read at another place; the reads behind it double. A file that is read in no order
    /// costs little for each jump.</summary>
    private const int JumpLength = 4096;

    /// <summary>Bytes behind the last record that was larger than a block after which the buffer is one again: large
    /// records that follow each other do not make it grow again.</summary>
    private const int KeptFor = MaximumLength;

    private readonly long? _origin = stream.CanSeek ? stream.Position : null;
    private readonly long _lengthAtBegin = stream.CanSeek ? stream.Length : 0;
    private byte[] _buffer = new byte[FirstLength];
    private int _start;
    private int _end;
    private bool _isEnded;
    private bool _isReadFull;
    private int _looks;
    private int _longestRead = MaximumLength;
    private long _largeAt;

    /// <summary>Offset in the stream of the first byte that was not yet consumed.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes that were read and not yet consumed.</summary>
    public int Available => _end - _start;

    /// <summary>Length of the stream in bytes as far as it was written until now; null when it can only be read
    /// forward.</summary>
    public long? Length => _origin is { } origin ? stream.Length - origin : null;

    /// <summary>The error with which the operating system, or damage of compressed data, stopped the reading; null
    /// while there was none.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>
    /// Shows the next <paramref name="count"/> bytes without consuming them; false when the stream ends or fails before
    /// them. The view lives until the next call.
    /// </summary>
    /// <param name="count">0 to <see cref="MaximumLength"/>.</param>
    /// <param name="bytes">Exactly <paramref name="count"/> bytes, or none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPeek(int count, out ReadOnlySpan<byte> bytes)
    {
        if (Available < count && !TryFill(count))
        {
            bytes = default;
            return false;
        }

        bytes = _buffer.AsSpan(_start, count);
        return true;
    }

    /// <summary>Consumes bytes that were shown; their view stays good until the next <see cref="TryPeek"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Consume(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Shows bytes that were consumed since the last <see cref="TryPeek"/>; good until the next one.</summary>
    /// <param name="behind">How far the first of them lies behind the next byte to consume.</param>
    /// <param name="count">How many.</param>
    public ReadOnlySpan<byte> Consumed(int behind, int count) => _buffer.AsSpan(_start - behind, count);

    /// <summary>Goes to another place of a stream whose <see cref="Length"/> is known; what was shown before is
    /// gone.</summary>
    /// <param name="offset">Offset in the stream, may lie beyond its end.</param>
    public void GoTo(long offset)
    {
        var distance = offset - Offset;
        if (distance >= 0 && distance <= Available)
        {
            Consume((int)distance);
            return;
        }

        var isBeyond = offset > Length;
        if (!isBeyond)
            stream.Position = _origin!.Value + offset;
        (_start, _end, _isEnded, _longestRead, Offset) = (0, 0, isBeyond || Failure is not null, JumpLength, offset);
    }

    /// <inheritdoc />
    public void Dispose() => stream.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryFill(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaximumLength);
        if (_isEnded)
            return false;
        MoveTailToFront();
        if (count > BlockLength)
            _largeAt = Offset;
        else if (_buffer.Length > BlockLength && Offset - _largeAt >= KeptFor)
            Array.Resize(ref _buffer, BlockLength);
        if (_isReadFull && _buffer.Length < BlockLength)
            Grow();
        while (_end < count)
        {
            if (_end == _buffer.Length)
                Grow();
            if (!TryReadMore())
                return false;
        }

        return true;
    }

    private void Grow() => Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaximumLength));

    private void MoveTailToFront()
    {
        _buffer.AsSpan(_start, Available).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
    }

    private bool TryReadMore()
    {
        try
        {
            var room = Math.Min(_buffer.Length - _end, _longestRead);
            var read = stream.Read(_buffer, _end, room);
            while (read == 0 && IsToBeLookedAtAgain())
            {
                Thread.Sleep(LookPause);
                read = stream.Read(_buffer, _end, room);
            }

            _end += read;
            _longestRead = (int)Math.Min(2L * _longestRead, MaximumLength);
            _isEnded = read == 0;
            _isReadFull = _end == _buffer.Length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Failure = error;
            _isEnded = true;
        }

        return !_isEnded;
    }

    /// <summary>True when the end lies inside what was asked for and the file has grown since it was opened: then its
    /// writer is at work.</summary>
    private bool IsToBeLookedAtAgain() =>
        _end > 0 && _origin is not null && stream.Length > _lengthAtBegin && _looks++ < MaximumLooks;
}
