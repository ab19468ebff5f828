using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dtls;

/// <summary>The header of a DTLS handshake message (RFC 6347 §4.2.2), viewed in place.</summary>
internal readonly ref struct DtlsHandshakeMessage
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 12;

    /// <summary>Highest type in use: key_update (24); MessageHash (254) is never sent.</summary>
    private const byte LastType = 24;

    private readonly ReadOnlySpan<byte> _bytes;

    private DtlsHandshakeMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header of a known type whose fragment lies within its
    /// message.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DtlsHandshakeMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && bytes[0] > LastType)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadLength;
        if (UInt24(bytes[6..]) + UInt24(bytes[9..]) > UInt24(bytes[1..]))
            return false;
        message = new DtlsHandshakeMessage(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Type of the message (IANA "TLS HandshakeType").</summary>
    public byte Type => _bytes[0];

    private static int UInt24(ReadOnlySpan<byte> bytes) =>
        (bytes[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
}
