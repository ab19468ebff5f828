namespace PortAudit.Audit.Findings;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Minor.</summary>
    Low,

    /// <summary>Should be looked at.</summary>
    Medium,

    /// <summary>Should be mended.</summary>
    High,

    /// <summary>Should be mended now.</summary>
    Critical,
}

/// <summary>What a finding is about. The closed set of design §7; a member is added with its first producer.</summary>
public enum FindingKind
{
    /// <summary>Traffic that no rule covers.</summary>
    UnexpectedTraffic,

    /// <summary>A right port with a wrong protocol.</summary>
    WrongProtocol,

    /// <summary>Only the reverse direction is covered.</summary>
    WrongDirection,

    /// <summary>Plain traffic where TLS is asked for.</summary>
    Cleartext,

    /// <summary>TLS where the rule wants certificates of both sides, and the handshake proves that one showed
    /// none.</summary>
    MutualTlsMissing,

    /// <summary>An unannounced port of a dynamic range.</summary>
    UnexplainedDynamicPort,

    /// <summary>Traffic that the site forbids.</summary>
    ForbiddenTraffic,

    /// <summary>A required flow was tried and stopped on the way.</summary>
    RequiredFlowBlocked,

    /// <summary>A required flow was tried and the responder said no.</summary>
    RequiredFlowRefused,

    /// <summary>Only one direction of a required flow was seen.</summary>
    RequiredFlowOneWay,

    /// <summary>A required flow that was not tried.</summary>
    RequiredFlowNeverSeen,

    /// <summary>A port was announced, its client tried it, and something on the way stopped it.</summary>
    AnnouncedPortBlocked,

    /// <summary>Announced ports that none of the intended clients contacted.</summary>
    AnnouncedPortUnused,

    /// <summary>A host behaves like a role that the site does not give it.</summary>
    RoleMismatch,

    /// <summary>Probes of an address that looks for what is there, or of those of the Internet.</summary>
    PortScan,

    /// <summary>A protocol, version or way to log in that should not be used any more.</summary>
    ObsoleteService,

    /// <summary>An exception that expired before the capture ended.</summary>
    ExpiredException,

    /// <summary>An exception that no flow used.</summary>
    UnusedException,

    /// <summary>An audit in which no flow was judged.</summary>
    NothingJudged,

    /// <summary>A required flow came to its host, and the host itself refused it.</summary>
    ServiceDown,

    /// <summary>A host administers another across a border, or where no rule expects it, or a client another client,
    /// and no rule names it.</summary>
    RemoteAdministration,

    /// <summary>TCP handshakes that stopped after the SYN-ACK.</summary>
    HandshakeIncomplete,

    /// <summary>TCP sessions that failed when they were used again after a long silence.</summary>
    SessionLostIdle,

    /// <summary>Full-size segments that are lost while smaller ones pass.</summary>
    LargePacketsLost,

    /// <summary>First fragments without the rest of their datagrams.</summary>
    FragmentsLost,

    /// <summary>Clients asked for something that the server does not serve on the port.</summary>
    DeclinedRequest,

    /// <summary>Other traffic seems to hide in messages of DNS, ICMP or a WebSocket.</summary>
    HiddenTunnel,

    /// <summary>Bytes that only who attacks sends.</summary>
    KnownAttack,

    /// <summary>The configuration of a firewall stops what the site needs.</summary>
    RequiredFlowClosed,

    /// <summary>Traffic arrived that the configuration of a firewall stops.</summary>
    TrafficOutsidePolicy,

    /// <summary>Traffic was stopped that the configuration of a firewall permits.</summary>
    PermittedNotPassing,

    /// <summary>A service between two roles that a baseline does not have.</summary>
    NewTraffic,

    /// <summary>A service that a baseline has, used unlike before.</summary>
    UnlikeBaseline,

    /// <summary>Connections at regular intervals that a baseline does not have.</summary>
    PeriodicConnections,

    /// <summary>Rules let it pass by its port, and a model takes it for something that they are not for.</summary>
    BehavesUnlikeName,
}

/// <summary>The names of <see cref="FindingKind"/> and <see cref="Severity"/> in output.</summary>
public static class FindingText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this FindingKind kind) => kind.Row().Text;

    /// <summary>The name in output.</summary>
    public static string ToText(this Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.High => "high",
        Severity.Medium => "medium",
        Severity.Low => "low",
        Severity.Info => "info",
    };
}
