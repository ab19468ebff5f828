using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>Reads a stream in blocks and exposes the bytes in place. A read accepts whatever comes, so a live pipe
/// shows a record as soon as it is complete. The buffer grows to one block; beyond that only for a larger record, and
/// only as bytes arrive, so a false length costs no memory. It shrinks again when no such record follows.</summary>
/// <param name="stream">Source; disposed with the buffer.</param>
internal sealed class BlockBuffer(Stream stream) : IDisposable
{
    /// <summary>Largest request in bytes: any record that a reader accepts.</summary>
    public const int MaximumLength = 32 * 1024 * 1024;

#if DEBUG
    // Smaller than any file header, so that every test run exercises growth.
    private const int FirstLength = 16;
    private const int BlockLength = 64;
#else
    // Thousands of captures may be open at once, most of them read only up to the first packet.
    private const int FirstLength = 16 * 1024;

    // Larger blocks are no faster from the page cache and occupy more of the second-level cache.
    private const int BlockLength = 256 * 1024;
#endif

    /// <summary>Retries when a growing file ends inside a record.</summary>
    private const int MaximumLooks = 20;

    /// <summary>Milliseconds before each retry: a writer flushes its buffer in pieces in quick succession.</summary>
    private const int LookPause = 50;

    /// <summary>Bytes of the first read after a jump; the following ones double. Keeps random access cheap.</summary>
    private const int JumpLength = 4096;

    /// <summary>Bytes after a record larger than a block until the buffer shrinks: a series of large records must not
    /// make it grow repeatedly.</summary>
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

    /// <summary>Offset of the first unconsumed byte in the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes read but not consumed.</summary>
    public int Available => _end - _start;

    /// <summary>Current length of the stream in bytes; null when it is not seekable.</summary>
    public long? Length => _origin is { } origin ? stream.Length - origin : null;

    /// <summary>The I/O or decompression error that stopped reading; null without one.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Exposes the next <paramref name="count"/> bytes without consuming them; false when the stream ends or
    /// fails before. Valid until the next call.</summary>
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

    /// <summary>Consumes exposed bytes; they stay valid until the next <see cref="TryPeek"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Consume(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Exposes bytes consumed since the last <see cref="TryPeek"/>; valid until the next one.</summary>
    /// <param name="behind">Distance of the first of them before the next byte to consume.</param>
    /// <param name="count">Number of bytes.</param>
    public ReadOnlySpan<byte> Consumed(int behind, int count) => _buffer.AsSpan(_start - behind, count);

    /// <summary>Seeks in a stream whose <see cref="Length"/> is known; invalidates exposed bytes.</summary>
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

    /// <summary>True when the stream ends inside the request and the file has grown since it was opened: a writer is
    /// active.</summary>
    private bool IsToBeLookedAtAgain() =>
        _end > 0 && _origin is not null && stream.Length > _lengthAtBegin && _looks++ < MaximumLooks;
}
