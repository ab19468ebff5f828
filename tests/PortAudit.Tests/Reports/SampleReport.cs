using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Reports;

/// <summary>A report built by hand that fills every part of the formats once.</summary>
internal static class SampleReport
{
    private const long StartNs = 1_367_402_400_000_001_000;
    private const long EndNs = 1_367_406_061_500_000_000;

    private static readonly SourceDocument Express =
        new("express-for-lync", "Express for Lync", "Example Press", "2013-11-04", new string('a', 64));

    private static readonly Rule SipIn = MakeRule("lync.edge-internal.sip-in",
        "SIP from Director or Front End to the Edge", Need.Required);

    private static readonly Rule Dns = MakeRule("windows.dns", "Name resolution", Need.Conditional);

    private static readonly CaptureSummary Inside = new(
        "captures/inside.pcap", "pcap, microseconds, little-endian", 1234, StartNs, EndNs, 6, [],
        new CaptureEnd(CaptureEndKind.Complete, 98_765, ""))
    {
        Links = [new LinkCount(LinkType.Ethernet, 1234)],
        Clock = new CaptureClock(2, 29_000, 61_500_000_000),
    };

    private static readonly SeenNames Seen = new(
    [
        new NameSighting(Client(2), "ws02.contoso.com", NameBasis.DnsAnswer, 3, StartNs, EndNs),
        new NameSighting(Client(2), "ws02", NameBasis.NetBios, 1, StartNs, StartNs),
        new NameSighting(Client(9), "ws\u202e09", NameBasis.Dhcp, 1, StartNs, StartNs),
        new NameSighting(Client(9), "nine", NameBasis.Pcapng, 2, null, null),
    ]);

    private static readonly CaptureSummary Outside = new(
        "captures/outside.pcapng", "pcapng", 66, StartNs, EndNs, 6, [],
        new CaptureEnd(CaptureEndKind.Cut, 4096, "the file ends inside a block"))
    {
        Links = [new LinkCount(LinkType.Ethernet, 60), new LinkCount(new LinkType(147), 6)],
        Clock = new CaptureClock(1, 2_500_000_000, 0),
        Annotations = new CaptureAnnotations
        {
            Damages = [new CaptureDamage(512, 40, "the block at offset 512 has unequal lengths")],
            DamagesNotListed = 2,
            Drops =
            [
                new InterfaceStatistics(0, "eth1") { Received = 100, DroppedByInterface = 4, DroppedBySystem = 30,
                    Accepted = 90, Delivered = 66 },
                new InterfaceStatistics(1, null) { LostBetweenPackets = 1 },
                new InterfaceStatistics(2, "eth3") { Received = 7 },
            ],
            Comments =
            [
                new CaptureComment(CommentSubject.Section, 1, "recorded at\nthe \u001b[31mfirewall"),
                new CaptureComment(CommentSubject.Interface, 1, "mirror port"),
                new CaptureComment(CommentSubject.Frame, 1234, new string('x', 170)),
                new CaptureComment(CommentSubject.Frame, 1235, "late"),
            ],
            CommentsNotKept = 5,
            Names = [new CapturedName("10.0.0.12", "dir01.contoso.com")],
            NamesNotKept = 1,
            Writers = [new CaptureWriter(null, "Linux 6.1", "Dumpcap 4.0")],
        },
    };

    private static readonly PointSummary Point = new("firewall-inside", 1300, 456_789, 7, StartNs, EndNs,
        ["not port 22"])
    {
        Dropped = 35,
        HeadersCut = 2,
        Duplicates = 1,
        Flows = 31,
        FlowBytes = 450_000,
        EncryptedFlows = 8,
        EncryptedBytes = 449_955,
        Clock = new CaptureClock(3, 2_500_000_000, 61_500_000_000),
        Streams = new StreamCounters(6, 1, 2, 1, 3, 2, 2920),
        HolesClosedEarly = 1,
    };

    /// <summary>A run with findings of every severity that text has to show, a cut capture and one that could not be
    /// opened.</summary>
    public static AuditRun Run() =>
        new(Report(), "1.2.3", [new UnreadInput("captures/gone.pcap", 0, "no such file")], Interrupted: false);

