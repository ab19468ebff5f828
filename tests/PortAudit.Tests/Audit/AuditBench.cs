using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Matching;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Audit.Trends;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit;

/// <summary>
/// A small site and a catalog to judge flows by. Hosts: fe01 10.0.0.1 (fe), cms 10.0.0.2 (fe-cms, which is an fe), db01
/// 10.0.0.3 (db and dc), edge1 10.1.0.1 (edge); network 10.2.0.0/16 (client). Segments: internal 10.0.0.0/16, perimeter
/// 10.1.0.0/16, clients 10.2.0.0/16.
/// </summary>
internal sealed class AuditBench
{
    private readonly CatalogFile _catalog;

    public AuditBench(params Rule[] rules)
    {
        _catalog = new CatalogFile
        {
            Id = "sample",
            Title = "Sample",
            File = "sample.yaml",
            Sha256 = "00",
            Roles = [RoleOf("fe"), RoleOf("fe-cms", "fe"), RoleOf("db"), RoleOf("dc"), RoleOf("edge"), RoleOf("client"),
                RoleOf("absent")],
            Rules = [.. rules],
            Conditions = [new Condition("on-by-default", "On", true, NoSource),
                new Condition("off-by-default", "Off", false, NoSource)],
            Parameters = [new Parameter("dcom-range", "DCOM", [new PortRange(5000, 5020)], NoSource),
                new Parameter("static-port", "Static", [], NoSource)],
        };
        Site = new SiteFile
        {
            Name = "Bench",
            File = "site.yaml",
            Sha256 = "11",
            Catalogs = ["sample"],
            Conditions = ImmutableDictionary<string, bool>.Empty,
            Parameters = ImmutableDictionary<string, ImmutableArray<PortRange>>.Empty,
            Segments = [SegmentOf("internal", "10.0.0.0"), SegmentOf("perimeter", "10.1.0.0"),
                SegmentOf("clients", "10.2.0.0")],
            Hosts = [HostOf("fe01", "10.0.0.1", "fe"), HostOf("cms", "10.0.0.2", "fe-cms"),
                HostOf("db01", "10.0.0.3", "db", "dc"), HostOf("edge1", "10.1.0.1", "edge")],
            Networks = [new SiteNetwork(new Prefix(FlowSample.AddressOf("10.2.0.0"), 16), ["client"])],
            CapturePoints = [],
            Exceptions = [],
            Rules = [],
        };
    }

    public SiteFile Site { get; set; }

    /// <summary>Two hours of one file at one point without a name.</summary>
    public ObservationSummary Observation { get; set; } = ObservationOf(TimeSpan.FromHours(2), "");

    private static SourceReference NoSource { get; } = new("document", "section", []);

    public static ObservationSummary ObservationOf(TimeSpan window, params string[] points)
    {
        var lastNs = FlowSample.Start + (window.Ticks * 100);
        return new ObservationSummary
        {
            Captures =
            [
                CaptureOf("b.pcap", lastNs) with { Points = [.. points] },
                CaptureOf("a.pcap", lastNs) with { Points = [.. points] },
            ],
            Points = [.. points.Select(point => new PointSummary(point, 100, 10_000, 0, FlowSample.Start, lastNs, []))],
            DecodeStops = [],
            FlowsEvicted = 0,
            IdentificationsSkipped = 0,
        };
    }

    public static SiteException ExceptionOf(string id, string from, string to, string ports, DateOnly expires) =>
        new(id, from, to, [IpProtocol.Tcp], [RuleSample.RangeOf(ports)], "backup agent", "infra", expires);

    /// <summary>The judgement of one flow, before exceptions.</summary>
    public Judgement Judge(FlowRecord flow)
    {
        var roles = new RoleTree(Catalogs);
        var index = new RuleIndex(RuleBook.Bind(Catalogs, Site).Where(rule => rule.IsOn), roles);
        return new FlowJudge(index, new HostDirectory(Site), new Housekeeping(Site),
            new ExceptionIndex(Site.Exceptions, index), new CautionIndex(Catalogs, Site, index),
            new ConduitIndex(Site)).Judge(flow);
    }

    public PortAudit.Audit.Coverage.RuleLedger NewRuleLedger()
    {
        var rules = RuleBook.Bind(Catalogs, Site);
        return new PortAudit.Audit.Coverage.RuleLedger(rules,
            new RuleIndex(rules.Where(rule => rule.IsOn), new RoleTree(Catalogs)));
    }

    /// <summary>Firewalls whose rules are compared.</summary>
    public ImmutableArray<BoundPolicy> Policies { get; set; } = [];

    /// <summary>What is learned, and the baseline; null for nothing.</summary>
    public LearningOptions? Learning { get; set; }

    /// <summary>The periods of the trend; null for none.</summary>
    public TrendPeriod? By { get; set; }

    public Auditor NewAuditor(bool withTimelines = false) =>
        new(Catalogs, Site, withTimelines, Policies, learning: Learning, by: By);

    public AuditDraft Draft(params IEnumerable<FlowRecord> flows)
    {
        var auditor = NewAuditor();
        foreach (var flow in flows)
            auditor.Add(flow);
        return auditor.Complete(Observation, []);
    }

    public AuditReport Run(params IEnumerable<FlowRecord> flows) =>
        Draft(flows).WithEvidence(new Dictionary<ulong, FlowFrames>());

    public ImmutableArray<Caution> Cautions { get; init; } = [];

    public ImmutableArray<Advice> Advice { get; init; } = [];

    public ImmutableArray<Sign> Signs { get; init; } = [];

    public CatalogSet Catalogs => new([_catalog with { Cautions = Cautions, Advice = Advice, Signs = Signs }], []);

    private static CaptureSummary CaptureOf(string path, long lastNs) =>
        new(path, "pcap", 50, FlowSample.Start, lastNs, 6, [], new CaptureEnd(CaptureEndKind.Complete, 0, ""));

    private static Role RoleOf(string id, string? isA = null) => new(id, id, [], isA, null);

    private static Segment SegmentOf(string name, string network) =>
        new(name, [new Prefix(FlowSample.AddressOf(network), 16)]);

    private static SiteHost HostOf(string name, string address, params string[] roles) =>
        new(name, [FlowSample.AddressOf(address)], [.. roles]);
}
