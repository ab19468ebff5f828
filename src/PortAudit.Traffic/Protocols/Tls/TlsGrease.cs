namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The values that clients send only to keep servers tolerant (RFC 8701 §2); no list means anything by
/// them.</summary>
internal static class TlsGrease
{
    /// <summary>True for <c>0x?A?A</c> with twice the same byte: a suite, extension, group, version or signature scheme
    /// that is none.</summary>
    public static bool Is(ushort value) => (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);
}
