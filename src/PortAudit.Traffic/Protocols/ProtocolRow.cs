using System.Collections.Immutable;
using PortAudit.Traffic.Identification;

namespace PortAudit.Traffic.Protocols;

/// <summary>One application protocol that PortAudit knows by name.</summary>
/// <param name="Name">Registry name: Wireshark's display-filter name where there is one, ours elsewhere.</param>
/// <param name="Title">Full name for a reader.</param>
public sealed record ProtocolRow(string Name, string Title)
{
    /// <summary>TCP ports registered for it (IANA service names, or the vendor's documents): hints for direction and for a name of basis <c>port</c>.</summary>
    public ImmutableArray<ushort> TcpPorts { get; init; } = [];

    /// <summary>UDP ports registered for it.</summary>
    public ImmutableArray<ushort> UdpPorts { get; init; } = [];

    /// <summary>True when it encrypts what it carries: behind its handshake no content can be read.</summary>
    public bool HidesContent { get; init; }

    /// <summary>True when it carries what files hold and nothing else: no bytes tell it, and those of a file may be of any protocol.</summary>
    public bool CarriesFiles { get; init; }

    /// <summary>True when its two ends may agree to go on in TLS (STARTTLS and the like): what one of them says in clear at first does not tell whether they did.</summary>
    public bool MayStartTls { get; init; }

    /// <summary>IP protocol numbers that are this protocol's alone: the IP header names it.</summary>
    public ImmutableArray<ushort> IpProtocols { get; init; } = [];

    /// <summary>Recognises it by the bytes of a TCP connection; null for a protocol that is not spoken over TCP, or has no bytes of its own.</summary>
    public IRecogniser? OverTcp { get; init; }

    /// <summary>Recognises it by UDP datagrams; null for a protocol that is not spoken over UDP, or has no bytes of its own.</summary>
    public IRecogniser? OverUdp { get; init; }

    /// <summary>Recognises by echo messages what hides in ICMP, which the IP header names already; null for every other protocol.</summary>
    public IRecogniser? OverIcmp { get; init; }
}
