using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>An L2TP header, version 2 (RFC 2661 §3.1), viewed in place. The payload of a data message is a PPP
/// frame.</summary>
internal readonly ref struct L2tpHeader
{
    private const ushort ControlBit = 0x8000;
    private const ushort LengthBit = 0x4000;
    private const ushort SequenceBit = 0x0800;
    private const ushort OffsetBit = 0x0200;
    private const ushort PriorityBit = 0x0100;
    private const ushort ReservedBits = 0x34F0;
    private const ushort VersionMask = 0x000F;
    private const ushort Version = 2;

    private const int FixedLength = 6;
    private const int LengthFieldLength = 2;
    private const int SequenceFieldsLength = 4;
    private const int OffsetFieldLength = 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private L2tpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False when no header begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => ((first << 8) & ReservedBits) == 0;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of version 2, including offset padding. A length
    /// shorter than the header is <see cref="ParseError.BadLength"/>; flags not allowed in a control message, and data
    /// for tunnel or session 0 (never assigned: §4.4.3, §4.4.4), are <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out L2tpHeader header, out ParseError error)
    {
        header = default;
        error = CheckFlags(bytes);
        if (error != ParseError.None)
            return false;
        var parsed = new L2tpHeader(bytes);
        error = parsed.CheckFields();
        if (error != ParseError.None)
            return false;
        header = parsed;
        return true;
    }

    /// <summary>True for a control message, false for a data message.</summary>
    public bool IsControl => (Flags & ControlBit) != 0;

    /// <summary>True when a reserved bit is set, which senders must not do: a doubt when only the port suggests
    /// L2TP.</summary>
    public bool HasReservedBits => (Flags & ReservedBits) != 0;

    /// <summary>The receiver's tunnel number; 0 during setup of a control connection.</summary>
    public ushort TunnelId => BinaryPrimitives.ReadUInt16BigEndian(_bytes[TunnelIdOffset..]);

    /// <summary>The receiver's session number within the tunnel; 0 for control messages about the tunnel.</summary>
    public ushort SessionId => BinaryPrimitives.ReadUInt16BigEndian(_bytes[(TunnelIdOffset + 2)..]);

    /// <summary>Length of the header with offset padding, in bytes.</summary>
    public int HeaderLength => LengthBeforePadding
        + (HasOffset ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[(LengthBeforePadding - OffsetFieldLength)..]) : 0);

    /// <summary>Payload bytes announced; <see cref="int.MaxValue"/> without a length field: the payload fills the
    /// datagram.</summary>
    public int AnnouncedPayloadLength => HasLength ? Length - HeaderLength : int.MaxValue;

    /// <summary>The payload as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload =>
        _bytes.Slice(HeaderLength, Math.Min(AnnouncedPayloadLength, _bytes.Length - HeaderLength));

    private ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    private bool HasLength => (Flags & LengthBit) != 0;

    private bool HasSequence => (Flags & SequenceBit) != 0;

    private bool HasOffset => (Flags & OffsetBit) != 0;

    private ushort Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    private int TunnelIdOffset => HasLength ? 2 + LengthFieldLength : 2;

    private int LengthBeforePadding =>
        FixedLength + (HasLength ? LengthFieldLength : 0) + (HasSequence ? SequenceFieldsLength : 0)
        + (HasOffset ? OffsetFieldLength : 0);

    private static ParseError CheckFlags(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(ushort))
            return ParseError.Incomplete;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if ((flags & VersionMask) != Version)
            return ParseError.BadVersion;
        return (flags & ControlBit) != 0
            && (flags & (LengthBit | SequenceBit | OffsetBit | PriorityBit)) != (LengthBit | SequenceBit)
            ? ParseError.BadValue
            : ParseError.None;
    }

    private ParseError CheckFields()
    {
        if (_bytes.Length < LengthBeforePadding)
            return ParseError.Incomplete;
        if (HasLength && Length < HeaderLength)
            return ParseError.BadLength;
        if (!IsControl && (TunnelId == 0 || SessionId == 0))
            return ParseError.BadValue;
        return _bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
    }
}
