using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Body of a client or server hello (RFC 5246 §7.4.1, RFC 8446 §4.1), viewed in place. After the session id
/// the client has lists of suites and compression methods, the server its selection. In TLS 1.3 drafts up to 21 the
/// server's hello has neither session id nor compression method.</summary>
internal readonly ref struct TlsHello
{
    /// <summary>Length of version and random value, in bytes.</summary>
    public const int FixedLength = 34;

    private const int VersionLength = 2;

    /// <summary>The server's selection: a suite and a compression method.</summary>
    private const int ChoiceLength = 3;
    private const int SuiteLength = 2;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _hasAllExtensions;

    private TlsHello(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> suites,
        ReadOnlySpan<byte> extensions, bool hasAllExtensions)
    {
        _bytes = bytes;
        SessionId = sessionId;
        CipherSuites = suites;
        Extensions = new TlsExtensions(extensions);
        _hasAllExtensions = hasAllExtensions;
    }

    /// <summary>The random value that makes a server hello a HelloRetryRequest (RFC 8446 §4.1.3).</summary>
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    /// <summary>True when everything before the extensions is present. Extensions may be missing (old versions have
    /// none) or cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, bool isClient, out TlsHello hello, out ParseError error)
    {
        hello = default;
        error = ParseError.Incomplete;
        if (body.Length <= FixedLength)
            return false;
        error = ParseError.BadValue;
        if (body[0] != TlsVersion.Major && body[0] != TlsVersion.DraftMajor)
            return false;
        var isDraft = !isClient && body[0] == TlsVersion.DraftMajor;
        var sessionLength = isDraft ? 0 : 1 + body[FixedLength];
        error = ParseError.BadLength;
        if (sessionLength > 1 + TlsSessionId.MaximumLength)
            return false;
        error = ParseError.Incomplete;
        if (!TrySkip(body, FixedLength + sessionLength, out var rest))
            return false;
        if (isClient
            ? !TrySkipLists(ref rest, out var suites)
            : !TrySkipChoice(ref rest, isDraft ? SuiteLength : ChoiceLength, out suites))
            return false;
        var hasAllExtensions = rest.IsEmpty;
        if (TrySkip(rest, sizeof(ushort), out var extensions))
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            hasAllExtensions = extensions.Length >= length;
            rest = extensions[..Math.Min(extensions.Length, length)];
        }

        hello = new TlsHello(body, sessionLength > 1 ? body.Slice(FixedLength + 1, sessionLength - 1) : default, suites,
            rest, hasAllExtensions);
        error = ParseError.None;
        return true;
    }

    /// <summary>Version; TLS 1.3 has TLS 1.2 here and the real version in an extension.</summary>
    public ushort LegacyVersion => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>True for a HelloRetryRequest.</summary>
    public bool IsRetryRequest => _bytes[VersionLength..FixedLength].SequenceEqual(RetryRandom);

    /// <summary>Session id to resume; only for compatibility in TLS 1.3. May be empty.</summary>
    public ReadOnlySpan<byte> SessionId { get; }

    /// <summary>Cipher suites, two bytes each: the client's offer, or the server's selection.</summary>
    public ReadOnlySpan<byte> CipherSuites { get; }

    public TlsExtensions Extensions { get; }

    /// <summary>True when all extensions are complete and within the limit, as needed for a fingerprint.</summary>
    public bool IsWhole => _hasAllExtensions && Extensions.IsWhole;

    private static bool TrySkipChoice(scoped ref ReadOnlySpan<byte> rest, int length, out ReadOnlySpan<byte> suite)
    {
        suite = rest.Length < SuiteLength ? default : rest[..SuiteLength];
        return TrySkip(rest, length, out rest);
    }

    /// <summary>Skips the client's suites and compression methods.</summary>
    private static bool TrySkipLists(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> suites)
    {
        suites = default;
        if (rest.Length < sizeof(ushort))
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        var list = rest[sizeof(ushort)..];
        if (!TrySkip(list, length, out rest))
            return false;
        suites = list[..length];
        return rest.Length >= 1 && TrySkip(rest, 1 + rest[0], out rest);
    }

    private static bool TrySkip(ReadOnlySpan<byte> bytes, int length, out ReadOnlySpan<byte> rest)
    {
        rest = bytes.Length >= length ? bytes[length..] : default;
        return bytes.Length >= length;
    }
}
