namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Detects the start of a TLS handshake after a protocol switch.</summary>
internal static class TlsHandshakeStart
{
    /// <summary>True for the start of an SSL 3.0 or TLS handshake record (RFC 8446 §5.1).</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes) => bytes is [TextLines.TlsHandshake, 0x03, <= 0x04, ..];

    /// <summary>True when a stream continues so after <paramref name="offset"/> bytes; false while it is
    /// shorter.</summary>
    public static bool IsBehind(ReadOnlySpan<byte> stream, int offset) =>
        offset < stream.Length && IsAt(stream[offset..]);
}
