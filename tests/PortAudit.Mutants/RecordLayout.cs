using System.Buffers.Binary;

namespace PortAudit.Mutants;

/// <summary>How a capture format frames its packets, as far as a mutator must know to break one thing and leave the
/// rest sound.</summary>
internal sealed class RecordLayout
{
    private const uint PcapMicroseconds = 0xA1B2C3D4;
    private const uint PcapNanoseconds = 0xA1B23C4D;
    private const uint PcapModified = 0xA1B2CD34;
    private const uint PcapngSection = 0x0A0D0D0A;
    private const uint PcapngByteOrder = 0x1A2B3C4D;
    private const uint PcapngEnhancedPacket = 6;
    private const uint SnoopMagic = 0x736E6F6F;

    /// <summary>pcapng blocks begin with type and total length, and end with the length again (draft-ietf-opsawg-pcapng
    /// §3.1).</summary>
    private const int BlockOverhead = 12;

    /// <summary>Padding of pcapng blocks and snoop records, in bytes.</summary>
    private const int Alignment = 4;

    private readonly Format _format;
    private readonly bool _isBigEndian;

    private RecordLayout(Format format, int headLength, int recordHeader, bool isBigEndian)
    {
        _format = format;
        _isBigEndian = isBigEndian;
        HeadLength = headLength;
        RecordHeader = recordHeader;
    }

    private enum Format
    {
        Pcap,
        Pcapng,
        Snoop,
    }

    /// <summary>Bytes before the first record.</summary>
    public int HeadLength { get; }

    /// <summary>Bytes of a record before its packet.</summary>
    public int RecordHeader { get; }

    /// <summary>Offsets of the length fields within a record, 4 bytes each.</summary>
    public ReadOnlySpan<int> LengthFields => _format switch
    {
        Format.Pcapng => [4, 20, 24],
        Format.Snoop => [0, 4, 8],
        _ => [8, 12],
    };

    private int CapturedLengthField => _format switch
    {
        Format.Pcapng => 20,
        Format.Snoop => 4,
        _ => 8,
    };

    /// <summary>The layout of a capture, null for a format that is not known here: its bytes are then changed
    /// blindly.</summary>
    public static RecordLayout? Of(ReadOnlySpan<byte> capture)
    {
        if (capture.Length < 24)
            return null;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(capture);
        if (magic == PcapngSection)
            return new(Format.Pcapng, 0, 28, BinaryPrimitives.ReadUInt32BigEndian(capture[8..]) == PcapngByteOrder);
        if (magic == SnoopMagic)
            return new(Format.Snoop, 16, 24, isBigEndian: true);
        if (RecordHeaderOfPcap(magic) is > 0 and var big)
            return new(Format.Pcap, 24, big, isBigEndian: true);
        return RecordHeaderOfPcap(BinaryPrimitives.ReverseEndianness(magic)) is > 0 and var little
            ? new(Format.Pcap, 24, little, isBigEndian: false)
            : null;
    }

    /// <summary>Cuts a capture into its records; what does not frame any more is the last one.</summary>
    public List<byte[]> Split(ReadOnlySpan<byte> capture)
    {
        var records = new List<byte[]>();
        for (var rest = capture[HeadLength..]; !rest.IsEmpty;)
        {
            var length = Math.Min(RecordLength(rest), (uint)rest.Length);
            records.Add(rest[..(int)length].ToArray());
            rest = rest[(int)length..];
        }

        return records;
    }

    /// <summary>Where the packet of a record lies; a length of 0 for a record without one.</summary>
    public (int Offset, int Length) PacketOf(ReadOnlySpan<byte> record)
    {
        if (record.Length <= RecordHeader || (_format == Format.Pcapng && U32(record) != PcapngEnhancedPacket))
            return (0, 0);
        var captured = U32(record[CapturedLengthField..]);
        return (RecordHeader, (int)Math.Min(captured, (uint)(record.Length - RecordHeader)));
    }

    /// <summary>The record with another packet, its lengths made to fit: the file stays sound, only the packet is
    /// another.</summary>
    public byte[] WithPacket(ReadOnlySpan<byte> record, ReadOnlySpan<byte> packet)
    {
        var padding = _format == Format.Pcap ? 0 : -packet.Length & (Alignment - 1);
        var made = new byte[RecordHeader + packet.Length + padding + (_format == Format.Pcapng ? sizeof(uint) : 0)];
        record[..RecordHeader].CopyTo(made);
        packet.CopyTo(made.AsSpan(RecordHeader));
        foreach (var field in LengthFields)
            Put(made, field, (uint)packet.Length);
        if (_format == Format.Snoop)
            Put(made, 8, (uint)made.Length);
        if (_format == Format.Pcapng)
        {
            Put(made, 4, (uint)made.Length);
            Put(made, made.Length - sizeof(uint), (uint)made.Length);
        }

        return made;
    }

    /// <summary>A 4-byte field of a record, in the file's byte order.</summary>
    public uint U32(ReadOnlySpan<byte> field) =>
        _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);

    /// <summary>Writes a 4-byte field of a record.</summary>
    public void Put(Span<byte> record, int offset, uint value)
    {
        if (_isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(record[offset..], value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(record[offset..], value);
    }

    private static int RecordHeaderOfPcap(uint magic) => magic switch
    {
        PcapMicroseconds or PcapNanoseconds => 16,
        PcapModified => 24,
        _ => 0,
    };

    private uint RecordLength(ReadOnlySpan<byte> record)
    {
        if (record.Length < (_format == Format.Pcapng ? BlockOverhead : RecordHeader))
            return (uint)record.Length;
        if (_format == Format.Pcapng)
            return Math.Max(U32(record[4..]), BlockOverhead);
        var length = U32(record[8..]) + (_format == Format.Pcap ? (ulong)RecordHeader : 0);
        return (uint)Math.Clamp(length, (ulong)RecordHeader, uint.MaxValue);
    }
}
