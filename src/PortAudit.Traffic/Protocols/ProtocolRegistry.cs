using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols;

/// <summary>All application protocols by name, shared by rules, recognisers and reports. To add one, add a row to its
/// family's list and, if its bytes are recognisable, a folder with its parts (docs/adding-a-protocol.md).</summary>
/// <remarks>Ports are from the IANA "Service Name and Transport Protocol Port Number Registry" and, for Microsoft's and
/// Cisco's protocols, from their documents. Ports registered for a protocol within TLS (636, 993, 5061 …) are listed
/// with that protocol; 443 with TLS. Excludes ports claimed by several vendors, and dynamic ranges, which the role
/// catalog covers. A port registered for two rows is listed with the first, so SMB 2 and Microsoft's TURN have none.
/// Three simple services have no recognisable bytes and are named by port only: discard (RFC 863) sends no answer,
/// quote of the day (RFC 865) any text, and time (RFC 868) any four bytes. TLS has no name reader, as its handshake
/// notes contain the names. L2TP, whose responder may answer from another port (RFC 2661 §8.1), has no tracker: no
/// message names that port, and the answer is L2TP by its own bytes.</remarks>
public static class ProtocolRegistry
{
    /// <summary>The rows. Recognisers are tried in this order; no two claim the same bytes.</summary>
    public static readonly ImmutableArray<ProtocolRow> Rows =
    [
        .. CommonProtocols.Rows,
        .. DomainProtocols.Rows,
        .. NetworkProtocols.Rows,
        .. ClientProtocols.Rows,
        .. OtherProtocols.Rows,
        .. IndustrialProtocols.Rows,
    ];

    private static readonly FrozenDictionary<string, ProtocolRow> ByName = Rows.ToFrozenDictionary(row => row.Name,
        StringComparer.Ordinal);

    /// <summary>The services of ALPN names.</summary>
    internal static readonly AlpnServices Alpn =
        new(Rows.SelectMany(row => row.AlpnNames.Select(name => (name, row.Name))));

    /// <summary>Rows by registered TCP port.</summary>
    internal static readonly RowIndex OfTcpPort = new(Rows, row => row.TcpPorts);

    /// <summary>Rows by registered UDP port.</summary>
    internal static readonly RowIndex OfUdpPort = new(Rows, row => row.UdpPorts);

    private static readonly RowIndex OfIpProtocol = new(Rows, row => row.IpProtocols);

    /// <summary>The row of a flow's protocol; null when unknown.</summary>
    /// <param name="number">Index of the row plus one, as in flows; 0 when unknown.</param>
    internal static ProtocolRow? At(int number) => number == 0 ? null : Rows[number - 1];

    /// <summary>The row of a registry name, null when there is none, or no name.</summary>
    public static ProtocolRow? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    /// <summary>The protocol registered for a port; null without one. A hint for direction and for a name with basis
    /// <c>port</c>; no proof.</summary>
    public static ProtocolRow? ByPort(IpProtocol transport, ushort port) =>
        IndexByPort(transport, port) is >= 0 and var index ? Rows[index] : null;

    /// <summary>The protocol of an IP protocol number; null without one, and for transports with ports.</summary>
    public static ProtocolRow? ByTransport(IpProtocol transport) =>
        OfIpProtocol.IndexOf(transport.Value) is >= 0 and var index ? Rows[index] : null;

    /// <summary>True when a port is registered for one of the rows.</summary>
    public static bool IsRegistered(IpProtocol transport, ushort port) => IndexByPort(transport, port) >= 0;

    /// <summary>Index of the row registered for a port; -1 without one.</summary>
    internal static int IndexByPort(IpProtocol transport, ushort port)
    {
        if (transport == IpProtocol.Tcp)
            return OfTcpPort.IndexOf(port);
        return transport == IpProtocol.Udp ? OfUdpPort.IndexOf(port) : -1;
    }
}
