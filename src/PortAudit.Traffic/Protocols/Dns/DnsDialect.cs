namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>The protocols that share the DNS message.</summary>
internal enum DnsDialect
{
    /// <summary>DNS proper (RFC 1035).</summary>
    Unicast,

    /// <summary>Multicast DNS (RFC 6762).</summary>
    Multicast,

    /// <summary>Link-local multicast name resolution (RFC 4795).</summary>
    LinkLocal,
}

/// <summary>Ports that distinguish the dialects.</summary>
internal static class DnsPorts
{
    /// <summary>DNS proper (RFC 1035 §4.2).</summary>
    public const ushort Unicast = 53;

    /// <summary>Multicast DNS (RFC 6762 §3).</summary>
    public const ushort Multicast = 5353;

    /// <summary>LLMNR (RFC 4795 §2).</summary>
    public const ushort LinkLocal = 5355;

    /// <summary>The NetBIOS name service, with messages in the same format (RFC 1002 §4.2) and encoded names.</summary>
    public const ushort NetBiosNames = 137;
}
