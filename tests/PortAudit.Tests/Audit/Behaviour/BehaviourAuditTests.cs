using PortAudit.Audit;
using PortAudit.Audit.Behaviour;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Behaviour;

/// <summary>What a model of behaviour may say in an audit, and what it may not.</summary>
public sealed class BehaviourAuditTests
{
    private static readonly FlowRecord Talking =
        Of("10.0.0.1:40000 udp 10.1.0.1:50") with { Behaviour = BehaviourSample.Audio };

    private static readonly AuditBench Names = new(RuleSample.Of("names fe edge udp 50 dns any"));

    [Fact]
    public void Voice_on_the_port_of_names_is_a_finding_without_another_verdict()
    {
        var report = Run(Names, Talking);
        var finding = Assert.Single(report.Findings);

        Assert.Equal((FindingKind.BehavesUnlikeName, Severity.Low, Verdict.ExpectedByPort, "names"),
            (finding.Kind, finding.Severity, finding.Verdict, finding.Rule?.Id));
        Assert.Contains("a model takes it for voice (probability ", finding.Explanation, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(report.Behaviour!.Kinds).Flows);
        Assert.Equal((finding.Id, 50L), Assert.Single(report.Behaviour.Unlike) is var row
            ? (row.Finding, row.SizesOut.Sum())
            : default);
    }

    [Fact]
    public void Voice_where_the_rule_is_for_media_is_as_expected_as_before()
    {
        var report = Run(new AuditBench(RuleSample.Of("media fe edge udp 50 rtp any")), Talking);

        Assert.Empty(report.Findings);
        Assert.Empty(report.Behaviour!.Unlike);
        Assert.Equal(Verdict.ExpectedByPort, Assert.Single(report.RolePairs[0].Verdicts).Key);
    }

    [Fact]
    public void What_another_rule_explains_is_not_unlike_its_rules() =>
        Assert.Empty(Run(new AuditBench(RuleSample.Of("names fe edge udp 50 dns any"),
            RuleSample.Of("media fe edge udp 50 rtp any")), Talking).Findings);

    [Fact]
    public void What_bytes_prove_is_not_asked_of_a_model()
    {
        var report = Run(Names, Talking.Proving("dns"));

        Assert.Empty(report.Findings);
        Assert.Equal(0, Assert.Single(report.Behaviour!.Kinds).Flows);
    }

    [Fact]
    public void Without_a_likely_kind_nothing_is_said() =>
        Assert.Empty(Run(Names, Talking with { Behaviour = BehaviourSample.Keys }).Findings);

    [Fact]
    public void Behaviour_explains_a_dynamic_port_that_was_not_announced()
    {
        var calls = RuleSample.Of("calls fe edge udp 49152-57500 rtp any") with { AnnouncedBy = ["sip"] };
        var bench = new AuditBench(calls);
        var finding = Assert.Single(Run(bench,
            Of("10.0.0.1:40000 udp 10.1.0.1:50000") with { Behaviour = BehaviourSample.Audio }).Findings);

        Assert.Equal(FindingKind.UnexplainedDynamicPort, finding.Kind);
        Assert.Contains("a model takes it for voice", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("that proves nothing", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_flows_are_counted_by_kind()
    {
        var finding = Assert.Single(Run(Names, Talking, Talking.At(5)).Findings);

        Assert.Contains("takes it for voice (2 flows, probability ", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_excuses_it()
    {
        var bench = new AuditBench(RuleSample.Of("names fe edge udp 50 dns any"));
        bench.Site = bench.Site with
        {
            Exceptions =
            [
                AuditBench.ExceptionOf("EX-1", "fe", "edge", "50", new DateOnly(2030, 1, 1)) with
                {
                    Transports = [PortAudit.Traffic.Wire.IpProtocol.Udp],
                },
            ],
        };
        var report = Run(bench, Talking);

        Assert.Empty(report.Findings);
        Assert.Empty(report.Behaviour!.Unlike);
        Assert.Equal(1, Assert.Single(report.Exceptions).Flows);
    }

    [Fact]
    public void Without_a_model_no_flow_is_named()
    {
        var report = Names.Run(Talking);

        Assert.Null(report.Behaviour);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void Auditors_of_parts_give_what_one_gives()
    {
        var model = new BehaviourModel([BehaviourSample.Voice]);
        var (one, two) = (AuditorOf(Names, model), AuditorOf(Names, model));
        one.Add(Talking);
        two.Add(Talking.At(5));
        one.UnionWith(two);
        var (united, whole) = (ReportOf(one), Run(Names, Talking, Talking.At(5)));

        Assert.Equal(whole.Findings.Select(finding => (finding.Id, finding.Explanation)),
            united.Findings.Select(finding => (finding.Id, finding.Explanation)));
        Assert.Equal(whole.Behaviour!.Unlike[0].SizesOut.AsEnumerable(), united.Behaviour!.Unlike[0].SizesOut);
        Assert.Throws<ArgumentException>(() => one.UnionWith(Names.NewAuditor()));
    }

    [Theory]
    [InlineData("rtp,rtcp,stun,msturn", BehaviourKind.BulkTransfer, true)]
    [InlineData("rtp", BehaviourKind.RemoteDesktop, false)] // shared screens
    [InlineData("rtp,tls", BehaviourKind.BulkTransfer, false)]
    [InlineData("dns", BehaviourKind.Tunnel, true)]
    [InlineData("dns", BehaviourKind.BulkTransfer, false)] // transfers of zones
    [InlineData("smb", BehaviourKind.Voice, false)]
    public void Only_what_no_ordinary_use_shows_is_strange(string protocols, BehaviourKind kind, bool isStrange) =>
        Assert.Equal(isStrange, UnlikeProtocol.Holds([.. protocols.Split(',')], kind));

    private static AuditReport Run(AuditBench bench, params FlowRecord[] flows)
    {
        var auditor = AuditorOf(bench, new BehaviourModel([BehaviourSample.Voice]));
        foreach (var flow in flows)
            auditor.Add(flow);
        return ReportOf(auditor);
    }

    private static Auditor AuditorOf(AuditBench bench, BehaviourModel model) =>
        new(bench.Catalogs, bench.Site, behaviours: model);

    private static AuditReport ReportOf(Auditor auditor) => auditor.Complete(Names.Observation, [])
        .WithEvidence(new Dictionary<ulong, PortAudit.Traffic.Observation.FlowFrames>());
}
