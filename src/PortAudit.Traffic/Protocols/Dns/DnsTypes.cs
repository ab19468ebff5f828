namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>Record types (IANA "Resource Record (RR) TYPEs").</summary>
internal static class DnsTypes
{
    /// <summary>EDNS's pseudo-record (RFC 6891 §6.1.1).</summary>
    public const ushort Opt = 41;

    /// <summary>NULL: anything at all (RFC 1035 §3.3.10).</summary>
    private const ushort Null = 10;

    private const ushort NetBiosName = 0x20;
    private const ushort NetBiosStatus = 0x21;

    /// <summary>True for types in assigned ranges or for private use.</summary>
    public static bool IsPlausible(ushort type) =>
        type is >= 1 and <= 128 or >= 249 and <= 264 or 32768 or 32769 or >= 65280 and <= 65534;

    /// <summary>True for the types of the NetBIOS name service (RFC 1002 §4.2.1.3): NIMLOC and SRV in DNS, and NULL,
    /// for a negative response.</summary>
    public static bool IsNetBios(ushort type) => type is NetBiosName or NetBiosStatus or Null;

    /// <summary>NULL and private use types, with free content.</summary>
    public static bool IsFree(ushort type) => type is Null or >= 65280 and <= 65534;

    /// <summary>CNAME, MX, TXT, KEY, SRV.</summary>
    public static bool CarriesContent(ushort type) => type is 5 or 15 or 16 or 25 or 33;

    /// <summary>True for types used by tunnels but hardly queried by clients below data names: free types, CNAME
    /// (included in any answer), MX, and KEY (withdrawn by RFC 3445 except for SIG(0)).</summary>
    public static bool IsRare(ushort type) => IsFree(type) || type is 5 or 15 or 25;

    /// <summary>True for commonly queried types (host, domain, service, key and policy) and zone pseudo-types: enough
    /// when other bytes are damaged.</summary>
    public static bool IsUsual(ushort type) => type is 1 or 2 or 5 or 6 or 12 or 13 or 15 or 16 or 28 or 33 or 35 or 43
        or 44 or 46 or 47 or 48 or 52 or 64 or 65 or 99 or >= 249 and <= 252 or 255 or 257;
}
