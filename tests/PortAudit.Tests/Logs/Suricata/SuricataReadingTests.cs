using System.Text;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Suricata;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Suricata;

public sealed class SuricataReadingTests
{
    private const string Stats = "{\"timestamp\":\"2020-09-13T12:00:00+0000\",\"event_type\":\"stats\",\"stats\":{}}";

    private const string Alert =
        "{\"timestamp\":\"2020-09-13T12:00:00+0000\",\"flow_id\":5,\"event_type\":\"alert\",\"src_ip\":\"10.0.0.1\","
        + "\"dest_ip\":\"10.0.0.2\",\"proto\":\"TCP\",\"flow\":{\"pkts_toserver\":1,"
        + "\"start\":\"2020-09-13T12:00:00+0000\"}}";

    [Fact]
    public void An_event_is_a_flow()
    {
        var flow = EveText.One(EveText.Flow);

        Assert.Equal("10.0.0.1:50000", flow.Originator.ToString());
        Assert.Equal("10.0.0.2:80", flow.Responder.ToString());
        Assert.Equal((1_600_000_000_000_001_000, 1_600_000_001_500_001_000, 6),
            (flow.StartNs, flow.EndNs, flow.TimestampDigits));
        Assert.Equal((6L, 424L, 5L, 490L), (flow.Out.Packets, flow.Out.Bytes, flow.In.Packets, flow.In.Bytes));
        Assert.False(flow.KnowsPayloadBytes);
        Assert.Equal((1L, 1L), (flow.Out.PayloadBytes, flow.In.PayloadBytes));
        Assert.Equal(("http", IdentificationBasis.Payload), (flow.Protocol, flow.ProtocolBasis));
        Assert.Equal((LogSource.Suricata, "1100", 1), (flow.Log!.Source, flow.Log.Identifier, flow.Log.Line));
    }

    [Theory]
    [InlineData("\"vlan\":[10,20],", "10.20")]
    [InlineData("\"vlan\":10,", "10")]
    [InlineData("\"vlan\":[99999,\"x\"],", "")]
    public void Vlans_are_kept(string text, string vlan) =>
        Assert.Equal(vlan, EveText.One(EveText.Tcp("1b", "1b", 6, 5, rest: text)).Vlan.ToString());

    [Fact]
    public void Two_events_of_one_direction_are_a_flow()
    {
        var flows = EveText.Read(
            EveText.Netflow(1, "10.0.0.1", 50000, "10.0.0.2", 80, "1b", "http"),
            EveText.Netflow(2, "10.0.0.3", 50000, "10.0.0.2", 81, "02"),
            EveText.Netflow(1, "10.0.0.2", 80, "10.0.0.1", 50000, "1b", "http"),
            EveText.Netflow(3, "10.0.0.2", 80, "10.0.0.1", 50001, "12")).Flows;

        Assert.Equal(["1 10.0.0.1:50000 Established 3 3", "2 10.0.0.3:50000 Unanswered 3 0",
            "3 10.0.0.2:80 OneWay 3 0"],
            flows.Select(flow => $"{flow.Log!.Identifier} {flow.Originator} {flow.Outcome} {flow.Out.Packets} "
                + $"{flow.In.Packets}").Order());
    }

    [Theory]
    [InlineData("dns", Outcome.Established)]
    [InlineData("failed", Outcome.Undecided)]
    [InlineData("unknown", Outcome.Undecided)]
    public void An_unnamed_answer_of_one_direction_may_be_an_icmp_error(string protocol, Outcome outcome) =>
        Assert.Equal(outcome, EveText.One(
            EveText.Netflow(1, "10.0.0.1", 50000, "10.0.0.2", 53, "00", "dns", "UDP"),
            EveText.Netflow(1, "10.0.0.2", 53, "10.0.0.1", 50000, "00", protocol, "UDP")).Outcome);

    [Fact]
    public void Flow_events_are_not_counted_again_as_netflow()
    {
        var (flows, observation) = EveText.Read(
            EveText.Netflow(1, "10.0.0.1", 50000, "10.0.0.2", 80, "1b"),
            EveText.Tcp("1b", "1b", 6, 5, second: 5), EveText.Tcp("1b", "1b", 6, 5, second: 10),
            EveText.Netflow(9, "10.0.0.1", 50000, "10.0.0.2", 80, "1b")
                .Replace("12:00:09", "12:09:00", StringComparison.Ordinal));

        Assert.Equal(["1005", "1010", "9"], flows.Select(flow => flow.Log!.Identifier));
        Assert.Contains("netflow events that flow events of the same time repeat, and that were not read: 1",
            observation.Captures[0].Annotations.Oddity, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "line 2 is no JSON object")]
    [InlineData("{\"timestamp\":\"x\"}", "line 2 is no event")]
    [InlineData("{\"event_type\":\"flow\"}", "line 2 is no flow ('proto'")]
    public void A_bad_line_is_named_and_the_others_are_read(string line, string expected) => Bad(line, expected);

    [Theory]
    [InlineData("\"src_ip\":\"10.0.0.1\"", "\"src\":1", "line 2 is no flow ('src_ip' or 'dest_ip'")]
    [InlineData("\"src_ip\":\"10.0.0.1\"", "\"src_ip\":\"10.0.0\"", "line 2 is no flow ('src_ip' or 'dest_ip'")]
    [InlineData("\"dest_port\":80", "\"dest_port\":65536", "line 2 is no flow ('src_ip' or 'dest_ip'")]
    [InlineData("\"dest_port\":80", "\"dest_port\":-1", "line 2 is no flow ('src_ip' or 'dest_ip'")]
    [InlineData("\"proto\":\"TCP\"", "\"proto\":\"none\"", "line 2 is no flow ('proto'")]
    [InlineData("14:26:40.000001", "24:26:40.000001", "line 2 is no flow ('flow.start' is no time")]
    [InlineData("\"flow\":{", "\"other\":{", "line 2 is no flow ('flow.start' is no time")]
    [InlineData("\"pkts_toserver\":6,\"pkts_toclient\":5", "\"pkts\":0", "line 2 is no flow (it counts no packet")]
    public void A_bad_field_is_named(string text, string other, string expected) =>
        Bad(EveText.Flow.Replace(text, other, StringComparison.Ordinal), expected);

