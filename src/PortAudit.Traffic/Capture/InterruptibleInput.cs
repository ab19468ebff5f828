namespace PortAudit.Traffic.Capture;

/// <summary>A pipe whose reading the user can interrupt. Opening and reading may block forever, so they run on another
/// thread, which is abandoned on interruption; the capture then ends with what came before.</summary>
/// <param name="open">Opens the pipe; called at the first read.</param>
/// <param name="interrupt">Set to stop.</param>
internal sealed class InterruptibleInput(Func<Stream> open, CancellationToken interrupt) : ForwardStream
{
    /// <summary>Bytes per read: four times the capacity of a Linux pipe.</summary>
    private const int LongestRead = 256 * 1024;

    /// <summary>Buffer of reads: an abandoned read must not write into the caller's.</summary>
    private readonly byte[] _bytes = new byte[LongestRead];
    private Stream? _inner;
    private bool _hasGiven;

    /// <summary>True when interrupted before the first byte: the content is unknown.</summary>
    public bool IsLeftUnread => !_hasGiven && interrupt.IsCancellationRequested;

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (interrupt.IsCancellationRequested)
            return 0;
        var room = Math.Min(buffer.Length, LongestRead);
        var count = Wait(Task.Run(() => (_inner ??= open()).Read(_bytes, 0, room), CancellationToken.None));
        _bytes.AsSpan(0, count).CopyTo(buffer);
        _hasGiven |= count > 0;
        return count;
    }

    /// <summary>The bytes read; none when interrupted first.</summary>
    private int Wait(Task<int> reading)
    {
        try
        {
            reading.Wait(interrupt);
            return reading.Result;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (AggregateException failed)
            when (failed.InnerException is IOException or UnauthorizedAccessException or CaptureFormatException)
        {
            throw failed.InnerException;
        }
    }
}