    /// <summary>The same run with every kind of change since an earlier report.</summary>
    public static AuditRun RunWithBaseline() => Run() with
    {
        ExitCode = 3,
        Errors = ["captures/gone.pcap: no such file"],
        CaptureHashes = new Dictionary<string, string> { ["captures/inside.pcap"] = new('d', 64) }.ToFrozenDictionary(),
        Baseline = new BaselineComparison
        {
            File = "reports/old.json",
            Sha256 = new string('e', 64),
            WindowStart = "2013-04-01T10:00:00.000000Z",
            WindowEnd = "2013-04-01T11:00:00.000000Z",
            Caveats = ["The site file has changed since the earlier report."],
            Findings =
            [
                new("f-0123456789abcdef", "required-flow-blocked", FindingChange.Changed, ChangeBasis.Behaviour,
                    Severity.High, Severity.Medium, "lync-director", "lync-edge-internal", SipIn.Id,
                    "Its severity was medium and is high."),
                new("f-fedcba9876543210", "unexpected-traffic", FindingChange.New, ChangeBasis.Visibility,
                    Severity.Medium, null, "lync-director", "lync-edge-internal", null, "Newly visible."),
                new("f-00000000000000aa", "unused-exception", FindingChange.Unchanged, null, Severity.Info,
                    Severity.Info, "", "", null, "As before."),
                new("f-00000000000000bb", "kind-of-tomorrow", FindingChange.Gone, ChangeBasis.Configuration, null,
                    Severity.Low, "evil[x](http://e)", "{0}", "gone.rule", "The rule is not there."),
            ],
            Rules = [new(SipIn.Id, "lync-director", "lync-edge-internal", RuleStatus.Seen, RuleStatus.Blocked,
                ChangeBasis.Behaviour, "Before: seen. Now: blocked."),
                    new("gone.rule", "a", "b", RuleStatus.Seen, null, ChangeBasis.Configuration, "Gone.")],
        },
    };

    /// <summary>A run over a capture without any packet.</summary>
    public static AuditRun EmptyRun()
    {
        var empty = Inside with
        {
            Packets = 0,
            FirstNs = null,
            LastNs = null,
            End = new CaptureEnd(CaptureEndKind.Complete, 24, ""),
            Links = [],
            Clock = default
        };
        var report = Report() with
        {
            Observation = new ObservationSummary
            {
                Captures = [empty],
                Points = [],
                DecodeStops = [],
                FlowsEvicted = 0,
                IdentificationsSkipped = 0
            },
            Coverage = new CoverageSummary(null, null, 6, 0, 0, 0, 0, 0, [], ["lync-director"], [], [], []),
            RolePairs = [],
            Rules = [],
            Findings = [],
            Exceptions = [],
            Names = SeenNames.None,
            FlowsJudged = 0,
            Diagnostics = [],
        };
        return new AuditRun(report, "1.2.3", [], Interrupted: false);
    }

