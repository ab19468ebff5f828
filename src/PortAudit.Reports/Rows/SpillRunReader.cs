using System.Buffers.Binary;

namespace PortAudit.Reports.Rows;

/// <summary>Reads a sorted run row by row.</summary>
internal sealed class SpillRunReader
{
    private readonly SpillFile _file;
    private readonly long _end;
    private byte[] _buffer;
    private long _next;
    private int _at;
    private int _filled;
    private int _length;

    /// <summary>Starts before the first row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="run">The run in it.</param>
    /// <param name="bufferBytes">Bytes that are read at a time; a longer row makes the buffer longer.</param>
    public SpillRunReader(SpillFile file, SpillRun run, int bufferBytes)
    {
        _file = file;
        (_next, _end) = (run.Begin, run.End);
        _buffer = new byte[Math.Max(bufferBytes, SpillRun.HeadBytes)];
    }

    public RowKey Key { get; private set; }

    /// <summary>Bytes of the row; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Row => _buffer.AsSpan(_at - _length, _length);

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end of the run.</returns>
    public bool MoveNext()
    {
        if (_at == _filled && _next == _end)
            return false;
        Require(SpillRun.HeadBytes);
        var head = _buffer.AsSpan(_at, SpillRun.HeadBytes);
        Key = new RowKey(BinaryPrimitives.ReadInt64LittleEndian(head),
            BinaryPrimitives.ReadUInt64LittleEndian(head[8..]));
        _length = BinaryPrimitives.ReadInt32LittleEndian(head[16..]);
        _at += SpillRun.HeadBytes;
        Require(_length);
        _at += _length;
        return true;
    }

    /// <summary>Sees to it that so many bytes lie in the buffer from where reading stands.</summary>
    private void Require(int bytes)
    {
        var left = _filled - _at;
        if (left >= bytes)
            return;
        var old = _buffer;
        if (_buffer.Length < bytes)
            _buffer = new byte[bytes];
        old.AsSpan(_at, left).CopyTo(_buffer);
        var count = (int)Math.Min(_buffer.Length - left, _end - _next);
        _file.Read(_next, _buffer.AsMemory(left, count));
        _next += count;
        (_at, _filled) = (0, left + count);
    }
}
