namespace PortAudit.Tests.Capture;

/// <summary>A stream that gives at most so many bytes a read, as a pipe does, and may fail at its end.</summary>
internal sealed class ScriptedStream(byte[] bytes, int chunk, Exception? failure = null) : Stream
{
    private int _position;

    public bool IsDisposed { get; private set; }

    /// <summary>Bytes that were handed out.</summary>
    public int Given => _position;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get =>
        throw new NotSupportedException(); set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var length = Math.Min(Math.Min(count, chunk), bytes.Length - _position);
        if (length == 0 && failure is not null)
            throw failure;
        bytes.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
        _position += length;
        return length;
    }

    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
