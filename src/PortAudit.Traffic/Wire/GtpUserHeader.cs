using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A GTP-U header, version 1, with its extension headers (3GPP TS 29.281 §5.1 and §5.2), viewed in
/// place.</summary>
internal readonly ref struct GtpUserHeader
{
    /// <summary>Length of the mandatory part, in bytes.</summary>
    public const int MinimumLength = 8;

    /// <summary><see cref="MessageType"/> of a message with a user packet, a G-PDU (§6.1).</summary>
    public const byte UserPacket = 255;

    /// <summary>Extension headers followed: a packet has one or two of a dozen defined.</summary>
    public const int MaximumExtensionHeaders = 8;

    // Version 1 and the protocol type bit, which is 0 in GTP', the charging protocol.
    private const byte VersionAndProtocolMask = 0xF0;
    private const byte VersionAndProtocol = 0x30;
    private const byte ReservedBit = 0x08;
    private const byte ExtensionBit = 0x04;
    private const byte OptionalFieldsBits = 0x07;
    private const int OptionalFieldsLength = 4;
    private const int LengthUnit = 4;
    private const byte NoMoreExtensionHeaders = 0;

    private readonly ReadOnlySpan<byte> _bytes;

    private GtpUserHeader(ReadOnlySpan<byte> bytes, int headerLength)
    {
        _bytes = bytes;
        HeaderLength = headerLength;
    }

    /// <summary>False when no header begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => (first & VersionAndProtocolMask) == VersionAndProtocol;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of version 1, including extension headers. A
    /// length shorter than the header, or an extension header of length 0, is <see cref="ParseError.BadLength"/>; more
    /// than <see cref="MaximumExtensionHeaders"/> are <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GtpUserHeader header, out ParseError error)
    {
        header = default;
        error = Measure(bytes, out var headerLength);
        if (error != ParseError.None)
            return false;
        header = new GtpUserHeader(bytes, headerLength);
        return true;
    }

    /// <summary>True when a reserved bit is set, which senders must not do: a doubt when only the port suggests
    /// GTP.</summary>
    public bool HasReservedBits => (_bytes[0] & ReservedBit) != 0;

    /// <summary>Type of the message: <see cref="UserPacket"/>, or signalling.</summary>
    public byte MessageType => _bytes[1];

    /// <summary>Identifier of the tunnel endpoint at the receiver.</summary>
    public uint Teid => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Length of the header in bytes: 8, or 12 and more with optional fields.</summary>
    public int HeaderLength { get; }

    /// <summary>Payload bytes announced: the header's length field without optional fields and extension
    /// headers.</summary>
    public int AnnouncedPayloadLength => End(_bytes) - HeaderLength;

    /// <summary>The captured payload: of a <see cref="UserPacket"/> an IP packet, or whatever the session
    /// carries.</summary>
    public ReadOnlySpan<byte> Payload =>
        _bytes.Slice(HeaderLength, Math.Min(AnnouncedPayloadLength, _bytes.Length - HeaderLength));

    private static ParseError Measure(ReadOnlySpan<byte> bytes, out int headerLength)
    {
        headerLength = MinimumLength;
        if (bytes.IsEmpty)
            return ParseError.Incomplete;
        if (!MayBeginWith(bytes[0]))
            return ParseError.BadVersion;
        if (bytes.Length < headerLength)
            return ParseError.Incomplete;
        if ((bytes[0] & OptionalFieldsBits) == 0)
            return ParseError.None;

        headerLength += OptionalFieldsLength;
        if (End(bytes) < headerLength)
            return ParseError.BadLength;
        if (bytes.Length < headerLength)
            return ParseError.Incomplete;
        return (bytes[0] & ExtensionBit) != 0 ? MeasureExtensions(bytes, ref headerLength) : ParseError.None;
    }

    // The last byte of the optional fields, and of every extension header, gives the type of the next one.
    private static ParseError MeasureExtensions(ReadOnlySpan<byte> bytes, ref int headerLength)
    {
        for (var count = 0; bytes[headerLength - 1] != NoMoreExtensionHeaders; count++)
        {
            if (count == MaximumExtensionHeaders)
                return ParseError.BadValue;
            if (bytes.Length <= headerLength)
                return ParseError.Incomplete;
            var length = bytes[headerLength] * LengthUnit;
            if (length == 0 || headerLength + length > End(bytes))
                return ParseError.BadLength;
            headerLength += length;
            if (bytes.Length < headerLength)
                return ParseError.Incomplete;
        }

        return ParseError.None;
    }

    private static int End(ReadOnlySpan<byte> bytes) =>
        MinimumLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
}
