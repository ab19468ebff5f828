namespace PortAudit.Cli.Terminal;

/// <summary>Standard output, whose failures (a full disk, say) are distinguished from those of files.</summary>
/// <param name="inner">The process's own.</param>
internal sealed class StandardOutput(Stream inner) : Stream
{
    /// <summary>What it is called in messages.</summary>
    public const string Name = "standard output";

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static string FailureText(IOException failure) => $"{Name}: cannot be written: {failure.Message}";

    /// <inheritdoc />
    /// <exception cref="StandardOutputException">The system does not take the bytes.</exception>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    /// <exception cref="StandardOutputException">The system does not take the bytes.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException failure)
        {
            throw new StandardOutputException(failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            // Closed, and its number is now that of another file.
            throw new StandardOutputException(new IOException(failure.Message, failure));
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>Standard output cannot be written.</summary>
/// <param name="cause">What the system says.</param>
internal sealed class StandardOutputException(IOException cause) : IOException(cause.Message, cause);
