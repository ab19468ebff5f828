using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit;

/// <summary>It makes no difference which of several auditors judged a flow.</summary>
public sealed class UnionTests
{
    private const int Auditors = 4;

    internal static readonly ImmutableArray<FlowRecord> Flows = [.. ManyFlows()];

    /// <summary>More originators, services and hosts than are told apart.</summary>
    internal static readonly ImmutableArray<FlowRecord> TooMany =
    [
        .. Enumerable.Range(0, 2_500).Select(i => Of($"10.2.{i / 200}.{(i % 200) + 1}:{40_000 + i} tcp "
            + $"10.1.0.1:{(i % 2 == 0 ? 443 : 7000 + (i % 30))}").At(i % 90)),
    ];

    [Fact]
    public void Auditors_that_saw_some_of_the_flows_each_say_together_what_one_says_that_saw_all()
    {
        var expected = Text(Bench(), Flows);

        Prop.ForAll(Gen.Choose(0, Auditors - 1).ArrayOf(Flows.Length).ToArbitrary(),
            parts => UnitedText(Bench(), Flows, parts) == expected)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    [Fact]
    public void Beyond_every_limit_the_union_is_the_same_too()
    {
        Assert.Equal(Text(Bench(), TooMany),
            UnitedText(Bench(), TooMany, [.. TooMany.Select((_, i) => (i * 7 / 3) % Auditors)]));
    }

    [Fact]
    public void The_other_auditor_stays_as_it_is()
    {
        var bench = Bench();
        var (one, other) = (bench.NewAuditor(), bench.NewAuditor());
        foreach (var flow in Flows)
            other.Add(flow);
        one.UnionWith(other);
        foreach (var flow in Flows)
            one.Add(flow);

        Assert.Equal(Text(bench, Flows), Text(bench, other));
    }

    [Fact]
    public void An_empty_auditor_adds_nothing_and_takes_everything()
    {
        var bench = Bench();
        var (full, empty) = (bench.NewAuditor(), bench.NewAuditor());
        foreach (var flow in Flows)
            full.Add(flow);
        full.UnionWith(bench.NewAuditor());
        empty.UnionWith(full);

        Assert.Equal(Text(bench, Flows), Text(bench, full));
        Assert.Equal(Text(bench, Flows), Text(bench, empty));
    }

    [Fact]
    public void Auditors_of_different_sites_or_catalogs_and_an_auditor_with_itself_are_not_united()
    {
        var bench = Bench();
        var other = Bench();
        other.Site = other.Site with { Sha256 = "22" };
        var auditor = bench.NewAuditor();

        Assert.Throws<ArgumentException>(() => auditor.UnionWith(other.NewAuditor()));
        Assert.Throws<ArgumentException>(() => auditor.UnionWith(auditor));
    }

    private static string UnitedText(AuditBench bench, ImmutableArray<FlowRecord> flows, int[] parts)
    {
        var auditors = Enumerable.Range(0, Auditors).Select(_ => bench.NewAuditor()).ToArray();
        for (var i = 0; i < flows.Length; i++)
            auditors[parts[i]].Add(flows[i]);

        // Not from left to right, so that unions are united, too.
        auditors[2].UnionWith(auditors[3]);
        auditors[1].UnionWith(auditors[0]);
        auditors[2].UnionWith(auditors[1]);
        return Text(bench, auditors[2]);
    }

    internal static string Text(AuditBench bench, ImmutableArray<FlowRecord> flows)
    {
        var auditor = bench.NewAuditor();
        foreach (var flow in flows)
            auditor.Add(flow);
        return Text(bench, auditor);
    }

    internal static string Text(AuditBench bench, Auditor auditor) =>
        JsonSerializer.Serialize(auditor.Complete(bench.Observation, [])
            .WithEvidence(new Dictionary<ulong, FlowFrames>()));

    internal static AuditBench Bench()
    {
        var bench = new AuditBench(
            RuleSample.Required("sip fe,client edge tcp 5061 sip mtls"),
            RuleSample.Required("web internet,fe,client edge,db tcp 443 http any"),
            RuleSample.Required("back edge fe tcp 5062 - any"),
            RuleSample.Of("dyn fe,client edge tcp 30000-65535 dcerpc any")
                with
            { AnnouncedBy = ["dcerpc"], Services = ["samr", "drsuapi"] });
        bench.Site = bench.Site with
        {
            Rules = [RuleSample.Of("no-telnet any any tcp 23 - any")
                with { Verdict = RuleVerdict.Forbidden, Catalog = "site" }],
            Exceptions = [AuditBench.ExceptionOf("EX-1", "fe", "any", "9", new DateOnly(2024, 4, 30)),
                AuditBench.ExceptionOf("EX-2", "client", "any", "9-23", new DateOnly(2024, 6, 1))],
        };
        bench.Observation = AuditBench.ObservationOf(TimeSpan.FromHours(2), "", "outside");
        return bench;
    }

    private static IEnumerable<FlowRecord> ManyFlows()
    {
        string[] hosts = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.1.0.1", "10.2.0.7", "10.2.0.8", "8.8.8.8"];
        string[] ports = ["5061", "5061", "443", "9", "23", "40000", "5062"];
        string?[] protocols = [null, "sip", "ssh", "tls", "tls"];
        var random = new Random(11);
        for (var i = 0; i < 500; i++)
        {
            var flow = Of($"{hosts[random.Next(hosts.Length)]}:{50_000 + random.Next(5000)} tcp "
                + $"{hosts[random.Next(hosts.Length)]}:{ports[random.Next(ports.Length)]}")
                .At(random.Next(3000)).Ending((Outcome)random.Next(Enum.GetValues<Outcome>().Length))
                .Basis((DirectionBasis)random.Next(7));
            if (protocols[random.Next(protocols.Length)] is { } protocol)
                flow = flow.Proving(protocol);
            if (flow.Tls is { } tls)
                flow = flow with { Tls = tls with { ClientCertificate = (ClientCertificate)random.Next(5) } };
            if (flow.Responder.Port == 40000 && i % 3 > 0)
                flow = flow.Announced(i % 2 == 0 ? "samr" : "netlogon", (AnnouncementGrade)random.Next(3));
            yield return flow with
            {
                Id = Mix(flow.Id, $"#{i}"),
                CapturePoint = i % 5 == 0 ? "outside" : "",
                StreamOut = new StreamCounters { Gaps = i % 2, GapBytes = i % 4 },
                Frames = [new FrameReference(i % 2, i + 1)],
            };
        }
    }
}
