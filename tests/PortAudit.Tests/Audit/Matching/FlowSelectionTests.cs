using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Matching;

/// <summary>A selection of flows: what it takes, and what an audit of it may still say.</summary>
public sealed class FlowSelectionTests
{
    private const string Sip = "r fe edge tcp 5061 sip any";

    private static readonly FlowRecord FeToEdge = FlowSample.Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("sip");
    private static readonly FlowRecord ClientToDb = FlowSample.Of("10.2.0.9:50000 tcp 10.0.0.3:1433");

    public static TheoryData<string, bool, bool> Criteria => new()
    {
        { "", true, true },
        { "host 10.0.0.1", true, false },
        { "host 10.0.0.3", false, true },
        { "net 10.2.0.0/16", false, true },
        { "port 5061", true, false },
        { "port 50000", true, true },
        { "port 1000-2000", false, true },
        { "protocol sip", true, false },
        { "transport udp", false, false },
        { "role fe", true, false },
        { "role dc", false, true },
        { "segment perimeter", true, false },
        { "segment clients", false, true },
    };

    [Theory]
    [MemberData(nameof(Criteria))]
    public void A_flow_needs_to_meet_a_criterion_by_either_end(string criterion, bool takesFirst, bool takesSecond)
    {
        var selection = Select(new AuditBench(), criterion);

        Assert.Equal((takesFirst, takesSecond), (selection.Takes(FeToEdge), selection.Takes(ClientToDb)));
    }

    [Fact]
    public void A_port_is_none_of_ICMP() =>
        Assert.False(Select(new AuditBench(), "port 8").Takes(FlowSample.Of("10.0.0.1:8 icmp 10.1.0.1:0")));

    [Fact]
    public void A_host_of_a_role_that_is_a_kind_of_the_selected_one_meets_it() =>
        Assert.True(Select(new AuditBench(), "role fe").Takes(FlowSample.Of("10.0.0.2:50000 tcp 10.1.0.1:443")));

    [Fact]
    public void Of_several_criteria_a_flow_needs_to_meet_all()
    {
        var bench = new AuditBench();
        Assert.True(Select(bench, "role fe", "port 5061").Takes(FeToEdge));
        Assert.False(Select(bench, "role fe", "port 1433").Takes(FeToEdge));
    }

    /// <summary>Whether the selection is certain to take all flows of the rule from fe to edge on tcp 5061.</summary>
    [Theory]
    [InlineData("port 5061", true)]
    [InlineData("port 5060-5070", true)]
    [InlineData("port 443", false)]
    [InlineData("host 10.1.0.1", true)]
    [InlineData("host 10.0.0.1", false)]
    [InlineData("net 10.0.0.0/16", true)]
    [InlineData("net 10.0.0.0/31", false)]
    [InlineData("role fe", true)]
    [InlineData("role fe-cms", false)]
    [InlineData("role edge", true)]
    [InlineData("role db", false)]
    [InlineData("segment internal", true)]
    [InlineData("segment clients", false)]
    [InlineData("transport tcp", true)]
    [InlineData("transport udp", false)]
    [InlineData("protocol sip", false)]
    public void A_rule_is_taken_whole_only_where_that_is_certain(string criterion, bool isWhole)
    {
        var bench = new AuditBench(RuleSample.Required(Sip));
        var rule = Assert.Single(RuleBook.Bind(bench.Catalogs, bench.Site));

        Assert.Equal(isWhole, Select(bench, criterion).TakesAllOf(rule, "fe", "edge"));
    }

    /// <summary>The heart of it: whether it was used, an audit says only of a rule that is taken whole.</summary>
    [Theory]
    [InlineData("port 5061", RuleStatus.NotTried, true)]
    [InlineData("port 443", RuleStatus.NotObservable, false)]
    [InlineData("host 10.0.0.3", RuleStatus.NotObservable, false)]
    [InlineData("role edge", RuleStatus.NotTried, true)]
    public void A_required_flow_is_never_called_never_seen_where_it_may_be_outside(string criterion, RuleStatus status,
        bool isFinding)
    {
        var bench = new AuditBench(RuleSample.Required(Sip));
        var report = Run(bench, Select(bench, criterion), FlowSample.Of("10.0.0.1:50000 tcp 10.1.0.1:9"), ClientToDb);

        Assert.Equal(status, Assert.Single(report.Rules).Status);
        Assert.Equal(isFinding,
            report.Findings.Any(finding => finding.Kind == FindingKind.RequiredFlowNeverSeen));
    }

