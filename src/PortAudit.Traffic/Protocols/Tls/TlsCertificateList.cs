using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The body of a Certificate message of TLS 1.2 and older (RFC 5246 §7.4.2): the sender's own certificate first, then its chain.</summary>
internal readonly ref struct TlsCertificateList
{
    /// <summary>Length of a body that holds no certificate, in bytes: the length of the list alone.</summary>
    public const int EmptyLength = LengthBytes;

    private const int LengthBytes = 3;

    private TlsCertificateList(ReadOnlySpan<byte> own) => Own = own;

    /// <summary>The sender's certificate, empty when it presented none.</summary>
    public ReadOnlySpan<byte> Own { get; }

    /// <summary>True when <paramref name="body"/> holds an empty list or at least the whole of the first certificate; the chain may be cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, out TlsCertificateList list, out ParseError error)
    {
        list = default;
        error = ParseError.Incomplete;
        if (body.Length < LengthBytes)
            return false;
        if (ReadLength(body) == 0)
        {
            error = ParseError.None;
            return true;
        }

        var first = body[LengthBytes..];
        if (first.Length < LengthBytes || first.Length - LengthBytes < ReadLength(first))
            return false;
        list = new TlsCertificateList(first.Slice(LengthBytes, ReadLength(first)));
        error = ParseError.None;
        return true;
    }

    private static int ReadLength(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
}
