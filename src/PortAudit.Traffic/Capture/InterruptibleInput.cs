namespace PortAudit.Cli;

/// <summary>
/// Standard input that ends when the user interrupts. A read of a pipe blocks until its writer says something, which may be never:
/// the read is left behind on another thread, and the capture ends with what came before.
/// </summary>
/// <param name="inner">What is read.</param>
/// <param name="interrupt">Set when the user wants to stop.</param>
internal sealed class InterruptibleInput(Stream inner, CancellationToken interrupt) : Stream
{
    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count)
    {
        var reading = Task.Run(() => inner.Read(buffer, offset, count), CancellationToken.None);
        try
        {
            reading.Wait(interrupt);
            return reading.Result;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (AggregateException failed) when (failed.InnerException is IOException or UnauthorizedAccessException)
        {
            throw failed.InnerException;
        }
    }

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
