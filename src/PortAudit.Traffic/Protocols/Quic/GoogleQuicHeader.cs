using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>The public header of Google QUIC up to version 43, in the form with a version ("QUIC Wire Layout
/// Specification"), viewed in place: flags, an eight-byte connection id, version. Later packets omit the version and
/// prove nothing.</summary>
internal readonly ref struct GoogleQuicHeader
{
    /// <summary>Length up to the version, or to the tag of a public reset, in bytes.</summary>
    public const int HeaderLength = 13;

    private const byte VersionFlag = 0x01;
    private const byte ResetFlag = 0x02;
    private const byte ConnectionIdFlag = 0x08;
    private const byte UnusedFlag = 0x80;
    private const int VersionAt = 9;
    private const int VersionLength = 4;
    private const uint ResetTag = 0x5052_5354;

    private readonly ReadOnlySpan<byte> _bytes;

    private GoogleQuicHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False when no such header begins with this byte.</summary>
    public static bool MayBeginWith(byte first) =>
        (first & (UnusedFlag | ConnectionIdFlag)) == ConnectionIdFlag && (first & (VersionFlag | ResetFlag)) != 0;

    /// <summary>True when <paramref name="bytes"/> begin with a header with one of Google's versions, or a public
    /// reset.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GoogleQuicHeader header, out ParseError error)
    {
        header = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && !MayBeginWith(bytes[0]))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var tag = BinaryPrimitives.ReadUInt32BigEndian(bytes[VersionAt..]);
        error = ParseError.BadVersion;
        if ((bytes[0] & ResetFlag) != 0 ? tag != ResetTag : !QuicVersion.IsGoogle(tag))
            return false;
        header = new GoogleQuicHeader(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>True for a public reset, from a server.</summary>
    public bool IsReset => (_bytes[0] & ResetFlag) != 0;

    /// <summary>True when only versions follow: a server's offer. A client sends its version and a message.</summary>
    public bool IsNegotiation
    {
        get
        {
            var rest = _bytes[VersionAt..];
            while (rest.Length >= VersionLength && BinaryPrimitives.ReadUInt32BigEndian(rest) >> 24 is 'Q' or 'T')
                rest = rest[VersionLength..];
            return rest.IsEmpty;
        }
    }
}
