namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>Record types (IANA "Resource Record (RR) TYPEs").</summary>
internal static class DnsTypes
{
    /// <summary>EDNS's pseudo-record (RFC 6891 §6.1.1).</summary>
    public const ushort Opt = 41;

    private const ushort Null = 0x0A;
    private const ushort NetBiosName = 0x20;
    private const ushort NetBiosStatus = 0x21;

    /// <summary>True for the types that are assigned or set apart for private use, in the ranges in which IANA assigns.</summary>
    public static bool IsPlausible(ushort type) => type is >= 1 and <= 128 or >= 249 and <= 264 or 32768 or 32769 or >= 65280 and <= 65534;

    /// <summary>True for the types of the NetBIOS name service (RFC 1002 §4.2.1.3): two that DNS has for NIMLOC and SRV, and NULL, which says no.</summary>
    public static bool IsNetBios(ushort type) => type is NetBiosName or NetBiosStatus or Null;
}
