using System.Collections.Immutable;
using PortAudit.Traffic.Names.Dhcp;
using PortAudit.Traffic.Names.Dns;
using PortAudit.Traffic.Names.Kerberos;
using PortAudit.Traffic.Names.NetBios;
using PortAudit.Traffic.Names.Ntlm;
using PortAudit.Traffic.Names.Smb;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Dns;

namespace PortAudit.Traffic.Names;

/// <summary>
/// The protocols that tell names, with the reader of each: one row adds one. TLS is not among them: what its handshake shows is in
/// <see cref="Identification.TlsHandshake"/> already.
/// </summary>
internal static class NameReaders
{
    /// <summary>Readers by the registry names of their protocols.</summary>
    public static readonly ImmutableArray<(string Protocol, INameReader Reader)> Rows =
    [
        ("dns", new DnsNameReader(DnsDialect.Unicast, NameGround.DnsAnswer)),
        ("mdns", new DnsNameReader(DnsDialect.Multicast, NameGround.Mdns)),
        ("llmnr", new DnsNameReader(DnsDialect.LinkLocal, NameGround.Llmnr)),
        ("nbns", new NbnsNameReader()),
        ("nbdgm", new NbdgmNameReader()),
        ("nbss", new SmbNameReader()),
        ("smb", new SmbNameReader()),
        ("smb2", new SmbNameReader()),
        ("dhcp", new DhcpNameReader()),
        ("kerberos", new KerberosNameReader()),
        ("http", new HttpNameReader()),
        ("ldap", new TokenNameReader()),
        ("dcerpc", new TokenNameReader()),
        ("tds", new TokenNameReader()),
    ];

    private static readonly ImmutableArray<INameReader?> ByRow = [.. ProtocolRegistry.Rows.Select(row => Rows.FirstOrDefault(reader => reader.Protocol == row.Name).Reader)];

    /// <summary>The reader for a protocol, null when it tells no names.</summary>
    /// <param name="protocolRow">Index of the protocol in the registry plus one; 0 while it is unknown.</param>
    public static INameReader? Of(int protocolRow) => protocolRow == 0 ? null : ByRow[protocolRow - 1];
}
