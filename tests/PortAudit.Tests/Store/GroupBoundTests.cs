using System.Text.Json.Nodes;
using PortAudit.Store;
using PortAudit.Store.Contract;
using PortAudit.Tests.Audit;
using PortAudit.Tests.Cli;
using PortAudit.Tests.EndToEnd;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Store;

/// <summary>What tells flows apart although all of their columns but ports, sizes and times are alike.</summary>
public sealed class GroupBoundTests
{
    private const int Hours = 3_600;

    [Fact]
    public void A_host_answered_at_the_time_of_every_flow_of_a_group()
    {
        AssertSame(new AuditBench(), "blocked",
            Of("10.2.0.7:50000 tcp 10.0.0.3:445").Proving("smb2").At(0),
            Of("10.2.0.7:50001 tcp 10.0.0.3:445").Proving("smb2").At(5 * Hours),
            Of("10.2.0.7:50002 tcp 10.0.0.3:445").Proving("smb2").At(9 * Hours),
            Silent("10.2.0.8:50003 tcp 10.0.0.3:9999").At((5 * Hours) + 60));
    }

    [Fact]
    public void A_port_that_is_a_service_of_the_other_direction_stands_apart()
    {
        AssertSame(new AuditBench(RuleSample.Of("r fe edge tcp 40000 http any")), "wrong-direction",
            Of("10.1.0.1:40001 tcp 10.0.0.1:7777").At(0),
            Of("10.1.0.1:40000 tcp 10.0.0.1:7777").At(1),
            Of("10.1.0.1:40002 tcp 10.0.0.1:7777").At(2));
    }

    [Fact]
    public void A_session_stands_apart_from_logins()
    {
        AssertSame(new AuditBench(), "more than",
            Sized("10.2.0.7:50000 tcp 10.0.0.1:22", 4_000).At(0),
            Sized("10.2.0.7:50001 tcp 10.0.0.1:22", 900_000).At(1),
            Sized("10.2.0.7:50002 tcp 10.0.0.1:22", 4_000).At(2));
    }

    [Fact]
    public void A_certificate_is_weighed_at_the_time_of_every_flow()
    {
        AssertSame(new AuditBench(RuleSample.Of("r client fe tcp 443 http tls")), "outside its validity",
            Certified("10.2.0.7:50000 tcp 10.0.0.1:443").At(0),
            Certified("10.2.0.7:50001 tcp 10.0.0.1:443").At(5 * Hours),
            Of("10.2.0.7:50002 tcp 10.0.0.3:445").Proving("smb2").At(1),
            Of("10.2.0.7:50003 tcp 10.0.0.3:445").Proving("smb2").At(2));
    }

    [Fact]
    public void A_direction_that_few_datagrams_leave_open_is_no_matter_of_their_sum()
    {
        var guess = Of("10.1.0.1:50000 udp 10.0.0.1:7777").Basis(DirectionBasis.Port);

        AssertSame(new AuditBench(), "unexpected-traffic",
            guess.At(0),
            guess.At(1) with { Out = new DirectionCounters(30, 3_000, 300) },
            guess.At(2),
            Of("10.2.0.7:50002 tcp 10.0.0.3:445").Proving("smb2").At(1),
            Of("10.2.0.7:50003 tcp 10.0.0.3:445").Proving("smb2").At(2));
    }

    [Fact]
    public void The_ends_of_a_call_may_be_turned_so_that_each_of_its_ports_is_named()
    {
        var check = Of("203.0.113.9:50000 udp 10.0.0.1:40000").Proving("stun", "ice") with
        {
            ServiceBasis = IdentificationBasis.Payload,
            DirectionBasis = DirectionBasis.Payload,
        };

        AssertSame(new AuditBench(), "50001",
            check.At(0),
            check.At(1) with { Originator = check.Originator with { Port = 50_001 } },
            Of("10.2.0.7:50002 tcp 10.0.0.3:445").Proving("smb2").At(1),
            Of("10.2.0.7:50003 tcp 10.0.0.3:445").Proving("smb2").At(2));
    }

    /// <summary>A TLS connection to a server whose certificate ends an hour after the first flows.</summary>
    private static FlowRecord Certified(string line)
    {
        var flow = Of(line).Proving("tls", "http");
        return flow with
        {
            Tls = flow.Tls! with
            {
                ServerCertificates =
                [
                    new TlsCertificate
                    {
                        Subject = "CN=fe01",
                        Issuer = "CN=ca",
                        SerialNumber = "01",
                        Sha256 = "ab",
                        NotBeforeSeconds = 0,
                        NotAfterSeconds = (Start / Second) + Hours,
                    },
                ],
            },
        };
    }

    private static FlowRecord Silent(string line) => Of(line).Ending(Outcome.Unanswered) with
    {
        In = default,
        History = "S",
    };

    private static FlowRecord Sized(string line, int bytes) => Of(line).Proving("ssh") with
    {
        In = new DirectionCounters(bytes / 1_000, bytes + (bytes / 1_000 * 54), bytes),
    };

    /// <summary>Audits flows as they are, and as a store counts them together.</summary>
    /// <param name="bench">The site.</param>
    /// <param name="word">What the report has to say, so that there is something to lose.</param>
    /// <param name="flows">The flows.</param>
    private static void AssertSame(AuditBench bench, string word, params FlowRecord[] flows)
    {
        using var directory = new TemporaryDirectory();
        using (var store = Stores.OpenToWrite(directory["s"]))
        {
            using var import = store.Begin();
            foreach (var flow in flows)
                import.Add(flow);
            import.Complete(bench.Observation, [new StoredInput("a.pcap", "a", 1), new StoredInput("b.pcap", "b", 1)],
                "test", DateTimeOffset.UnixEpoch);
        }

        var (one, other) = (bench.NewAuditor(), bench.NewAuditor());
        foreach (var flow in flows)
            one.Add(flow);
        using var read = Stores.Open(directory["s"]);
        var records = 0;
        var observation = read.Read(new StoreReading { Grouping = other.Grouping }, flow =>
        {
            other.Add(flow);
            records++;
        }, null, CancellationToken.None)!;

        var expected = Comparable(ObservedSample.Json(bench.Observation, one));
        Assert.Contains(word, expected, StringComparison.Ordinal);
        Assert.Equal(expected, Comparable(ObservedSample.Json(observation, other)));
        Assert.InRange(records, 1, flows.Length - 1);
    }

    private static string Comparable(string json)
    {
        var report = JsonNode.Parse(json)!.AsObject();
        foreach (var finding in report["findings"]!.AsArray())
            finding!.AsObject().Remove("evidence");
        return report.ToJsonString();
    }
}
