namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>Message types of DHCPv6 (RFC 8415 §7.3; IANA "DHCPv6 Message Types").</summary>
internal static class Dhcpv6Types
{
    private const byte Solicit = 1;
    private const byte Advertise = 2;
    private const byte Reply = 7;
    private const byte Reconfigure = 10;
    private const byte RelayForward = 12;
    private const byte RelayReply = 13;

    /// <summary>LEASEQUERY-REPLY and the messages of bulk and active lease queries (RFC 5007, RFC 5460, RFC
    /// 7653).</summary>
    private const byte LeaseQueryReply = 15;
    private const byte LeaseQueryDone = 16;
    private const byte LeaseQueryData = 17;
    private const byte ReconfigureReply = 19;
    private const byte LastType = 23;

    /// <summary>True for assigned types, without those of DHCP failover.</summary>
    public static bool IsDefined(byte type) => type is >= Solicit and <= LastType;

    /// <summary>True for the two types between relays and servers.</summary>
    public static bool IsRelayed(byte type) => type is RelayForward or RelayReply;

    /// <summary>True for messages from servers. A relay's message is the client's, a server's reply to a relay is the
    /// server's.</summary>
    public static bool IsReply(byte type) => type is Advertise or Reply or Reconfigure or RelayReply or LeaseQueryReply
        or LeaseQueryDone or LeaseQueryData or ReconfigureReply;
}
