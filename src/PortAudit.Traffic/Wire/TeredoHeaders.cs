namespace PortAudit.Traffic.Wire;

/// <summary>Optional Teredo indications before the IPv6 packet in a UDP datagram: authentication, then origin (RFC 4380
/// §5.1.1), viewed in place.</summary>
internal readonly ref struct TeredoHeaders
{
    private const byte AuthenticationType = 1;
    private const byte OriginType = 0;
    private const int AuthenticationFixedLength = 4;
    private const int NonceAndConfirmationLength = 9;
    private const int OriginLength = 8;
    private const int Ipv6Version = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private TeredoHeaders(ReadOnlySpan<byte> bytes, int headerLength)
    {
        _bytes = bytes;
        HeaderLength = headerLength;
    }

    /// <summary>False when no such datagram begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => first == 0 || first >> 4 == Ipv6Version;

    /// <summary>True when <paramref name="bytes"/> hold whole indications, or none, and at least the first byte of an
    /// IPv6 packet; another version is <see cref="ParseError.BadVersion"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TeredoHeaders headers, out ParseError error)
    {
        headers = default;
        error = Measure(bytes, out var headerLength);
        if (error != ParseError.None)
            return false;
        headers = new TeredoHeaders(bytes, headerLength);
        return true;
    }

    public bool HasAuthentication => _bytes is [0, AuthenticationType, ..];

    /// <summary>True when there is an origin indication, the packet's source as seen by a server.</summary>
    public bool HasOrigin => HeaderLength > AuthenticationLength(_bytes);

    /// <summary>Length of the indications in bytes: 0 to 531.</summary>
    public int HeaderLength { get; }

    /// <summary>The captured IPv6 packet, with trailers if any (RFC 6081 §4).</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Measure(ReadOnlySpan<byte> bytes, out int headerLength)
    {
        headerLength = 0;
        if (bytes is [0, AuthenticationType, ..] && bytes.Length < AuthenticationFixedLength)
            return ParseError.Incomplete;
        headerLength = AuthenticationLength(bytes);
        if (bytes.Length <= headerLength || bytes[headerLength..] is [0])
            return ParseError.Incomplete;
        if (bytes[headerLength..] is [0, OriginType, ..])
            headerLength += OriginLength;
        if (bytes.Length <= headerLength)
            return ParseError.Incomplete;
        return bytes[headerLength] >> 4 == Ipv6Version ? ParseError.None : ParseError.BadVersion;
    }

    private static int AuthenticationLength(ReadOnlySpan<byte> bytes) =>
        bytes is [0, AuthenticationType, var identifier, var value, ..]
            ? AuthenticationFixedLength + identifier + value + NonceAndConfirmationLength
            : 0;
}
