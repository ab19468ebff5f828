namespace PortAudit.Traffic.Capture;

/// <summary>
/// A pipe whose reading ends when the user interrupts. A read blocks until the pipe's writer says something, which may
/// be never, and so does opening a named pipe: either is left behind on another thread, and the capture ends with what
/// came before.
/// </summary>
/// <param name="open">Opens the pipe; called at the first read.</param>
/// <param name="interrupt">Set when the user wants to stop.</param>
internal sealed class InterruptibleInput(Func<Stream> open, CancellationToken interrupt) : ForwardStream
{
    /// <summary>Bytes of a read at most: four times what a pipe of Linux holds.</summary>
    private const int LongestRead = 256 * 1024;

    /// <summary>Where a read writes: what is left behind must not write into what its caller has.</summary>
    private readonly byte[] _bytes = new byte[LongestRead];
    private Stream? _inner;
    private bool _hasGiven;

    /// <summary>True when the user interrupted before a byte came: it is not known what the pipe holds.</summary>
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

    /// <summary>The bytes that a read gave; none when the user interrupts first.</summary>
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
