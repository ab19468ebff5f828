namespace PortAudit.Traffic.Wire;

/// <summary>Tells IPv4 from IPv6 where no header before the packet does: by the version, the first four bits of both
/// (RFC 791 §3.1; RFC 8200 §3).</summary>
internal static class IpVersion
{
    /// <summary>The EtherType of the packet that <paramref name="bytes"/> begin with; <see cref="EtherType.None"/> when
    /// they are neither, or there are none.</summary>
    public static ushort ToEtherType(ReadOnlySpan<byte> bytes) => bytes.IsEmpty
        ? EtherType.None
        : (bytes[0] >> 4) switch
        {
            4 => EtherType.Ipv4,
            6 => EtherType.Ipv6,
            _ => EtherType.None,
        };
}
