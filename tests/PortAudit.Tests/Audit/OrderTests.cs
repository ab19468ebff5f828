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

public sealed class OrderTests
{
    private static readonly Outcome[] Outcomes = Enum.GetValues<Outcome>();
    private static readonly string[] Ports = ["5061", "443", "9", "23", "40000", "5062"];
    private static readonly string?[] Protocols = [null, "sip", "ssh", "tls"];
    private static readonly ImmutableArray<FlowRecord> Flows = [.. ManyFlows()];

    [Fact]
    public void The_order_of_flows_changes_nothing()
    {
        var expected = Text(Bench().Run(Flows));

        Prop.ForAll(Gen.Shuffle(Flows.ToArray()).ToArbitrary(), shuffled => Text(Bench().Run(shuffled)) == expected)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void Naming_the_captures_in_another_order_changes_nothing_but_the_captures()
    {
        var bench = Bench();
        var swapped = Bench();
        swapped.Observation = swapped.Observation with { Captures = [.. swapped.Observation.Captures.Reverse()] };

        Assert.Equal(
            Text(bench.Run(Flows)),
            Text(swapped.Run(Flows.Select(flow => flow with
            {
                Capture = 1 - flow.Capture,
                Frames = [.. flow.Frames.Select(frame => frame with { Capture = 1 - frame.Capture })]
            }))));
    }

    [Fact]
    public void A_report_may_be_drawn_more_than_once()
    {
        var bench = Bench();
        var auditor = bench.NewAuditor();
        foreach (var flow in Flows.Take(100))
            auditor.Add(flow);
        _ = auditor.Complete(bench.Observation, []);
        foreach (var flow in Flows.Skip(100))
            auditor.Add(flow);

        Assert.Equal(Text(bench.Run(Flows)),
            Text(auditor.Complete(bench.Observation, []).WithEvidence(ImmutableDictionary<ulong, FlowFrames>.Empty)));
    }

    private static AuditBench Bench()
    {
        var bench = new AuditBench(
            RuleSample.Required("sip fe,client edge tcp 5061 sip tls"),
            RuleSample.Required("web internet,fe edge,db tcp 443 http any"),
            RuleSample.Required("daily fe edge tcp 5062 - any") with { Period = Period.Daily },
            RuleSample.Of("dyn fe edge tcp 30000-65535 dcerpc any") with { AnnouncedBy = ["dcerpc"] });
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
        string[] hosts = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.1.0.1", "10.2.0.7", "8.8.8.8"];
        var random = new Random(7);
        for (var i = 0; i < 600; i++)
        {
            var port = i % 3 == 0 ? $"{7000 + (i % 40)}" : Ports[random.Next(Ports.Length)];
            var flow = Of($"{hosts[random.Next(hosts.Length)]}:{50_000 + random.Next(5000)} tcp "
                + $"{hosts[random.Next(hosts.Length)]}:{port}")
                .At(random.Next(3000)).Ending(Outcomes[random.Next(Outcomes.Length)])
                .Basis((DirectionBasis)random.Next(7));
            if (Protocols[random.Next(Protocols.Length)] is { } protocol)
                flow = flow.Proving(protocol);
            flow = flow with
            {
                Id = Mix(flow.Id, $"#{i}"),
                Capture = i % 2,
                CapturePoint = i % 5 == 0 ? "outside" : "",
                Reset = i % 4 == 0 ? new FlowReset((ResetOrigin)(i % 3), i % 8 == 0, (byte)(60 + (i % 5)), 61) : null,
                Refusal = i % 9 == 0 ? new Refusal("HTTP", 400 + (i % 11), RefusalReason.Forbidden,
                    (RefusalBasis)(i % 6), new FrameReference(i % 2, i + 1)) : null,
                StoppedHow = i % 7 == 0 ? $"ICMP 3/{i % 14}" : null,
                Frames = [new FrameReference(i % 2, i + 1)],
            };
            yield return flow;
        }
    }

    private static string Text(AuditReport report) =>
        JsonSerializer.Serialize(report with { Observation = report.Observation with { Captures = [] } });
}
