using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols;

/// <summary>
/// Every application protocol by name: the one list that rules, recognisers and reports share. To add a protocol, add a
/// row to the list of its family and, when its bytes can be read, a folder with its parts (docs/adding-a-protocol.md).
/// </summary>
/// <remarks>
/// Ports are those of the IANA "Service Name and Transport Protocol Port Number Registry" and, for Microsoft's and
/// Cisco's own protocols, of their documents. A port whose registered meaning is a protocol within TLS (636, 993, 5061
/// …) stands with that protocol; 443 stands with TLS. Ports that several vendors claim and dynamic ranges are left out:
/// the role catalog knows them by place. Where one port is registered for two rows, it stands with the first alone, so
/// SMB 2 and Microsoft's TURN have none. Three simple services have no bytes of their own and so no recogniser, and are
/// named by port alone: discard (RFC 863) answers nothing, quote of the day (RFC 865) is any text, as a banner is, and
/// time (RFC 868) any four bytes. TLS has no reader of names, as its handshake notes have them. L2TP, whose responder
/// may answer from another port (RFC 2661 §8.1), has no tracker: no message names that port, and the answer that comes
/// from it is L2TP by its own bytes, which say who asked.
/// </remarks>
public static class ProtocolRegistry
{
    /// <summary>The rows. Recognisers are asked in this order; no two claim the same bytes.</summary>
    public static readonly ImmutableArray<ProtocolRow> Rows =
    [
        .. CommonProtocols.Rows,
        .. DomainProtocols.Rows,
        .. NetworkProtocols.Rows,
        .. ClientProtocols.Rows,
        .. OtherProtocols.Rows,
    ];

    private static readonly FrozenDictionary<string, ProtocolRow> ByName = Rows.ToFrozenDictionary(row => row.Name,
        StringComparer.Ordinal);

    /// <summary>The services of ALPN names.</summary>
    internal static readonly AlpnServices Alpn =
        new(Rows.SelectMany(row => row.AlpnNames.Select(name => (name, row.Name))));

    /// <summary>The rows by the TCP ports that are registered for them.</summary>
    internal static readonly RowIndex OfTcpPort = new(Rows, row => row.TcpPorts);

    /// <summary>The rows by their UDP ports.</summary>
    internal static readonly RowIndex OfUdpPort = new(Rows, row => row.UdpPorts);

    private static readonly RowIndex OfIpProtocol = new(Rows, row => row.IpProtocols);

    /// <summary>The row of a flow's protocol, null while that is unknown.</summary>
    /// <param name="number">Index of the row plus one, as flows keep it; 0 while the protocol is unknown.</param>
    internal static ProtocolRow? At(int number) => number == 0 ? null : Rows[number - 1];

    /// <summary>The row of a registry name, null when there is none, or no name.</summary>
    public static ProtocolRow? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    /// <summary>The protocol for which a port is registered, null when there is none. A hint for direction and for a
    /// name of basis <c>port</c>; it proves nothing.</summary>
    public static ProtocolRow? ByPort(IpProtocol transport, ushort port) =>
        PlaceByPort(transport, port) is >= 0 and var place ? Rows[place] : null;

    /// <summary>The protocol that an IP protocol number names; null when there is none, and for transports with
    /// ports.</summary>
    public static ProtocolRow? ByTransport(IpProtocol transport) =>
        OfIpProtocol.PlaceOf(transport.Value) is >= 0 and var place ? Rows[place] : null;

    /// <summary>True when a port is registered for one of the rows.</summary>
    public static bool IsRegistered(IpProtocol transport, ushort port) => PlaceByPort(transport, port) >= 0;

    /// <summary>Index of the row for which a port is registered, -1 when there is none.</summary>
    internal static int PlaceByPort(IpProtocol transport, ushort port)
    {
        if (transport == IpProtocol.Tcp)
            return OfTcpPort.PlaceOf(port);
        return transport == IpProtocol.Udp ? OfUdpPort.PlaceOf(port) : -1;
    }
}
