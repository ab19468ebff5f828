using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>A name of an address seen in the traffic. Network data: may be wrong or forged, is escaped for display, and
/// affects no verdict.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The name in lower case, without control characters, at most <see cref="NameText.MaximumLength"/>
/// characters.</param>
/// <param name="Basis">Its basis.</param>
/// <param name="Sightings">Datagrams and connections that gave it; captures, for
/// <see cref="NameBasis.Pcapng"/>.</param>
/// <param name="FirstNs">Time of the first, in nanoseconds since the Unix epoch; null when no packet gave it.</param>
/// <param name="LastNs">Time of the last.</param>
public sealed record NameSighting(IpAddress Address, string Name, NameBasis Basis, long Sightings, long? FirstNs,
    long? LastNs);

/// <summary>Basis of an address name, in the reports' order of preference: the network's directories, then what a host
/// says of itself, then what others call it.</summary>
public enum NameBasis : byte
{
    /// <summary>An answer of a DNS server (RFC 1035): an address record, or a pointer record.</summary>
    DnsAnswer,

    /// <summary>The name that a DHCP client sent (RFC 2132 §3.14, RFC 4702).</summary>
    Dhcp,

    /// <summary>The computer's own name in an NTLM message ([MS-NLMP] 2.2.1.2 and 2.2.1.3).</summary>
    Ntlm,

    /// <summary>The principal of a computer account, or of the service for a ticket (RFC 4120 §5.2.2).</summary>
    Kerberos,

    /// <summary>A name in a NetBIOS registration or response (RFC 1002 §4.2), session or datagram (§4.3,
    /// §4.4).</summary>
    NetBios,

    /// <summary>An answer of multicast DNS (RFC 6762).</summary>
    Mdns,

    /// <summary>An answer of link-local multicast name resolution (RFC 4795).</summary>
    Llmnr,

    /// <summary>Subject or alternative name in a server's certificate (RFC 5280 §4.1.2.6, §4.2.1.6).</summary>
    Certificate,

    /// <summary>The server in the path of an SMB share connected to ([MS-SMB2] 2.2.9, [MS-CIFS] 2.2.4.55).</summary>
    Smb,

    /// <summary>The server name requested by a TLS client (RFC 6066 §3).</summary>
    Sni,

    /// <summary>A name resolved by the capturing program (draft-ietf-opsawg-pcapng §4.5): stated by the file, not by a
    /// packet.</summary>
    Pcapng,
}

/// <summary>Texts of <see cref="NameBasis"/> in output.</summary>
public static class NameBasisText
{
    /// <summary>The text in output.</summary>
    public static string ToText(this NameBasis basis) => basis switch
    {
        NameBasis.DnsAnswer => "dns-answer",
        NameBasis.Dhcp => "dhcp",
        NameBasis.Ntlm => "ntlm",
        NameBasis.Kerberos => "kerberos",
        NameBasis.NetBios => "netbios",
        NameBasis.Mdns => "mdns",
        NameBasis.Llmnr => "llmnr",
        NameBasis.Certificate => "certificate",
        NameBasis.Smb => "smb",
        NameBasis.Sni => "sni",
        NameBasis.Pcapng => "pcapng",
    };
}
