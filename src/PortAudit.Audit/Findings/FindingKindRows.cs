namespace PortAudit.Audit.Findings;

/// <summary>The table of the kinds of findings, and where a kind's row is found.</summary>
public static class FindingKindRows
{
    /// <summary>The row of the kind.</summary>
    public static FindingKindRow Row(this FindingKind kind) => FindingKindRow.All[(int)kind];

    internal static FindingKindRow RowOf(FindingKind kind) => kind switch
    {
        FindingKind.UnexpectedTraffic => new(
            "unexpected-traffic", Severity.Medium,
            "Traffic that no rule explains",
            "Flows between roles on a service that no rule of the catalogs or the site covers.")
        {
            Why = "it arrived, and no rule allows it",
            WhyLesser = "nothing shows that it arrived",
        },
        FindingKind.WrongProtocol => new(
            "wrong-protocol", Severity.High,
            "Another protocol than the rule requires",
            "A rule covers the port, and the bytes prove another protocol than the one it requires.")
        {
            Why = "an allowed port carries a protocol that its rule does not allow",
            IsMisfit = true,
        },
        FindingKind.WrongDirection => new(
            "wrong-direction", Severity.Medium,
            "A flow opened from the wrong side",
            "Rules cover the service in the opposite direction only.")
        {
            Why = "it was opened from the side that the rules do not allow",
        },
        FindingKind.Cleartext => new(
            "cleartext", Severity.High,
            "Cleartext where TLS is required",
            "A rule requires TLS, and the bytes are in clear.")
        {
            Why = "anyone on the path can read its content",
            IsMisfit = true,
        },
        FindingKind.MutualTlsMissing => new(
            "mutual-tls-missing", Severity.Medium,
            "No client certificate where mutual TLS is required",
            "A rule requires mutual TLS, and the handshake shows that the client presented no certificate.")
        {
            Why = "it is encrypted, but one side did not prove who it is",
        },
        FindingKind.UnexplainedDynamicPort => new(
            "unexplained-dynamic-port", Severity.Medium,
            "A dynamic port that was not announced",
            "A flow in the dynamic range of a rule, without an announcement of its port by a control channel.")
        {
            Why = "a rule allows the range, but nothing shows that it is the intended service",
        },
        FindingKind.ForbiddenTraffic => new(
            "forbidden-traffic", Severity.High,
            "Forbidden traffic",
            "Flows that a rule of the site, or a caution of a catalog, forbids.")
        {
            Why = "the site or a vendor prohibits it",
        },
        FindingKind.RequiredFlowBlocked => new(
            "required-flow-blocked", Severity.High,
            "A required flow is blocked",
            "A flow that the deployment needs was tried, and was rejected on the way or never answered.")
        {
            Why = "the deployment needs it, and it did not get through",
            IsAboutNeed = true,
            FoldRank = 2,
        },
        FindingKind.RequiredFlowRefused => new(
            "required-flow-refused", Severity.High,
            "A required flow is refused",
            "A flow that the deployment needs was refused in the responder's name: nothing shows whether it did so "
                + "itself.")
        {
            Why = "the deployment needs it, and the server refused it",
            IsAboutNeed = true,
            FoldRank = 1,
        },
        FindingKind.RequiredFlowOneWay => new(
            "required-flow-one-way", Severity.Medium,
            "Only one direction of a required flow",
            "Only one direction of a flow that the deployment needs was seen.")
        {
            Why = "the deployment needs it, and only half of it was seen",
            IsAboutNeed = true,
            FoldRank = 3,
        },
        FindingKind.RequiredFlowNeverSeen => new(
            "required-flow-never-seen", Severity.Medium,
            "A required flow that was never tried",
            "Both roles were active where a flow that the deployment needs would have been captured, but none was "
                + $"opened.")
        {
            Why = "the deployment needs it, and no attempt was seen",
            WhyLesser = "only some of the hosts took no part",
            IsAboutNeed = true,
            IsAbsence = true,
        },
        FindingKind.AnnouncedPortBlocked => new(
            "announced-port-blocked", Severity.High,
            "An announced port is blocked",
            "A control channel announced a port to a client, and something on the way stopped the client there.")
        {
            Why = "a session was set up, and its data did not get through",
            FoldRank = 0,
        },
        FindingKind.AnnouncedPortUnused => new(
            "announced-port-unused", Severity.Info,
            "Announced ports that were not used",
            "None of the clients for which the ports were announced contacted them.")
        {
            Why = "nothing shows a fault",
            IsAbsence = true,
        },
        FindingKind.RoleMismatch => new(
            "role-mismatch", Severity.Medium,
            "A host that behaves unlike its role",
            "The behaviour of a host contradicts the role that the site gives it.")
        {
            Why = "what it serves is certain, so the site file is wrong or the host is",
            WhyLesser = "what it serves is likely, not certain",
        },
        FindingKind.PortScan => new(
            "port-scan", Severity.Medium,
            "A port scan",
            "Hosts tried many ports or hosts in a way that no service explains.")
        {
            Why = "it looks for what is there",
            WhyGraver = "something answered that no rule allows",
            WhyLesser = "no open service was found",
        },
        FindingKind.ObsoleteService => new(
            "obsolete-service", Severity.Medium,
            "An obsolete service",
            "Flows of a service or version that is not to be used any more.")
        {
            Why = "it has known weaknesses",
            WhyGraver = "secrets can be read or forged",
            WhyLesser = "the weakness is small here",
        },
        FindingKind.ExpiredException => new(
            "expired-exception", Severity.Low,
            "An exception that has expired",
            "An exception of the site expired before the capture ended.")
        {
            Why = "the traffic it excused is reported again",
            IsAboutException = true,
        },
        FindingKind.UnusedException => new(
            "unused-exception", Severity.Info,
            "An exception that was not used",
            "No flow of the capture matched an exception of the site.")
        {
            Why = "it excuses nothing now",
            IsAbsence = true,
            IsAboutException = true,
        },
        FindingKind.NothingJudged => new(
            "nothing-judged", Severity.Medium,
            "Nothing was judged",
            "Every flow of the captures was out of scope or housekeeping of the link, so the audit says nothing of the "
                + "rules.")
        {
            Why = "an audit without judged flows proves nothing",
            IsAbsence = true,
        },
        FindingKind.ServiceDown => new(
            "service-down", Severity.High,
            "A required service does not listen",
            "A flow that the deployment needs reached its host, and the host itself refused it.")
        {
            Why = "the deployment needs it, and no program listens on its port",
            IsAboutNeed = true,
            FoldRank = 1,
        },
        FindingKind.RemoteAdministration => new(
            "remote-administration", Severity.High,
            "Remote administration that no rule names",
            "Bytes prove an operation by which a host is administered from afar, across a border between segments, "
                + "from client to client, or where no rule expects it.")
        {
            IsRemoteControl = true,
            Why = "it gives control of the host",
            WhyLesser = "it may be ordinary work",
        },
        FindingKind.HandshakeIncomplete => new(
            "handshake-incomplete", Severity.Medium,
            "A handshake that stops after the SYN-ACK",
            "The responder answered, and the third packet of the TCP handshake never came: the way back or the last "
                + "leg fails.")
        {
            Why = "the connection was never established",
            WhyGraver = "the deployment needs it, and the connection was never established",
            WhyLesser = "it may be a flood or a scan",
            FoldRank = 0,
        },
        FindingKind.SessionLostIdle => new(
            "session-lost-idle", Severity.Medium,
            "Sessions die after idle",
            "A connection worked, was silent for a time, and was dropped or reset by a device when it was used again.")
        {
            Why = "users lose their sessions",
        },
        FindingKind.LargePacketsLost => new(
            "large-packets-lost", Severity.Medium,
            "Full-size packets are lost",
            "Full-size segments were lost however often they were sent, while smaller ones passed.")
        {
            Why = "small requests work, and large ones hang",
        },
        FindingKind.FragmentsLost => new(
            "fragments-lost", Severity.Medium,
            "First fragments without the rest",
            "Of fragmented datagrams only the first fragment was seen.")
        {
            Why = "large datagrams do not arrive completely",
            WhyLesser = "the other side answered nevertheless",
        },
        FindingKind.DeclinedRequest => new(
            "declined-request", Severity.Low,
            "A request that the server does not serve",
            "Clients asked for a protocol that the server does not speak on the port, as scanners do.")
        {
            Why = "the server does not serve it",
        },
        FindingKind.HiddenTunnel => new(
            "hidden-tunnel", Severity.High,
            "Traffic hidden in another protocol",
            "Well-formed messages of DNS, ICMP or a WebSocket seem to carry other traffic past the rules.")
        {
            IsRemoteControl = true,
            Why = "it carries data, or the control of a host, past every rule",
            WhyLesser = "nothing answered, or security software can explain it",
        },
        FindingKind.KnownAttack => new(
            "known-attack", Severity.High,
            "A known attack",
            "Bytes of a known attack or worm, which no legitimate host sends; reported even if a rule covers the port.")
        {
            IsRemoteControl = true,
            Why = "no legitimate host sends it",
        },
        FindingKind.RequiredFlowClosed => new(
            "required-flow-closed", Severity.High,
            "A required flow is closed by configuration",
            "A flow that the deployment needs has to pass a firewall whose configuration stops it.")
        {
            Why = "the deployment needs it, and the firewall stops it",
            WhyLesser = "the firewall stops a part of it",
            IsAbsence = true,
        },
        FindingKind.TrafficOutsidePolicy => new(
            "traffic-outside-policy", Severity.High,
            "Traffic that the firewall's configuration stops",
            "Connections reached the responder although the configuration of a firewall between the two stops them.")
        {
            Why = "it takes another path, or the firewall runs another configuration",
        },
        FindingKind.PermittedNotPassing => new(
            "permitted-not-passing", Severity.Low,
            "Permitted by the configuration, yet stopped",
            "Connections were stopped although the configuration of the firewall between the two permits them.")
        {
            Why = "another device may stop it",
        },
        FindingKind.NewTraffic => new(
            "new-traffic", Severity.Low,
            "A service that is new between two roles",
            "Connections of a service that the learned baseline does not have between these roles.")
        {
            Why = "no rule allows it, and it was not there before",
            WhyLesser = "rules allow it",
        },
        FindingKind.UnlikeBaseline => new(
            "unlike-baseline", Severity.Info,
            "A known service, used unlike before",
            "A service that the learned baseline has, with more clients, larger connections, at other hours, between "
                + "other segments, or with other issuers or interfaces.")
        {
            Why = "unlike before is not wrong",
        },
        FindingKind.PeriodicConnections => new(
            "periodic-connections", Severity.Info,
            "Connections at regular intervals",
            "A host connects to another at intervals too regular for chance, which the learned baseline does not have.")
        {
            Why = "many programs connect like this",
        },
        FindingKind.BehavesUnlikeName => new(
            "behaves-unlike-name", Severity.Low, "Traffic that behaves unlike its name",
            "Rules allow the port and no bytes prove the protocol; by sizes and times of packets a model takes the "
                + "flows for something that the rules are not for.")
        {
            Why = "a model says so, and nothing proves it",
        },
    };
}
