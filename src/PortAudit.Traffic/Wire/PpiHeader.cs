using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A PPI header (LINKTYPE_PPI; "PPI Packet Header Format" 1.0.7 §3), viewed in place. Little-endian.</summary>
internal readonly ref struct PpiHeader : IWireHeader<PpiHeader>
{
    /// <summary>Fields searched for 802.11's: writers add a handful; the bound keeps a hostile header cheap.</summary>
    public const int MaximumFields = 32;

    private const int FixedLength = 8;
    private const byte Version = 0;
    private const byte AlignedFields = 0x01;
    private const int FieldHeaderLength = 4;
    private const int Alignment = 4;
    // The field 802.11-Common (§4.1.2): an eight-byte timer, then flags.
    private const ushort Common = 2;
    private const int CommonFlagsOffset = 8;
    private const ushort FrameCheckSequence = 0x0001;
    private const ushort FailedCheck = 0x0004;

    private readonly ReadOnlySpan<byte> _bytes;

    private PpiHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of version 0. A length below 8 is
    /// <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PpiHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new PpiHeader(bytes);
        return true;
    }

    /// <inheritdoc/>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>Link type of the frame, a libpcap number.</summary>
    public uint LinkType => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[4..]);

    /// <summary>True when the frame ends with its check sequence.</summary>
    public bool HasFrameCheckSequence => (CommonFlags & FrameCheckSequence) != 0;

    /// <summary>True when the receiver reported a wrong frame check sequence: bytes were damaged.</summary>
    public bool IsDamaged => (CommonFlags & FailedCheck) != 0;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>Flags of 802.11-Common; 0 without the field.</summary>
    private ushort CommonFlags
    {
        get
        {
            var alignment = (_bytes[1] & AlignedFields) != 0 ? Alignment : 1;
            var rest = _bytes[FixedLength..HeaderLength];
            for (var read = 0; read < MaximumFields && rest.Length >= FieldHeaderLength; read++)
            {
                var content = rest[FieldHeaderLength..];
                var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
                if (BinaryPrimitives.ReadUInt16LittleEndian(rest) == Common
                    && Math.Min(length, content.Length) >= CommonFlagsOffset + sizeof(ushort))
                    return BinaryPrimitives.ReadUInt16LittleEndian(content[CommonFlagsOffset..]);
                rest = content[Math.Min((length + alignment - 1) & -alignment, content.Length)..];
            }

            return 0;
        }
    }

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [not Version, ..])
            return ParseError.BadVersion;
        if (bytes.Length < FixedLength)
            return ParseError.Incomplete;
        if (LengthOf(bytes) < FixedLength)
            return ParseError.BadLength;
        return bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
}
