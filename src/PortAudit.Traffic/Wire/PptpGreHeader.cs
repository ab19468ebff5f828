using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>PPTP's enhanced GRE header, version 1 (RFC 2637 §4.1), viewed in place. The payload is a PPP
/// frame.</summary>
internal readonly ref struct PptpGreHeader
{
    /// <summary>Length of a header without optional fields, in bytes.</summary>
    public const int MinimumLength = 8;

    public const int Version = 1;

    private const int OptionalFieldLength = 4;
    private const ushort SequencePresent = 0x1000;
    private const ushort AcknowledgmentPresent = 0x0080;

    // All flags are fixed except those of the two optional fields: a key, and no checksum, routing or recursion.
    private const ushort FixedFlagsMask = 0xEF78;
    private const ushort FixedFlags = 0x2000;
    private const ushort PppProtocolType = 0x880B;

    private readonly ReadOnlySpan<byte> _bytes;

    private PptpGreHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of version 1, including optional fields. Flags
    /// not allowed by RFC 2637, and protocol types other than PPP, are <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PptpGreHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new PptpGreHeader(bytes);
        return true;
    }

    /// <summary>True when the header has a sequence number, required for a payload: without it, the packet is only an
    /// acknowledgment.</summary>
    public bool HasSequence => Has(_bytes, SequencePresent);

    public bool HasAcknowledgment => Has(_bytes, AcknowledgmentPresent);

    public ushort AnnouncedPayloadLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>The receiver's call number, assigned in the control connection.</summary>
    public ushort CallId => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>The sequence number; 0 without one.</summary>
    public uint SequenceNumber => HasSequence ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[MinimumLength..]) : 0;

    /// <summary>The highest sequence number received; 0 without one.</summary>
    public uint AcknowledgmentNumber =>
        HasAcknowledgment ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[(HeaderLength - OptionalFieldLength)..]) : 0;

    /// <summary>Length of the header in bytes: 8, 12 or 16.</summary>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>The captured payload, without Ethernet padding.</summary>
    public ReadOnlySpan<byte> Payload =>
        _bytes.Slice(HeaderLength, Math.Min(AnnouncedPayloadLength, _bytes.Length - HeaderLength));

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(ushort))
            return ParseError.Incomplete;
        if (GreHeader.VersionOf(bytes) != Version)
            return ParseError.BadVersion;
        if ((Flags(bytes) & FixedFlagsMask) != FixedFlags)
            return ParseError.BadValue;
        if (bytes.Length < MinimumLength)
            return ParseError.Incomplete;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) != PppProtocolType)
            return ParseError.BadValue;
        return bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) =>
        MinimumLength + (Has(bytes, SequencePresent) ? OptionalFieldLength : 0)
        + (Has(bytes, AcknowledgmentPresent) ? OptionalFieldLength : 0);

    private static bool Has(ReadOnlySpan<byte> bytes, ushort bits) => (Flags(bytes) & bits) != 0;

    private static ushort Flags(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
