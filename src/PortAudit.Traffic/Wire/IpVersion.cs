namespace PortAudit.Traffic.Wire;

/// <summary>Distinguishes IPv4 and IPv6 by the version, the first four bits of both (RFC 791 §3.1; RFC 8200
/// §3).</summary>
internal static class IpVersion
{
    /// <summary>The EtherType of a packet; <see cref="EtherType.None"/> when it is neither, or empty.</summary>
    public static ushort ToEtherType(ReadOnlySpan<byte> bytes) => bytes.IsEmpty
        ? EtherType.None
        : (bytes[0] >> 4) switch
        {
            4 => EtherType.Ipv4,
            6 => EtherType.Ipv6,
            _ => EtherType.None,
        };
}