    private static AuditReport Report() => new()
    {
        Site = "Contoso pilot",
        SiteFile = "site.yaml",
        SiteSha256 = new string('b', 64),
        Catalogs =
            [new CatalogUse("lync-server-2013", "Microsoft Lync Server 2013", new string('c', 64), 2, [Express])],
        Observation = new ObservationSummary
        {
            Captures = [Inside, Outside],
            Points = [Point],
            DecodeStops =
            [
                new DecodeStopCount(DecodeLayer.Link, DecodeReason.NotDecoded, 12, new FrameReference(0, 34)),
                new DecodeStopCount(DecodeLayer.Link, DecodeReason.Encrypted, 9, new FrameReference(0, 40)),
            ],
            Vlans = new FlowBreakdown([.. Enumerable.Range(1, 14).Select(number =>
                new FlowSum($"{number}", number, 10 * number, 1000 * number))], new FlowSum("", 2, 4, 240)),
            Tunnels = new FlowBreakdown([new FlowSum("gre:7", 3, 40, 4000), new FlowSum("gre:7/vxlan:33", 1, 4, 400)],
                new FlowSum("", 0, 0, 0)),
            Fragments = new FragmentCounts(5, 1, 2, 3, 4),
            PacketsOfOtherTunnels = 17,
            FlowsEvicted = 3,
            IdentificationsSkipped = 0,
        },
        Coverage = new CoverageSummary(
            StartNs, EndNs, 6, 1300, 456_789, 31, 2, 7, ["lync-director", "lync-edge-internal"], ["lync-xmpp-gateway"],
            ["internal", "perimeter"],
            [Point],
            ["Flows that recur daily: the captures cover 1 h 1 min.",
                "Traffic of port 22: the capture filter left it out."])
        {
            Shares = new CoverageShares(0.005385m, 0.064516m, 0.0002m, 0.258065m, 0.9999m),
        },
        RolePairs =
        [
            new RolePair(
                "lync-director", "lync-edge-internal", 29, 400_000,
                [new(Verdict.ExpectedByPort, 20), new(Verdict.Unexpected, 9)],
                [new(Outcome.Established, 24), new(Outcome.Unanswered, 5)],
                new DispositionCounts(16, 8, 1, 4), ["http", "tls/sip"]),
            new RolePair("lync-edge-internal", "internet", 1, 5_000, [new(Verdict.Excepted, 1)],
                [new(Outcome.Established, 1)], new DispositionCounts(1, 0, 0, 0), []),
        ],
        Rules = Rules(),
        Findings = [Blocked(), Unexpected(), UnusedException()],
        Names = Seen,
        Hosts =
        [
            new HostRow("dir01", ["10.0.0.12"], ["lync-director"], 29, StartNs, EndNs),
            new HostRow(null, ["10.0.64.9"], ["lync-client"], 0, null, null) { Names = Seen.Of("10.0.64.9") },
        ],
        Exceptions =
        [
            new ExceptionRow(Exception("EX-7", [new PortRange(10000, 10000), new PortRange(10100, 10199)],
                new DateOnly(2027, 3, 31)), 1, false),
            new ExceptionRow(Exception("EX-8", [], new DateOnly(2012, 12, 31)), 0, true),
        ],
        FlowsJudged = 30,
        Diagnostics = ["site.yaml:12:5: unknown key 'host'; write 'hosts'"],
    };

    private static ImmutableArray<RuleRow> Rules() =>
    [
        Row(SipIn, "lync-director", RuleStatus.Blocked, "dir01 tried edge1 5 times and got no answer.", 5),
        Row(Dns, "lync-director", RuleStatus.NotObservable, "No host of global-catalog appears in the captures.", 0),
        Row(Dns, "lync-front-end", RuleStatus.NotObservable, "No host of global-catalog appears in the captures.", 0),
        Row(MakeRule("lync.web", "Web services", Need.Optional), "lync-director", RuleStatus.SeenByPort,
            "20 flows exercised it; the payload could not prove the protocol.", 20),
        Row(MakeRule("lync.av", "Authentication of A/V users", Need.Required), "lync-front-end", RuleStatus.Seen,
            "20 flows used it, with sip proved.", 20) with
        {
            IdleOriginators = new NonParticipants([new IdleHost("fe02", IdleReason.NotTried),
                new IdleHost("fe03", IdleReason.Silent)], 1, 388, 400),
            IdleResponders = new NonParticipants([new IdleHost("edge2", IdleReason.Misfit)], 0, 0, 0),
        },
        Row(MakeRule("lync.xmpp", "Federation", Need.Conditional), "lync-director", RuleStatus.NotApplicable,
            "Condition lync.xmpp-federation is off.", 0),
    ];

    private static RuleRow Row(Rule rule, string from, RuleStatus status, string reason, long flows) => new(
        rule, from, "lync-edge-internal", status, reason, flows, flows > 0 ? StartNs : null, flows > 0 ? EndNs : null,
        flows > 0 ? [new RuleHosts("dir01", "edge1", status, flows)] : []);

