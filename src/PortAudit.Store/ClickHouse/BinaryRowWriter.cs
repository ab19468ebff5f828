using System.Buffers.Binary;
using System.Text;
using PortAudit.Store.Rows;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.ClickHouse;

/// <summary>Writes rows in ClickHouse's format RowBinary: numbers little-endian, texts behind their length in LEB128,
/// what may be null behind a byte that says so.</summary>
internal sealed class BinaryRowWriter : StoreRow
{
    private readonly MemoryStream _bytes;
    private readonly RemainderRow _remainder = new();

    public BinaryRowWriter()
        : this(new MemoryStream())
    {
    }

    private BinaryRowWriter(MemoryStream bytes) => _bytes = bytes;

    /// <summary>The rows since <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);

    public void Clear() => _bytes.SetLength(0);

    public void Write(FlowRecord flow, long import)
    {
        Number((long)FlowLikenesses.Of(flow));
        Number(import);
        BytesOrNull(_remainder.DetailsOf(flow));
        BytesOrNull(_remainder.CourseOf(flow));
        FlowRow.Of(this, flow);
    }

    public void Number(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    public void NumberOrNull(long? value)
    {
        _bytes.WriteByte(value is null ? (byte)1 : (byte)0);
        if (value is { } number)
            Number(number);
    }

    public void Text(ReadOnlySpan<byte> text)
    {
        var length = (uint)text.Length;
        for (; length > 0x7F; length >>= 7)
            _bytes.WriteByte((byte)(length | 0x80));
        _bytes.WriteByte((byte)length);
        _bytes.Write(text);
    }

    public void Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public override long Number(string column, long value)
    {
        Number(value);
        return value;
    }

    public override ulong Unsigned(string column, ulong value)
    {
        Number((long)value);
        return value;
    }

    public override ushort Port(string column, ushort value)
    {
        _bytes.WriteByte((byte)value);
        _bytes.WriteByte((byte)(value >> 8));
        return value;
    }

    public override string Text(string column, string value)
    {
        Text(value);
        return value;
    }

    public override string? TextOrNull(string column, string? value)
    {
        BytesOrNull(value is null ? null : Encoding.UTF8.GetBytes(value));
        return value;
    }

    private void BytesOrNull(byte[]? value)
    {
        _bytes.WriteByte(value is null ? (byte)1 : (byte)0);
        if (value is not null)
            Text(value);
    }
}
