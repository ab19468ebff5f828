using PortAudit.Audit.Findings;
using PortAudit.Audit.Tunnels;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.Tunnels;

public sealed class TunnelFindingTests
{
    [Theory]
    [InlineData(16, 0, 1_920, 0, true)] // long names
    [InlineData(16, 0, 320, 1_600, true)] // short names, long answers
    [InlineData(16, 16, 300, 100, true)] // types that nobody asks for
    [InlineData(16, 0, 1_900, 0, false)] // hashes
    [InlineData(15, 15, 9_000, 9_000, false)] // too few
    public void Names_that_are_data_are_a_tunnel(int queries, int rare, int nameBytes, int answerBytes, bool isTunnel)
    {
        var finding = Find(Flow(queries, rare, nameBytes, answerBytes));

        Assert.Equal(isTunnel, finding is not null);
        if (finding is null)
            return;
        Assert.Equal((rare > 0 ? Severity.High : Severity.Medium, "dns", "53", 1L),
            (finding.Severity, finding.Protocol, finding.Ports, finding.Flows));
        Assert.Equal(rare == 0, finding.Explanation.Contains("Security software", StringComparison.Ordinal));
        Assert.Contains($"{queries} different names below example.com", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("Block example.com", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Flows_of_one_client_count_together_and_names_once()
    {
        var flows = Enumerable.Range(0, 40).Select(i => Flow(1, 1, 40, 0, first: i % 20) with
        {
            Originator = new Endpoint(AddressOf("10.0.0.1"), (ushort)(40_000 + i)),
            Id = (ulong)i + 1,
        }).ToArray();

        Assert.Contains("20 different names", Find(flows)!.Explanation, StringComparison.Ordinal);
        Assert.Null(Find([.. flows.Take(TunnelTally.LeastNames - 1)]));
        // each of many clients asks for one
        Assert.Null(Find([.. flows.Take(20).Select((flow, i) =>
            flow with { Originator = new Endpoint(AddressOf($"10.2.0.{i}"), 40_000) })]));
    }

    [Fact]
    public void Queries_that_nothing_answers_were_tried()
    {
        var finding = Find(Flow(20, 20, 4_000, 0).Ending(Outcome.Unanswered))!;

        Assert.Equal((Severity.Medium, "nothing answered, or security software can explain it"),
            (finding.Severity, SeverityReason.Of(finding)));
    }

    [Fact]
    public void Names_in_no_domain_go_to_the_server_that_was_asked()
    {
        var flow = Flow(20, 20, 4_000, 0);
        var finding = Find(flow with { CarriedNames = [flow.CarriedNames[0] with { Domain = "" }] })!;

        Assert.Contains("in no domain", finding.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("Block example.com", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tunnel_in_echo_messages_is_reported_whatever_its_volume()
    {
        var flow = Of("10.0.0.1:8 icmp 10.1.0.1:0").Proving("icmp", "tunnel") with
        {
            ServiceBasis = IdentificationBasis.Payload,
        };

        Assert.Equal((Severity.High, "icmp"), (Find(flow)!.Severity, Find(flow)!.Transport));
    }

    [Theory]
    [InlineData("10.0.0.1", Severity.Medium)]
    [InlineData("203.0.113.7", Severity.High)]
    public void A_web_socket_that_carries_ssh_is_a_tunnel_between_any_hosts(string server, Severity severity)
    {
        var flow = Of($"10.9.0.1:50000 tcp {server}:8888").Proving("http", "websocket-ssh") with
        {
            ServiceBasis = IdentificationBasis.Payload,
        };
        var finding = Find(flow)!;

        Assert.Equal((severity, "8888"), (finding.Severity, finding.Ports));
        Assert.Contains(" carry SSH: 1 flow on tcp 8888 ", finding.Explanation, StringComparison.Ordinal);
        Assert.Null(Find(flow with { Service = "websocket" }));
    }

    private static FlowRecord Flow(int queries, int rare, int nameBytes, int answerBytes, int first = 0) =>
        Of("10.0.0.1:50000 udp 10.1.0.1:53").Proving("dns") with
        {
            CarriedNames =
            [
                new CarriedNames("example.com", queries, rare, nameBytes, answerBytes,
                    [.. Enumerable.Range(first, queries).Select(name => (ulong)name)]),
            ],
        };

    private static Finding? Find(params FlowRecord[] flows) =>
        new AuditBench(RuleSample.Of("names fe edge udp 53 dns any")).Run(flows).Findings
            .SingleOrDefault(finding => finding.Kind == FindingKind.HiddenTunnel);
}