    private static Rule MakeRule(string id, string title, Need need) => new()
    {
        Id = id,
        Catalog = "lync-server-2013",
        Title = title,
        From = ["lync-director", "lync-front-end"],
        To = ["lync-edge-internal"],
        Transports = [IpProtocol.Tcp],
        Ports = [new PortRange(5061, 5061)],
        Protocols = ["sip"],
        Security = TransportSecurity.Mtls,
        Need = need,
        When = Applicability.Always,
        AnnouncedBy = [],
        Replies = Replies.Expected,
        Period = Period.Continuous,
        Verdict = RuleVerdict.Allowed,
        Source = new SourceReference("express-for-lync", "Lync Server 2013 - Edge Server / Internal Interface",
            [73, 74, 80]),
    };

    private static Finding Blocked() => new()
    {
        Id = "f-0123456789abcdef",
        Kind = FindingKind.RequiredFlowBlocked,
        Severity = Severity.High,
        FromRole = "lync-director",
        ToRole = "lync-edge-internal",
        Originators = [new FindingHost("10.0.0.12", "dir01")],
        Responders = [new FindingHost("172.16.0.5", "edge1")],
        Transport = "tcp",
        Ports = "5061",
        Protocol = "sip",
        Verdict = Verdict.ExpectedByPort,
        Rule = SipIn,
        Flows = 5,
        Bytes = 370,
        FirstSeenNs = StartNs,
        LastSeenNs = EndNs,
        CapturePoints = ["firewall-inside"],
        Explanation =
            "dir01 sent SYN to edge1 port 5061 five times and got no answer, though the rule requires this flow.",
        Remedy = "Let tcp 5061 pass from the Director to the internal interface of the Edge.",
        Evidence = new Evidence(
            "ip.addr == 10.0.0.12 && ip.addr == 172.16.0.5 && tcp.port == 5061",
            [new EvidenceFrames("captures/inside.pcap", [10, 11, 12, 40], "frame.number in {10..12, 40}")],
            0),
    };

    private static Finding Unexpected() => Blocked() with
    {
        Id = "f-fedcba9876543210",
        Kind = FindingKind.UnexpectedTraffic,
        Severity = Severity.Medium,
        Originators = [.. Enumerable.Range(1, 14).Select(number => new FindingHost($"10.0.64.{number}", null))],
        Ports = "8000-8009",
        Protocol = null,
        Verdict = Verdict.Unexpected,
        Rule = null,
        Flows = 9,
        Bytes = 1_234_567,
        Explanation =
            "Nine connections to ports that no rule speaks of. The name was [red]\u001b[2Jevil\u202Egnp.exe[/].",
        Remedy = "Find out what they are for; add an exception, or close the ports.",
        Evidence = new Evidence(
            "tcp.port >= 8000 && tcp.port <= 8009",
            [new EvidenceFrames("captures/inside.pcap",
                [.. Enumerable.Range(0, 90).Select(number => 100L + (2 * number))], $"frame.number in "
                    + $"{{{string.Join(", ", Enumerable.Range(0, 90).Select(number => 100 + (2 * number)))}}}")],
            17),
    };

    private static Finding UnusedException() => new()
    {
        Id = "f-00000000000000aa",
        Kind = FindingKind.UnusedException,
        Severity = Severity.Info,
        FromRole = "",
        ToRole = "",
        Originators = [],
        Responders = [],
        Transport = "",
        Ports = "",
        Protocol = null,
        Verdict = null,
        Rule = null,
        Flows = 0,
        Bytes = 0,
        FirstSeenNs = null,
        LastSeenNs = null,
        CapturePoints = [],
        Explanation = "No flow used exception EX-8.",
        Remedy = "Remove it from the site file.",
        Evidence = Evidence.None,
    };

    private static SiteException Exception(string id, ImmutableArray<PortRange> ports, DateOnly expires) =>
        new(id, "backup01", "any", [IpProtocol.Tcp], ports, "backup agent", "infra", expires);

    private static IpAddress Client(byte number) => IpAddress.FromIpv4([10, 0, 64, number]);
}
