using System.Collections.Concurrent;

namespace PortAudit.Traffic.Capture;

/// <summary>Reads another stream ahead on a separate thread: worthwhile for expensive reading such as decompression.
/// Returns the same bytes and fails at the same point.</summary>
internal sealed class ReadAheadStream : ForwardStream
{
    /// <summary>Bytes passed on at once: passing costs a few microseconds, decompressing this many some
    /// hundred.</summary>
    private const int ChunkLength = 131_072;

    /// <summary>Chunks in use at most.</summary>
    private const int MaximumChunks = 6;

    private readonly Stream _stream;
    private readonly BlockingCollection<Chunk> _filled = [];
    private readonly BlockingCollection<byte[]> _free = [];
    private readonly CancellationTokenSource _disposing = new();
    private readonly Task _work;
    private Chunk _current = new([], 0);
    private int _taken;
    private bool _isDisposed;

    /// <param name="stream">Read on the other thread only; disposed with this.</param>
    public ReadAheadStream(Stream stream)
    {
        _stream = stream;
        for (var chunk = 0; chunk < MaximumChunks; chunk++)
            _free.Add(new byte[ChunkLength]);
        _work = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || (_taken == _current.Length && !TryTakeNext()))
            return 0;
        var count = Math.Min(buffer.Length, _current.Length - _taken);
        _current.Bytes.AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _disposing.Cancel();
        ((IAsyncResult)_work).AsyncWaitHandle.WaitOne();
        _stream.Dispose();
        _filled.Dispose();
        _free.Dispose();
        _disposing.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>False at the end of the stream. Rethrows read errors after all earlier bytes were returned.</summary>
    private bool TryTakeNext()
    {
        if (!_filled.TryTake(out var next, Timeout.Infinite))
        {
            _work.GetAwaiter().GetResult();
            return false;
        }

        if (_current.Length > 0)
            _free.Add(_current.Bytes);
        (_current, _taken) = (next, 0);
        return true;
    }

    private void Work()
    {
        try
        {
            while (TryPassOn(_free.Take(_disposing.Token)))
            {
            }
        }
        catch (OperationCanceledException) when (_disposing.IsCancellationRequested)
        {
            // The rest is not wanted.
        }
        finally
        {
            _filled.CompleteAdding();
        }
    }

    /// <summary>Fills a chunk and passes it on, even if reading fails. False at the end of the stream.</summary>
    private bool TryPassOn(byte[] bytes)
    {
        var length = 0;
        try
        {
            while (length < bytes.Length && !_disposing.IsCancellationRequested)
            {
                var count = _stream.Read(bytes, length, bytes.Length - length);
                if (count == 0)
                    return false;
                length += count;
            }

            return true;
        }
        finally
        {
            if (length > 0)
                _filled.Add(new Chunk(bytes, length), CancellationToken.None);
        }
    }

    private readonly record struct Chunk(byte[] Bytes, int Length);
}
