using System.Buffers.Binary;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// The heads of a flow's earlier datagrams, oldest first, for protocols that only several datagrams can prove. A
/// datagram is remembered when some recogniser asked for more data at it or after it.
/// </summary>
public readonly ref struct DatagramHistory
{
    /// <summary>Bytes of a datagram's payload that are kept: room for the fixed part of every header that is compared
    /// from packet to packet.</summary>
    public const int HeadLength = 64;

    /// <summary>Datagrams that are remembered at most: as many as fill a buffer of 1,024 bytes. A further one takes the
    /// place of the oldest.</summary>
    public const int MaximumDatagrams = 15;

    /// <summary>Which end sent it and whether it was cut, length of its head, length of its payload.</summary>
    internal const int RecordLength = 4 + HeadLength;

    private const int SentByLow = 1;
    private const int Cut = 2;

    private readonly ReadOnlySpan<byte> _records;
    private readonly Side _originator;

    /// <summary>Views records one behind the other.</summary>
    internal DatagramHistory(ReadOnlySpan<byte> records, Side originator)
    {
        _records = records;
        _originator = originator;
    }

    /// <summary>Number of datagrams.</summary>
    public int Count => _records.Length / RecordLength;

    /// <summary>True when there is none.</summary>
    internal bool IsEmpty => _records.IsEmpty;

    /// <summary>One of them, 0 the oldest.</summary>
    public EarlierDatagram this[int index]
    {
        get
        {
            var record = _records.Slice(index * RecordLength, RecordLength);
            return new EarlierDatagram(Sides.LowIf((record[0] & SentByLow) != 0) == _originator, (record[0] & Cut) == 0,
                BinaryPrimitives.ReadUInt16LittleEndian(record[2..]), record.Slice(4, record[1]));
        }
    }

    /// <summary>Writes the record of a datagram.</summary>
    internal static void Write(Span<byte> record, ReadOnlySpan<byte> payload, Side sender, bool isWhole = true)
    {
        var head = payload[..Math.Min(payload.Length, HeadLength)];
        record[0] = (byte)((sender == Side.Low ? SentByLow : 0) | (isWhole ? 0 : Cut));
        record[1] = (byte)head.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(record[2..], (ushort)Math.Min(payload.Length, ushort.MaxValue));
        head.CopyTo(record[4..]);
    }
}

/// <summary>What is remembered of a datagram that went before.</summary>
public readonly ref struct EarlierDatagram
{
    /// <summary>Makes the view.</summary>
    internal EarlierDatagram(bool isFromOriginator, bool isWhole, int length, ReadOnlySpan<byte> head)
    {
        IsFromOriginator = isFromOriginator;
        IsWhole = isWhole;
        Length = length;
        Head = head;
    }

    /// <summary>True when the presumed originator sent it.</summary>
    public bool IsFromOriginator { get; }

    /// <summary>False when the capture cut it, or a fragment of it was all that was seen.</summary>
    public bool IsWhole { get; }

    /// <summary>Length of its payload as far as it was captured, in bytes.</summary>
    public int Length { get; }

    /// <summary>Its first bytes, at most <see cref="DatagramHistory.HeadLength"/>.</summary>
    public ReadOnlySpan<byte> Head { get; }
}