    [Fact]
    public void Deep_nesting_is_a_bad_line() => Bad(
        EveText.Flow.Replace("\"proto\"", "\"x\":" + new string('[', 200) + new string(']', 200) + ",\"proto\"",
            StringComparison.Ordinal), "line 2 is no JSON object");

    [Fact]
    public void The_first_of_two_values_counts() => Assert.Equal("10.0.0.1:50000", EveText.One(
        EveText.Flow.Replace("\"proto\"", "\"src_port\":9,\"proto\"", StringComparison.Ordinal)).Originator.ToString());

    [Fact]
    public void A_line_beyond_the_limit_is_skipped()
    {
        var (flows, observation) = EveText.Read(EveText.Flow,
            "{\"x\":\"" + new string('a', LogLines.MaximumLength) + "\"}", EveText.Flow);

        Assert.Equal([1L, 3L], flows.Select(flow => flow.Log!.Line));
        Assert.Contains("line 2 is longer", Assert.Single(observation.Captures[0].Annotations.Damages).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_log_ends_with_the_last_whole_event()
    {
        var (flows, observation) = ZeekText.Read(("eve.json", EveText.Of(EveText.Flow) + EveText.Flow[..^5]));

        Assert.Single(flows);
        Assert.Equal(CaptureEndKind.Cut, observation.Captures[0].End.Kind);
        Assert.True(EveText.Read(EveText.Flow).Observation.Captures[0].IsWhole);
    }

    [Fact]
    public void Gzip_and_parts_of_a_rotated_log_are_the_flows_of_the_whole()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.WriteGzip(directory["eve.json.1.gz"], EveText.Of(EveText.Tcp("1b", "1b", 6, 5, second: 1)));
        ZeekText.Write(directory["eve.json"], EveText.Of(Stats, EveText.Tcp("1b", "1b", 6, 5, second: 2)));

        var (flows, observation) = ZeekText.Read([directory["eve.json"], directory["eve.json.1.gz"]]);

        Assert.Equal(["1001", "1002"], flows.Select(flow => flow.Log!.Identifier).Order());
        Assert.Equal("gzip, Suricata EVE log, JSON lines", observation.Captures[1].Format);
    }

    [Theory]
    [InlineData(Stats)]
    [InlineData(Alert)]
    public void A_log_without_flows_is_refused(string line)
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["eve.json"], EveText.Of(line));

        Assert.Contains("with no flow events", Assert.Single(FlowLogSet.Open([directory["eve.json"]]).Problems).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_log_without_flows_is_reported()
    {
        var (flows, observation) = EveText.Read([.. Enumerable.Repeat(Alert, 1000)]);

        Assert.Empty(flows);
        Assert.Equal(CaptureEndKind.Damaged, observation.Captures[0].End.Kind);
        Assert.Contains("it holds no flow events", observation.Captures[0].End.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"event_type\":\"flow\"}")]
    [InlineData("{\"timestamp\":\"2020-09-13T12:00:00Z\",\"event_type\":\"login\",\"user\":\"x\"}")]
    [InlineData("{\"timestamp\":\"2020-09-13T12:00:00Z\",\"event_type\":\"flow\",\"src_ip\":\"10.0.0.1\"}")]
    [InlineData("{\"timestamp\":1,\"event_type\":\"flow\",\"flow_id\":1,"
        + "\"src_ip\":\"a\",\"dest_ip\":\"b\",\"proto\":\"c\"}")]
    [InlineData("[]")]
    [InlineData("event_type timestamp flow_id src_ip")]
    public void Logs_of_other_programs_are_not_taken(string line) =>
        Assert.Null(new SuricataFormat().TryRecognise(Encoding.UTF8.GetBytes(line + "\n")));

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(43);
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes(EveText.Of(EveText.Flow, EveText.Tcp("02", "00", 1, 0))),
            Encoding.UTF8.GetBytes(EveText.Of(
                EveText.Netflow(1, "10.0.0.1", 50000, "10.0.0.2", 80, "1b"),
                EveText.Netflow(1, "10.0.0.2", 80, "10.0.0.1", 50000, "1b"))),
            Encoding.UTF8.GetBytes(EveText.Of(SuricataJoinTests.Tls, SuricataJoinTests.Bind, SuricataJoinTests.Answer)),
        ];
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["eve.json"], EveText.Of(EveText.Flow));
        for (var run = 0; run < 1500; run++)
        {
            var bytes = seeds[run % seeds.Length].ToArray();
            for (var change = random.Next(4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(directory["odd"], bytes[..random.Next(1, bytes.Length + 1)]);
            ZeekText.Read([directory["eve.json"], directory["odd"]]);
        }
    }

    private static void Bad(string line, string expected)
    {
        var (flows, observation) = EveText.Read(EveText.Flow, line, EveText.Tcp("1b", "1b", 6, 5));

        Assert.Equal(["1100", "1000"], flows.Select(flow => flow.Log!.Identifier));
        Assert.Contains(expected, Assert.Single(observation.Captures[0].Annotations.Damages).Reason,
            StringComparison.Ordinal);
        Assert.False(observation.Captures[0].IsWhole);
    }
}
