using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>A name of an address that was seen on the way. It is data from the network: it may be wrong or forged, is
/// escaped where it is shown, and judges nothing.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The name in lower case, without control characters, at most <see cref="NameText.MaximumLength"/>
/// characters.</param>
/// <param name="Ground">What it rests on.</param>
/// <param name="Sightings">Datagrams and connections that told it; captures, where it rests on
/// <see cref="NameBasis.Pcapng"/>.</param>
/// <param name="FirstNs">Time of the first of them, in nanoseconds since the Unix epoch; null where captures have it
/// from elsewhere.</param>
/// <param name="LastNs">Time of the last of them.</param>
public sealed record NameSighting(IpAddress Address, string Name, NameBasis Ground, long Sightings, long? FirstNs,
    long? LastNs);

/// <summary>What a name of an address rests on. The order is that in which a report prefers them: first what the
/// network's own directories say, then what a host says of itself, last what others call it.</summary>
public enum NameBasis : byte
{
    /// <summary>An answer of a DNS server (RFC 1035): an address record, or a pointer record.</summary>
    DnsAnswer,

    /// <summary>The name that a host gave when it was given its address (RFC 2132 §3.14, RFC 4702).</summary>
    Dhcp,

    /// <summary>The computer name in a message of NTLM ([MS-NLMP] 2.2.1.2 and 2.2.1.3), said by the computer
    /// itself.</summary>
    Ntlm,

    /// <summary>The principal of a computer account, or of the service to which a ticket was shown (RFC 4120
    /// §5.2.2).</summary>
    Kerberos,

    /// <summary>A name registered or answered by NetBIOS (RFC 1002 §4.2), or said in a session or datagram (§4.3,
    /// §4.4).</summary>
    NetBios,

    /// <summary>An answer of multicast DNS (RFC 6762).</summary>
    Mdns,

    /// <summary>An answer of link-local multicast name resolution (RFC 4795).</summary>
    Llmnr,

    /// <summary>The subject or an alternative name of the certificate that a server showed (RFC 5280 §4.1.2.6,
    /// §4.2.1.6).</summary>
    Certificate,

    /// <summary>The server in the path of an SMB share that a client connected to ([MS-SMB2] 2.2.9, [MS-CIFS]
    /// 2.2.4.55).</summary>
    Smb,

    /// <summary>The server name that a client of TLS asked for (RFC 6066 §3).</summary>
    Sni,

    /// <summary>A name that whoever captured had resolved (draft-ietf-opsawg-pcapng §4.5): a claim of the file, not of
    /// a packet.</summary>
    Pcapng,
}

/// <summary>The names of <see cref="NameBasis"/> in output.</summary>
public static class NameBasisText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this NameBasis ground) => ground switch
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
