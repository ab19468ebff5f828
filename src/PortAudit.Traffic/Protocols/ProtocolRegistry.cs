using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PortAudit.Traffic.Protocols;

/// <summary>
/// Every application protocol by name: the one list that rules, recognisers and reports share. To add a protocol, add a row and,
/// when its bytes can be recognised, a folder beside this file.
/// </summary>
public static class ProtocolRegistry
{
    /// <summary>The rows. Recognisers are asked in this order; no two claim the same bytes.</summary>
    public static readonly ImmutableArray<ProtocolRow> Rows =
    [
        new("dns", "Domain Name System") { TcpPorts = [53], UdpPorts = [53] },
        new("http", "Hypertext Transfer Protocol"),
        new("msturn", "Microsoft TURN"),
        new("psom", "Persistent Shared Object Model"),
        new("rtcp", "RTP Control Protocol"),
        new("rtp", "Real-time Transport Protocol"),
        new("sip", "Session Initiation Protocol"),
        new("stun", "Session Traversal Utilities for NAT"),
        new("tls", "Transport Layer Security"),
        new("xmpp", "Extensible Messaging and Presence Protocol"),
    ];

    private static readonly FrozenDictionary<string, ProtocolRow> ByName = Rows.ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>The row of a registry name, null when there is none.</summary>
    public static ProtocolRow? Find(string name) => ByName.GetValueOrDefault(name);
}
