using System.Buffers.Binary;
using System.Numerics;

namespace PortAudit.Traffic.Wire;

/// <summary>A GRE header, version 0 (RFC 2784 §2; key and sequence number: RFC 2890 §2), viewed in place. Source routes
/// of RFC 1701, withdrawn by RFC 2784, are not supported.</summary>
internal readonly ref struct GreHeader
{
    /// <summary>Length of a header without optional fields, in bytes.</summary>
    public const int MinimumLength = 4;

    /// <summary>Version of this header (RFC 2784 §2.3.1).</summary>
    public const int Version = 0;

    private const int OptionalFieldLength = 4;
    private const ushort ChecksumPresent = 0x8000;
    private const ushort KeyPresent = 0x2000;
    private const ushort SequencePresent = 0x1000;
    private const ushort VersionMask = 0x0007;

    // Bits 1, 4 and 5, including routing: receivers without RFC 1701 discard the packet (RFC 2784 §2.3). Bits 6 to 12
    // are ignored.
    private const ushort ForbiddenBits = 0x4C00;

    // Lower ones are reserved, and the highest is vendor-specific (RFC 7637 §3.2).
    private const uint FirstVirtualSubnet = 0x00_1000;
    private const uint LastVirtualSubnet = 0xFF_FFFE;
    private const int FlowIdentifierBits = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private GreHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The version of a GRE header, 0 to 7: <see cref="Version"/>, or <see cref="PptpGreHeader.Version"/>. 0
    /// when too few bytes.</summary>
    public static int VersionOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length < sizeof(ushort) ? Version : Flags(bytes) & VersionMask;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of version 0, including optional fields. A
    /// source route is <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GreHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new GreHeader(bytes);
        return true;
    }

    /// <summary>True when the header has a checksum (not verified).</summary>
    public bool HasChecksum => Has(_bytes, ChecksumPresent);

    public bool HasKey => Has(_bytes, KeyPresent);

    public bool HasSequence => Has(_bytes, SequencePresent);

    /// <summary>EtherType of the payload.</summary>
    public ushort ProtocolType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The key, which distinguishes flows within a tunnel; 0 without one.</summary>
    public uint Key => HasKey ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[(HasChecksum
        ? MinimumLength + OptionalFieldLength
        : MinimumLength)..]) : 0;

    /// <summary>True for NVGRE (RFC 7637 §3.2): a key whose upper 24 bits are an assignable virtual subnet, and neither
    /// checksum nor sequence number. An Ethernet frame in plain GRE with such a large key looks the same.</summary>
    public bool IsNvgre =>
        ProtocolType == EtherType.TransparentEthernet && HasKey && !HasChecksum && !HasSequence
        && VirtualSubnet is >= FirstVirtualSubnet and <= LastVirtualSubnet;

    /// <summary>The virtual subnet, 0 to 16777215, when the header <see cref="IsNvgre"/>. The rest of the key depends
    /// on the flow and the direction.</summary>
    public uint VirtualSubnet => Key >> FlowIdentifierBits;

    /// <summary>The sequence number; 0 without one.</summary>
    public uint SequenceNumber =>
        HasSequence ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[(HeaderLength - OptionalFieldLength)..]) : 0;

    /// <summary>Length of the header in bytes: 4 to 16.</summary>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(ushort))
            return ParseError.Incomplete;
        if (VersionOf(bytes) != Version)
            return ParseError.BadVersion;
        if (Has(bytes, ForbiddenBits))
            return ParseError.BadValue;
        return bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) =>
        MinimumLength + OptionalFieldLength * BitOperations.PopCount((uint)Flags(bytes) & (ChecksumPresent | KeyPresent
            | SequencePresent));

    private static bool Has(ReadOnlySpan<byte> bytes, ushort bits) => (Flags(bytes) & bits) != 0;

    private static ushort Flags(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
