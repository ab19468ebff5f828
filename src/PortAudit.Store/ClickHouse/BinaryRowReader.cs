using System.Buffers.Binary;
using System.Text;
using PortAudit.Store.Contract;
using PortAudit.Store.Rows;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.ClickHouse;

/// <summary>Reads rows in ClickHouse's format RowBinary (<see cref="BinaryRowWriter"/>).</summary>
/// <param name="stream">The rows.</param>
internal sealed class BinaryRowReader(Stream stream) : StoreRow
{
    /// <summary>Bytes of a value at most; the details of a long flow take some ten thousand.</summary>
    public const int MaximumLength = 1 << 26;

    private readonly byte[] _number = new byte[sizeof(long)];

    /// <summary>The flow of the next row; null at the end.</summary>
    /// <param name="reading">Where the numbers of each import begin.</param>
    /// <param name="isCounted">True when a count of flows ends each row.</param>
    /// <exception cref="InvalidDataException">It was not written so.</exception>
    public FlowRecord? Read(FlowReading reading, bool isCounted)
    {
        if (!TryNumber(out var import))
            return null;
        if (!reading.Numbers.TryGetValue(import, out var numbers))
            throw new InvalidDataException("a flow is of an import that is not there");
        CapturesBefore = numbers.CapturesBefore;
        var flow = FlowRow.Of(this, RemainderRow.Loaded(BytesOrNull(), BytesOrNull(), numbers));
        return isCounted ? flow with { Count = Number() } : flow;
    }

    /// <summary>The number that a row begins with; false at the end.</summary>
    public bool TryNumber(out long number)
    {
        number = 0;
        var first = stream.ReadByte();
        if (first < 0)
            return false;
        _number[0] = (byte)first;
        stream.ReadExactly(_number, 1, sizeof(long) - 1);
        number = BinaryPrimitives.ReadInt64LittleEndian(_number);
        return true;
    }

    public long Number()
    {
        stream.ReadExactly(_number, 0, sizeof(long));
        return BinaryPrimitives.ReadInt64LittleEndian(_number);
    }

    public long? NumberOrNull() => IsNull() ? null : Number();

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public byte[] Bytes()
    {
        var length = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            length |= (long)(part & 0x7F) << shift;
            if (part <= 0x7F)
                break;
            if (shift > 28)
                throw new InvalidDataException("a length is too long");
        }

        if (length > MaximumLength)
            throw new InvalidDataException("a value is too long");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public override long Number(string column, long value) => Number();

    public override ulong Unsigned(string column, ulong value) => (ulong)Number();

    public override ushort Port(string column, ushort value) => (ushort)(Byte() | (Byte() << 8));

    public override string Text(string column, string value) => Text();

    public override string? TextOrNull(string column, string? value) => IsNull() ? null : Text();

    private byte[]? BytesOrNull() => IsNull() ? null : Bytes();

    private bool IsNull() => Byte() != 0;

    private int Byte() => stream.ReadByte() is >= 0 and var value ? value : throw new EndOfStreamException();
}
