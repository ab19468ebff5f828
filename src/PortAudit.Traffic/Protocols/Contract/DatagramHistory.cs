using System.Buffers.Binary;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>The starts of a flow's earlier datagrams, oldest first, for protocols that only several datagrams can
/// prove. A datagram is kept when a recogniser asks for more data at it or later.</summary>
public readonly ref struct DatagramHistory
{
    /// <summary>Bytes kept per datagram: the fixed part of every header compared between packets.</summary>
    public const int HeadLength = 64;

    /// <summary>Datagrams kept: as many as fit in 1,024 bytes. Further ones replace the oldest.</summary>
    public const int MaximumDatagrams = 15;

    /// <summary>Sender and cut flag, length of the start, length of the payload.</summary>
    internal const int RecordLength = 4 + HeadLength;

    private const int SentByLow = 1;
    private const int Cut = 2;

    private readonly ReadOnlySpan<byte> _records;
    private readonly Side _originator;

    internal DatagramHistory(ReadOnlySpan<byte> records, Side originator)
    {
        _records = records;
        _originator = originator;
    }

    /// <summary>Number of datagrams.</summary>
    public int Count => _records.Length / RecordLength;

    internal bool IsEmpty => _records.IsEmpty;

    /// <summary>A datagram by index, oldest first.</summary>
    public EarlierDatagram this[int index]
    {
        get
        {
            var record = _records.Slice(index * RecordLength, RecordLength);
            return new EarlierDatagram(Sides.LowIf((record[0] & SentByLow) != 0) == _originator, (record[0] & Cut) == 0,
                BinaryPrimitives.ReadUInt16LittleEndian(record[2..]), record.Slice(4, record[1]));
        }
    }

    internal static void Write(Span<byte> record, ReadOnlySpan<byte> payload, Side sender, bool isWhole = true)
    {
        var head = payload[..Math.Min(payload.Length, HeadLength)];
        record[0] = (byte)((sender == Side.Low ? SentByLow : 0) | (isWhole ? 0 : Cut));
        record[1] = (byte)head.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(record[2..], (ushort)Math.Min(payload.Length, ushort.MaxValue));
        head.CopyTo(record[4..]);
    }
}

/// <summary>An earlier datagram.</summary>
public readonly ref struct EarlierDatagram
{
    internal EarlierDatagram(bool isFromOriginator, bool isWhole, int length, ReadOnlySpan<byte> head)
    {
        IsFromOriginator = isFromOriginator;
        IsWhole = isWhole;
        Length = length;
        Head = head;
    }

    /// <summary>True when the presumed originator sent it.</summary>
    public bool IsFromOriginator { get; }

    /// <summary>False when the capture cut it, or only a fragment was seen.</summary>
    public bool IsWhole { get; }

    /// <summary>Captured length of its payload, in bytes.</summary>
    public int Length { get; }

    /// <summary>Its first bytes, at most <see cref="DatagramHistory.HeadLength"/>.</summary>
    public ReadOnlySpan<byte> Head { get; }
}
