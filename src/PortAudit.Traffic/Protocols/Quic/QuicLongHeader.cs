using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>The version-independent part of a QUIC long header (RFC 8999 §5.1), viewed in place: version and connection
/// ids. Drafts 11 to 21 and Google's versions 46 to 48 have both lengths in one byte before the ids.</summary>
internal readonly ref struct QuicLongHeader
{
    /// <summary>Length of the shortest header, in bytes: both ids empty.</summary>
    public const int HeaderLength = 7;

    private const byte LongForm = 0x80;
    private const int NibbledHeaderLength = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private QuicLongHeader(ReadOnlySpan<byte> bytes, int destinationLength, int sourceLength, int length)
    {
        _bytes = bytes;
        DestinationIdLength = destinationLength;
        SourceIdLength = sourceLength;
        Length = length;
    }

    /// <summary>False when no such header begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => first >= LongForm;

    /// <summary>True when <paramref name="bytes"/> hold a long header with connection ids of valid length.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out QuicLongHeader header, out ParseError error)
    {
        header = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && !MayBeginWith(bytes[0]))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        return QuicVersion.HasNibbledLengths(BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]))
            ? TryParseNibbled(bytes, out header, out error)
            : TryParseUsual(bytes, out header, out error);
    }

    /// <summary>The first byte; all but its top bit are version-specific.</summary>
    public byte First => _bytes[0];

    /// <summary>Version; 0 in a version negotiation.</summary>
    public uint Version => BinaryPrimitives.ReadUInt32BigEndian(_bytes[1..]);

    /// <summary>Kind of packet; version 2 numbers from Retry (RFC 9369 §3.2).</summary>
    public QuicPacketKind Kind => (QuicPacketKind)(((First >> 4) + (Version == QuicVersion.Two ? 3 : 0)) & 3);

    /// <summary>Length of the destination connection id, in bytes.</summary>
    public int DestinationIdLength { get; }

    /// <summary>Length of the source connection id, in bytes.</summary>
    public int SourceIdLength { get; }

    /// <summary>Length of the header, in bytes.</summary>
    public int Length { get; }

    /// <summary>The bytes after the ids.</summary>
    public ReadOnlySpan<byte> Rest => _bytes[Length..];

    private static bool TryParseUsual(ReadOnlySpan<byte> bytes, out QuicLongHeader header, out ParseError error)
    {
        header = default;
        var destination = bytes[5];
        error = ParseError.BadLength;
        if (destination > QuicVersion.MaximumIdLength)
            return false;
        error = ParseError.Incomplete;
        var sourceAt = NibbledHeaderLength + destination;
        if (bytes.Length <= sourceAt)
            return false;
        var source = bytes[sourceAt];
        error = source > QuicVersion.MaximumIdLength ? ParseError.BadLength : ParseError.Incomplete;
        var end = sourceAt + 1 + source;
        if (source > QuicVersion.MaximumIdLength || bytes.Length < end)
            return false;
        header = new QuicLongHeader(bytes, destination, source, end);
        error = ParseError.None;
        return true;
    }

    private static bool TryParseNibbled(ReadOnlySpan<byte> bytes, out QuicLongHeader header, out ParseError error)
    {
        header = default;
        var destination = LengthOf(bytes[5] >> 4);
        var source = LengthOf(bytes[5] & 0x0F);
        error = ParseError.Incomplete;
        var end = NibbledHeaderLength + destination + source;
        if (bytes.Length < end)
            return false;
        header = new QuicLongHeader(bytes, destination, source, end);
        error = ParseError.None;
        return true;
    }

    private static int LengthOf(int nibble) => nibble == 0 ? 0 : nibble + 3;
}
