using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Timelines;
using PortAudit.Audit.Tls;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Packets;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Reports.Html;

/// <summary>Runs whose pages are not everyday ones.</summary>
internal static class ReportRuns
{
    /// <summary>2013-05-01 10:00 UTC.</summary>
    public const long StartNs = 1_367_402_400_000_000_000;

    public const long Millisecond = 1_000_000;

    public const long Day = 86_400_000 * Millisecond;

    /// <summary>Text that tries to be markup, to hide and to be endless.</summary>
    public static readonly string Hostile = "</style></script><script>alert(1)</script>\"'><img src=x "
        + "onerror=alert(2)>\u202Egnp.exe\u200F\u0007\u001b[31m\u0000&#x202E;" + new string('A', 10_240);

    /// <summary>The sample with plots of its first pair of roles, and a row in each of the tables that it leaves
    /// empty.</summary>
    public static AuditRun Sample()
    {
        var run = SampleReport.Run();
        var certificate = new SeenCertificate(SampleFlows.Tls.Tls!.ServerCertificates[0], 3, 1);
        var service = new TlsServiceRow("172.16.0.5", "edge1", "lync-edge-internal", 5061, 3, StartNs, StartNs + Day)
        {
            Versions = [new("TLS 1.2", 3)],
            ServerNames = ["sip.contoso.test"],
            ServerCertificates = [certificate],
            ClientCertificates = [],
            ClientAuthentication = [new(ClientCertificate.Presented, 3)],
            Alerts = [],
            IsShortened = false,
        };
        return run with
        {
            Report = run.Report with
            {
                Timelines =
            [Timeline("lync-director", "lync-edge-internal", [0, 1000, 1004, 5000])],
                TlsServices = [service]
            }
        };
    }

    /// <summary>A timeline with a flow at each of some moments.</summary>
    /// <param name="from">Originating role.</param>
    /// <param name="to">Responding role.</param>
    /// <param name="moments">Milliseconds after <see cref="StartNs"/>.</param>
    /// <param name="verdict">Verdict of the flows.</param>
    public static RolePairTimeline Timeline(string from, string to, long[] moments, Verdict verdict = Verdict.Expected)
    {
        var starts = moments.Distinct().Order().Select(moment => StartNs + (moment * Millisecond)).ToList();
        return new RolePairTimeline(
            from,
            to,
            new TimePlot<VerdictWord>(Millisecond,
                [.. starts.Select(start => new TimeColumn<VerdictWord>(start, [new(Arrived(verdict), 1)]))]),
            new TimePlot<string>(Millisecond,
                [.. starts.Select(start => new TimeColumn<string>(start, [new("tls/sip", 500), new("dns", 20)]))]),
            new PortPlot(Millisecond, [.. starts.Select((start, index) =>
                new PortDot(start, (ushort)(5061 + index), (ushort)(5061 + index), verdict, 1, index % 2))]),
            [Delays("dns", starts.Select((_, index) => 300_000L << index)),
                Delays("tls/sip", starts.Select((_, index) => 4_000_000L + (index * Millisecond / 2)))],
            [.. starts.Select(start =>
                new JudgedFlow(SampleFlows.Tls with { StartNs = start, EndNs = start + Millisecond }, verdict))]);
    }

    /// <summary>A run of one pair of roles with a timeline.</summary>
    public static AuditRun Of(params RolePairTimeline[] timelines)
    {
        var run = Sample();
        return run with
        {
            Report = run.Report with
            {
                Timelines = [.. timelines],
                RolePairs = [.. timelines.Select(timeline => new RolePair(timeline.From, timeline.To,
                    1_000_000 / timelines.Length, 123_456_789, [new(Verdict.Expected, 9), new(Verdict.Unexpected, 1)],
                    [new(Outcome.Established, 10)], new DispositionCounts(9, 1, 0, 0), ["dns", "tls/sip"]))],
            },
        };
    }

