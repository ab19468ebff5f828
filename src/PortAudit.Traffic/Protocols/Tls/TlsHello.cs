using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>
/// The body of a client or server hello (RFC 5246 §7.4.1, RFC 8446 §4.1), viewed in place. Both begin alike; behind the session id the client
/// has lists of suites and compression methods where the server has its choice.
/// </summary>
internal readonly ref struct TlsHello
{
    /// <summary>Length of version and random value, in bytes.</summary>
    public const int FixedLength = 34;

    private const int MaximumSessionId = 32;

    /// <summary>The server's choice: a suite and a compression method.</summary>
    private const int ChoiceLength = 3;

    private readonly ReadOnlySpan<byte> _bytes;

    private TlsHello(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> extensions)
    {
        _bytes = bytes;
        Extensions = new TlsExtensions(extensions);
    }

    /// <summary>True when everything before the extensions is there. Extensions may be missing (old versions have none) or cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, bool isClient, out TlsHello hello, out ParseError error)
    {
        hello = default;
        error = ParseError.Incomplete;
        if (body.Length <= FixedLength)
            return false;
        error = ParseError.BadValue;
        if (body[0] != TlsVersion.Major && body[0] != 0x7F)
            return false;
        error = ParseError.BadLength;
        if (body[FixedLength] > MaximumSessionId)
            return false;
        error = ParseError.Incomplete;
        if (!TrySkip(body, FixedLength + 1 + body[FixedLength], out var rest))
            return false;
        if (isClient ? !TrySkipLists(ref rest) : !TrySkip(rest, ChoiceLength, out rest))
            return false;
        if (TrySkip(rest, sizeof(ushort), out var extensions))
            rest = extensions[..Math.Min(extensions.Length, BinaryPrimitives.ReadUInt16BigEndian(rest))];
        hello = new TlsHello(body, rest);
        error = ParseError.None;
        return true;
    }

    /// <summary>Version, which TLS 1.3 leaves at TLS 1.2 and puts into an extension.</summary>
    public ushort LegacyVersion => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>The extensions.</summary>
    public TlsExtensions Extensions { get; }

    /// <summary>The client's suites, then its compression methods.</summary>
    private static bool TrySkipLists(ref ReadOnlySpan<byte> rest) =>
        rest.Length >= sizeof(ushort)
        && TrySkip(rest, sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(rest), out rest)
        && rest.Length >= 1
        && TrySkip(rest, 1 + rest[0], out rest);

    private static bool TrySkip(ReadOnlySpan<byte> bytes, int length, out ReadOnlySpan<byte> rest)
    {
        rest = bytes.Length >= length ? bytes[length..] : default;
        return bytes.Length >= length;
    }
}
