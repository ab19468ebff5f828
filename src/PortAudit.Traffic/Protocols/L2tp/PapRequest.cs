using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.L2tp;

/// <summary>A PAP Authenticate-Request (RFC 1334 §2.2.1), viewed in place.</summary>
internal readonly ref struct PapRequest
{
    /// <summary>Number of the protocol in a PPP frame (RFC 1334 §2.1).</summary>
    public const ushort Protocol = 0xC023;

    private const byte AuthenticateRequest = 1;
    private const int HeaderLength = 4;

    /// <summary>Header and the lengths of name and password.</summary>
    private const int FixedLength = HeaderLength + 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private PapRequest(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a request with consistent lengths up to the password's. Other
    /// PAP messages are <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PapRequest request, out ParseError error)
    {
        request = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        request = new PapRequest(bytes);
        return true;
    }

    /// <summary>Length of the password, in bytes.</summary>
    public byte PasswordLength => _bytes[HeaderLength + 1 + _bytes[HeaderLength]];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [not AuthenticateRequest, ..])
            return ParseError.BadValue;
        if (bytes.Length <= HeaderLength || bytes.Length < FixedLength + bytes[HeaderLength])
            return ParseError.Incomplete;
        var nameLength = bytes[HeaderLength];
        var passwordLength = bytes[HeaderLength + 1 + nameLength];
        return FixedLength + nameLength + passwordLength > BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])
            ? ParseError.BadLength
            : ParseError.None;
    }
}