    /// <summary>A run with its packets: each frame that a finding lists is one in which hostile text stands.</summary>
    public static AuditRun WithPackets(AuditRun run)
    {
        var packets = new EvidencePackets(run.Report);
        byte[] query = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 12, .. "<img \u001b[31m>\r"u8, 0, 0, 1, 0, 1];
        var frame = FrameBuilder.Udp("10.0.0.1", 50_000, "10.0.0.2", 53, query);
        foreach (var reference in packets.Frames)
            packets.Visit(reference,
                new CapturedPacket(reference.Number, StartNs, 0, LinkType.Ethernet, frame.Length, frame),
                new CaptureInterface(null, LinkType.Ethernet, 0, null, 6));
        return run with { Packets = packets };
    }

    /// <summary>The sample with as many findings and proving frames as the page has room for, and more.</summary>
    public static AuditRun WithAllPackets()
    {
        var run = Sample();
        var path = run.Report.Observation.Captures[0].Path;
        var finding = run.Report.Findings[0] with
        {
            Evidence = new Evidence("", [new EvidenceFrames(path, [.. Enumerable.Range(1, 1_000)
                .Select(number => (long)number)], "frame.number in {1..1000}")], 0),
        };
        return WithPackets(run with
        {
            Report = run.Report with
            {
                Findings = [.. Enumerable.Range(0, 500).Select(index => finding with { Id = $"f{index}",
                    Evidence = finding.Evidence with { Frames = [finding.Evidence.Frames[0] with { Numbers =
                        [.. finding.Evidence.Frames[0].Numbers.Select(number => number + (index * 1_000))] }] } })],
            },
        });
    }

    /// <summary>The sample in which every text that comes from the network, the site or a file name is
    /// hostile.</summary>
    public static AuditRun WithHostileNames()
    {
        var run = Sample();
        var report = run.Report;
        var finding = report.Findings[1] with
        {
            Id = "f-00000000000000bb",
            Explanation = Hostile,
            Remedy = Hostile,
            FromRole = Hostile,
            Originators = [new FindingHost("10.0.0.1", Hostile)],
            Evidence = new Evidence(Hostile, [new EvidenceFrames(Hostile, [1, 2], Hostile)], 3),
        };
        var certificate = report.TlsServices[0].ServerCertificates[0];
        var hostile = certificate with
        {
            Certificate =
            certificate.Certificate with { Subject = Hostile, Issuer = Hostile, DnsNames = [Hostile] }
        };
        return run with
        {
            Unread = [new UnreadInput(Hostile, 0, Hostile)],
            Report = report with
            {
                Site = Hostile,
                SiteFile = Hostile,
                Findings = [finding, .. report.Findings],
                Hosts = [.. report.Hosts.Select(host => host with { Name = Hostile, Roles = [Hostile] })],
                RolePairs = [.. report.RolePairs, new RolePair(Hostile, "b", 1, 1, [new(Verdict.Unexpected, 1)],
                    [new(Outcome.Established, 1)], new DispositionCounts(0, 1, 0, 0), [Hostile])],
                Timelines = [.. report.Timelines, Timeline(Hostile, "b", [0], Verdict.Unexpected)],
                Rules = [.. report.Rules.Select(row => row with { Reason = Hostile })],
                TlsServices = [report.TlsServices[0]
                    with { ServerNames = [Hostile], Alerts = [Hostile], ServerCertificates = [hostile] }],
                Diagnostics = [Hostile],
            },
        };
    }

    /// <summary>As much as a report can hold: 90 pairs of roles with every column, dot and flow that is kept of a
    /// pair.</summary>
    public static AuditRun Largest() =>
        Of([.. Enumerable.Range(0, 90).Select(pair => Full($"role-{pair / 10}", $"server-{pair % 10}"))]);

    /// <summary>Flows of a protocol by their delays, in nanoseconds.</summary>
    public static DelayLane Delays(string protocol, IEnumerable<long> delays)
    {
        var histogram = new DelayHistogram();
        foreach (var delay in delays)
            histogram.Add(protocol, delay);
        return Assert.Single(histogram.ToPlot());
    }

    /// <summary>A verdict of flows that arrived.</summary>
    public static VerdictWord Arrived(Verdict verdict) => new(verdict, FlowWords.Of(verdict, Disposition.Passed));

    private static RolePairTimeline Full(string from, string to)
    {
        Verdict[] verdicts = [Verdict.Expected, Verdict.ExpectedByPort, Verdict.UnexplainedDynamic, Verdict.Unexpected];
        VerdictWord[] words = [.. verdicts.Select(Arrived), new(Verdict.Expected, FlowWord.Misdropped),
            new(Verdict.Unexpected, FlowWord.Blocked), new(Verdict.Unexpected, FlowWord.Unanswered),
            new(Verdict.Background, null)];
        string[] protocols = ["tls/sip", "dns", "dcerpc", "smb2", "ldap", "kerberos", "http"];
        const long Hour = Day / 24;
        return new RolePairTimeline(
            from,
            to,
            new TimePlot<VerdictWord>(Hour,
                [.. Enumerable.Range(0, 240)
                    .Select(column => new TimeColumn<VerdictWord>(StartNs + (column * Hour), [.. words.Select((word,
                        lane) => KeyValuePair.Create(word, 1000L + ((column * 37) + (lane * 11) % 900)))]))]),
            new TimePlot<string>(Hour,
                [.. Enumerable.Range(0, 240)
                    .Select(column => new TimeColumn<string>(StartNs + (column * Hour), [.. protocols.Select((protocol,
                        lane) => KeyValuePair.Create(protocol, 1000L + ((column * 371) + (lane * 119) % 9000)))]))]),
            new PortPlot(Hour, [.. Enumerable.Range(0, 1500).Select(dot => new PortDot(StartNs + (dot % 240 * Hour),
                (ushort)(dot * 43), (ushort)(dot * 43), verdicts[dot % 4], 1 + (dot % 50), dot % 2))]),
            [.. protocols.Select((protocol, lane) =>
                Delays(protocol, Enumerable.Range(0, 400).Select(flow => 20_000L * (1 + (flow * flow * (lane + 1))))))],
            [.. Enumerable.Range(0, 200).Select(flow => new JudgedFlow(SampleFlows.Tls with { StartNs =
                StartNs + (flow * Hour), EndNs = StartNs + (flow * Hour) + Millisecond }, Verdict.Expected))]);
    }
}