    [Fact]
    public void What_is_left_out_is_counted_and_not_judged()
    {
        var bench = new AuditBench(RuleSample.Required(Sip));
        var report = Run(bench, Select(bench, "port 5061"), FeToEdge, ClientToDb);

        Assert.Equal((1L, 1L), (report.FlowsJudged, report.Selection!.FlowsLeftOut));
        Assert.Equal<string>(["port 5061"], report.Selection.Flows.Texts);
        Assert.Equal(2, report.Coverage.Flows);
        Assert.Equal(["fe"], report.RolePairs.Select(pair => pair.From));
    }

    [Fact]
    public void An_empty_selection_says_so_and_is_a_finding()
    {
        var bench = new AuditBench(RuleSample.Required(Sip));
        var report = Run(bench, Select(bench, "port 9"), FeToEdge);

        Assert.Equal("The selection is empty: it takes none of 1 flow.", report.NotJudged!.Reason);
        Assert.Equal([FindingKind.NothingJudged], report.Findings.Select(finding => finding.Kind));
    }

    [Fact]
    public void An_exception_is_not_called_unused_where_flows_are_left_out()
    {
        var bench = new AuditBench();
        bench.Site = bench.Site with
        {
            Exceptions = [AuditBench.ExceptionOf("EX-1", "client", "db", "1433", new DateOnly(2030, 1, 1))],
        };

        Assert.Contains(Run(bench, null, FeToEdge).Findings, finding => finding.Kind == FindingKind.UnusedException);
        Assert.DoesNotContain(Run(bench, Select(bench, "port 5061"), FeToEdge).Findings,
            finding => finding.Kind == FindingKind.UnusedException);
    }

    [Fact]
    public void Auditors_of_other_selections_cannot_be_united()
    {
        var bench = new AuditBench();
        var one = new Auditor(bench.Catalogs, bench.Site, selection: Select(bench, "port 9"));

        Assert.Throws<ArgumentException>(() => one.UnionWith(bench.NewAuditor()));
        one.UnionWith(new Auditor(bench.Catalogs, bench.Site, selection: Select(bench, "port 9")));
    }

    private static AuditReport Run(AuditBench bench, FlowSelection? selection, params FlowRecord[] flows)
    {
        var auditor = new Auditor(bench.Catalogs, bench.Site, selection: selection);
        foreach (var flow in flows)
            auditor.Add(flow);
        return auditor.Complete(bench.Observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>());
    }

    private static FlowSelection Select(AuditBench bench, params string[] criteria)
    {
        var selected = FlowCriteria.None;
        foreach (var words in criteria.Where(criterion => criterion.Length > 0).Select(text => text.Split(' ')))
            selected = With(selected, words[0], words[1]);
        return new FlowSelection(selected, bench.Site, new RoleTree(bench.Catalogs));
    }

    private static FlowCriteria With(FlowCriteria criteria, string what, string value) => what switch
    {
        "host" => criteria with { Hosts = [(value, [Prefix.Of(FlowSample.AddressOf(value))])] },
        "net" => criteria with { Networks = [Prefix.Parse(value)!.Value] },
        "port" => criteria with { Ports = [RuleSample.RangeOf(value)] },
        "protocol" => criteria with { Protocols = [value] },
        "transport" => criteria with { Transports = [TransportOf(value)] },
        "role" => criteria with { Roles = [value] },
        "segment" => criteria with { Segments = [value] },
        _ => throw new ArgumentException(what),
    };

    private static IpProtocol TransportOf(string text)
    {
        Assert.True(IpProtocol.TryParse(text, out var transport));
        return transport;
    }
}
