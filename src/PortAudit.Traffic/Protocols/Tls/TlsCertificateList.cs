using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Enumerates a Certificate message of TLS 1.2 and older (RFC 5246 §7.4.2) in place: the sender's own
/// certificate first, then its chain.</summary>
internal ref struct TlsCertificateList
{
    /// <summary>Length of a body without certificates, in bytes.</summary>
    public const int EmptyLength = LengthBytes;

    private const int LengthBytes = 3;

    private ReadOnlySpan<byte> _rest;

    private TlsCertificateList(ReadOnlySpan<byte> rest) => _rest = rest;

    /// <summary>True when <paramref name="body"/> has the length of the list; the list may be cut.</summary>
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

    /// <summary>The current certificate, complete.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>True when enumeration ended at a cut certificate.</summary>
    public readonly bool IsCut => !_rest.IsEmpty;

    public readonly TlsCertificateList GetEnumerator() => this;

    /// <summary>Moves to the next certificate. False at the end or at a cut one; each step takes at least three
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
