namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>Codes of DHCP options.</summary>
internal static class DhcpOption
{
    /// <summary>Host Name (RFC 2132 §3.14).</summary>
    public const byte HostName = 12;

    /// <summary>Requested IP Address (§9.1).</summary>
    public const byte RequestedAddress = 50;

    /// <summary>DHCP Message Type (§9.6).</summary>
    public const byte MessageType = 53;

    /// <summary>Server Identifier (§9.7).</summary>
    public const byte ServerIdentifier = 54;

    /// <summary>Class Identifier (§9.13).</summary>
    public const byte Class = 60;

    /// <summary>Client Fully Qualified Domain Name (RFC 4702 §2).</summary>
    public const byte FullName = 81;
}
