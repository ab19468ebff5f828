using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>
/// The body of a Certificate message of TLS 1.2 and older (RFC 5246 §7.4.2), walked in place with <c>foreach</c>: the
/// sender's own certificate first, then its chain.
/// </summary>
internal ref struct TlsCertificateList
{
    /// <summary>Length of a body that holds no certificate, in bytes: the length of the list alone.</summary>
    public const int EmptyLength = LengthBytes;

    private const int LengthBytes = 3;

    private ReadOnlySpan<byte> _rest;

    private TlsCertificateList(ReadOnlySpan<byte> rest) => _rest = rest;

    /// <summary>True when <paramref name="body"/> holds the length of the list; the list itself may be cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, out TlsCertificateList list, out ParseError error)
    {
        list = default;
        error = ParseError.Incomplete;
        if (body.Length < LengthBytes)
            return false;
        var rest = body[LengthBytes..];
        list = new TlsCertificateList(rest[..Math.Min(rest.Length, ReadLength(body))]);
        error = ParseError.None;
        return true;
    }

    /// <summary>The certificate that the walk is at, whole.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>True when the walk ended before the list did: at a certificate that is cut.</summary>
    public readonly bool IsCut => !_rest.IsEmpty;

    /// <summary>The walk itself.</summary>
    public readonly TlsCertificateList GetEnumerator() => this;

    /// <summary>Goes to the next certificate. False at the end or at one that is cut; each step takes at least three
    /// bytes.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < LengthBytes || _rest.Length - LengthBytes < ReadLength(_rest))
            return false;
        Current = _rest.Slice(LengthBytes, ReadLength(_rest));
        _rest = _rest[(LengthBytes + Current.Length)..];
        return true;
    }

    private static int ReadLength(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
}
