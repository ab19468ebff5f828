namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>How a TLS handshake begins where another protocol went over to it.</summary>
internal static class TlsHandshakeStart
{
    /// <summary>True for bytes that begin as a handshake record of SSL 3.0 or TLS does (RFC 8446 §5.1).</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes) => bytes is [TextLines.TlsHandshake, 0x03, <= 0x04, ..];

    /// <summary>True when a stream goes on so behind its first <paramref name="offset"/> bytes; false while it is not
    /// that long.</summary>
    public static bool IsBehind(ReadOnlySpan<byte> stream, int offset) =>
        offset < stream.Length && IsAt(stream[offset..]);
}
