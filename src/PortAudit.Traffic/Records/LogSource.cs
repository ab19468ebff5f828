using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>A kind of program that writes flow logs, and what its logs can tell of a flow. What they cannot is unknown,
/// never absent: no verdict may rest on it (docs/flow-logs.md, "What it cannot know").</summary>
/// <param name="Name">Name in output.</param>
/// <param name="IdentifierName">What the program calls its identifier of a flow.</param>
public sealed record LogSource(string Name, string IdentifierName)
{
    /// <summary>Zeek: conn.log and the logs beside it.</summary>
    public static readonly LogSource Zeek = new("Zeek", "uid")
    {
        KnowsPayload = true,
        KnowsHandshakes = true,
        KnowsPayloadBytes = true,
        KnowsStartTls = true,
    };

    /// <summary>Suricata: the EVE log.</summary>
    public static readonly LogSource Suricata = new("Suricata", "flow_id")
    {
        KnowsPayload = true,
        KnowsHandshakes = true,
        KnowsFrames = true,
    };

    /// <summary>AWS: flow logs of VPCs and transit gateways.</summary>
    public static readonly LogSource Aws = new("AWS", "interface-id");

    /// <summary>Azure: flow logs of virtual networks and network security groups.</summary>
    public static readonly LogSource Azure = new("Azure", "macAddress")
    {
        RowName = "tuple",
        KnowsFrames = true,
    };

    /// <summary>Google Cloud: VPC Flow Logs and Firewall Rules Logging.</summary>
    public static readonly LogSource Gcp = new("Google Cloud", "insertId") { HoldsSamples = true };

    /// <summary>NetFlow v1, v5, v7 and v9: datagrams of routers and probes.</summary>
    public static readonly LogSource NetFlow = new("NetFlow", "record") { RowName = "datagram" };

    /// <summary>IPFIX (RFC 7011): the same by its standard.</summary>
    public static readonly LogSource Ipfix = new("IPFIX", "record") { RowName = "datagram" };

    /// <summary>Events of connections that a Cisco ASA exports as NetFlow v9 (NSEL).</summary>
    public static readonly LogSource Nsel = new("Cisco NSEL", "record") { RowName = "datagram" };

    /// <summary>nfdump: records of NetFlow and IPFIX that its collector stored, as JSON.</summary>
    public static readonly LogSource Nfdump = new("nfdump", "record");

    /// <summary>All sources, one row each.</summary>
    public static readonly ImmutableArray<LogSource> All =
        [Zeek, Suricata, NetFlow, Ipfix, Nsel, Nfdump, Aws, Azure, Gcp];

    /// <summary>What <see cref="LogOrigin.Line"/> counts: <c>line</c>, <c>datagram</c> or
    /// <c>tuple</c>.</summary>
    public string RowName { get; init; } = "line";

    /// <summary>True when it never counts all packets.</summary>
    public bool HoldsSamples { get; init; }

    /// <summary>True when the protocol was proved by payload where the log names one.</summary>
    public bool KnowsPayload { get; init; }

    /// <summary>True when the log shows what control channels announced: ports of RPC, media and data
    /// connections.</summary>
    public bool KnowsAnnouncements { get; init; }

    /// <summary>True when it tells whether the host itself or another device sent a reset.</summary>
    public bool KnowsResets { get; init; }

    /// <summary>True when it tells which flow an ICMP error stopped.</summary>
    public bool KnowsIcmpErrors { get; init; }

    /// <summary>True when it holds TLS handshakes.</summary>
    public bool KnowsHandshakes { get; init; }

    /// <summary>True when it tells how long the responder took to answer.</summary>
    public bool KnowsAnswers { get; init; }

    /// <summary>True when bytes count whole frames; else they count from the IP header on.</summary>
    public bool KnowsFrames { get; init; }

    /// <summary>True when it counts payload; else <see cref="DirectionCounters.PayloadBytes"/> is 1 where there was
    /// some, and 0 means unknown.</summary>
    public bool KnowsPayloadBytes { get; init; }

    /// <summary>True when it tells of every protocol that may turn into TLS that it did.</summary>
    public bool KnowsStartTls { get; init; }

    /// <summary>True when it tells when bytes passed within a flow.</summary>
    public bool KnowsByteTimes { get; init; }
}
