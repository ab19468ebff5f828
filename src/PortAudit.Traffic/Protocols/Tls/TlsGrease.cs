namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>GREASE values, sent only to keep servers tolerant (RFC 8701 §2), without meaning.</summary>
internal static class TlsGrease
{
    /// <summary>True for <c>0x?A?A</c> with two equal bytes: a reserved suite, extension, group, version or signature
    /// scheme.</summary>
    public static bool Is(ushort value) => (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);
}
