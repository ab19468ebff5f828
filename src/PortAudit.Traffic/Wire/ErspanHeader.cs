using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A header of ERSPAN Type II or III: mirrored frames inside GRE (draft-foschiano-erspan-03 §4.2 and §4.3),
/// viewed in place. Type I (§4.1) has no header: with <see cref="ProtocolType"/> and no GRE sequence number the frame
/// follows directly.</summary>
internal readonly ref struct ErspanHeader
{
    /// <summary>GRE protocol type of Type I and Type II.</summary>
    public const ushort ProtocolType = 0x88BE;

    /// <summary>GRE protocol type of Type III.</summary>
    public const ushort ProtocolTypeIII = 0x22EB;

    /// <summary>Length of a header of Type II, in bytes.</summary>
    public const int TypeIILength = 8;

    /// <summary>Length of a Type III header without the platform-specific part, in bytes.</summary>
    public const int TypeIIILength = 12;

    /// <summary><see cref="FrameType"/> of an Ethernet frame.</summary>
    public const byte EthernetFrameType = 0;

    /// <summary><see cref="FrameType"/> of an IP packet.</summary>
    public const byte IpFrameType = 2;

    private const int PlatformLength = 8;
    private const byte VersionOfTypeII = 1;
    private const byte VersionOfTypeIII = 2;
    private const ushort VlanMask = 0x0FFF;
    private const ushort TruncatedBit = 0x0400;
    private const ushort SessionMask = 0x03FF;
    private const uint IndexMask = 0x000F_FFFF;
    private const ushort ProtocolFrameBit = 0x8000;
    private const byte PlatformBit = 0x01;

    // Encapsulations whose tag is removed from the frame (draft-foschiano-erspan-03 §4.2).
    private const byte IslTag = 1;
    private const byte Ieee8021QTag = 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private ErspanHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of Type II or III, including the
    /// platform-specific part.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ErspanHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new ErspanHeader(bytes);
        return true;
    }

    /// <summary>True for Type III, false for Type II.</summary>
    public bool IsTypeIII => VersionOf(_bytes) == VersionOfTypeIII;

    /// <summary>VLAN of the mirrored frame, 0 to 4095; 0 for none. Undefined when the tag is still in the frame
    /// (<see cref="Encapsulation"/> 3).</summary>
    public ushort Vlan => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes) & VlanMask);

    /// <summary>VLAN whose tag was removed from the mirrored frame (<see cref="Encapsulation"/> 1 or 2); 0 for none,
    /// and in Type III, which does not say.</summary>
    public ushort TakenVlan => Encapsulation is IslTag or Ieee8021QTag ? Vlan : VlanTag.NullIdentifier;

    /// <summary>Class of service of the mirrored frame, 0 to 7.</summary>
    public byte ClassOfService => (byte)(_bytes[2] >> 5);

    /// <summary>Tag of a Type II mirrored frame at the port: 0 none, 1 ISL, 2 IEEE 802.1Q, 3 still in the frame. Always
    /// 0 for Type III, which uses the bits differently.</summary>
    public byte Encapsulation => IsTypeIII ? (byte)0 : (byte)((_bytes[2] >> 3) & 0x03);

    /// <summary>True when the mirrored frame was truncated before it was sent.</summary>
    public bool IsTruncated => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]) & TruncatedBit) != 0;

    /// <summary>Identifier of the mirror session, 0 to 1023.</summary>
    public ushort SessionId => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]) & SessionMask);

    /// <summary>Port and direction of a Type II mirrored frame, in 20 platform-defined bits; 0 for Type III.</summary>
    public uint Index => IsTypeIII ? 0 : BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) & IndexMask;

    /// <summary>True when Type III marks a frame of a link protocol (P bit).</summary>
    public bool IsProtocolFrame =>
        IsTypeIII && (BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]) & ProtocolFrameBit) != 0;

    /// <summary>Payload type: <see cref="EthernetFrameType"/>, always in Type II, <see cref="IpFrameType"/>, or a
    /// reserved number.</summary>
    public byte FrameType => IsTypeIII ? (byte)((_bytes[10] >> 2) & 0x1F) : EthernetFrameType;

    /// <summary>Length of the header in bytes: 8, 12, or 20 with the platform-specific part.</summary>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>The mirrored frame as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return ParseError.Incomplete;
        var version = VersionOf(bytes);
        if (version is not (VersionOfTypeII or VersionOfTypeIII))
            return ParseError.BadVersion;
        if (bytes.Length < (version == VersionOfTypeII ? TypeIILength : TypeIIILength))
            return ParseError.Incomplete;
        return bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (VersionOf(bytes) == VersionOfTypeII)
            return TypeIILength;
        return (bytes[11] & PlatformBit) != 0 ? TypeIIILength + PlatformLength : TypeIIILength;
    }

    private static int VersionOf(ReadOnlySpan<byte> bytes) => bytes[0] >> 4;
}
