using System.Globalization;
using System.Text;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Aws;

/// <summary>What is read of flow logs of AWS.</summary>
public sealed class AwsReadingTests
{
    private const string Asked = "10.0.0.1 10.0.0.2 40000 443 6";
    private const string Answered = "10.0.0.2 10.0.0.1 443 40000 6";

    [Fact]
    public void Two_directions_and_intervals_are_one_flow()
    {
        var flow = Assert.Single(AwsText.Read(AwsText.Plain(Asked, 10, 3000) + AwsText.Plain(Answered, 9, 9000)
            + AwsText.Plain(Answered, 1, 1000, start: 60) + AwsText.Plain(Asked, 2, 300, start: 60) + AwsText.Later));

        Assert.Equal(("10.0.0.1:40000", "10.0.0.2:443"), (flow.Originator.ToString(), flow.Responder.ToString()));
        Assert.Equal((12, 3300, 10, 10000), (flow.Out.Packets, flow.Out.Bytes, flow.In.Packets, flow.In.Bytes));
        Assert.Equal((Outcome.Established, DirectionBasis.Port), (flow.Outcome, flow.DirectionBasis));
        Assert.Equal((1_600_000_000, 1_600_000_119), (flow.StartNs / 1_000_000_000, flow.EndNs / 1_000_000_000));
        Assert.Equal((LogSource.Aws, "eni-1", 1), (flow.Log!.Source, flow.Log.Identifier, flow.Log.Line));
        Assert.Equal(("tls", IdentificationBasis.Port), (flow.Protocol, flow.ProtocolBasis));
    }

    [Fact]
    public void What_two_interfaces_saw_counts_once()
    {
        var flow = Assert.Single(AwsText.Read(AwsText.Plain(Asked, 10, 3000) + AwsText.Plain(Asked, 9, 2900,
            sensor: "eni-2") + AwsText.Plain(Answered, 8, 800) + AwsText.Plain(Answered, 8, 800, sensor: "eni-2")));

        Assert.Equal((10, 3000, 8), (flow.Out.Packets, flow.Out.Bytes, flow.In.Packets));
    }

    [Fact]
    public void The_fields_of_the_header_may_stand_in_any_order()
    {
        var flow = Assert.Single(AwsText.Read("end start dstport srcport dstaddr srcaddr protocol surprise bytes "
            + "packets\n"
            + "1600000059 1600000000 53 40000 192.0.2.2 192.0.2.1 17 - 100 2\n"));

        Assert.Equal(("192.0.2.1:40000", "192.0.2.2:53", 2), (flow.Originator.ToString(), flow.Responder.ToString(),
            flow.Out.Packets));
    }

    [Fact]
    public void The_address_in_the_packets_counts_behind_a_gateway()
    {
        var flow = Assert.Single(AwsText.Read("interface-id srcaddr dstaddr srcport dstport protocol start pkt-srcaddr "
            + "pkt-dstaddr\neni-1 10.0.0.1 10.0.0.99 40000 443 6 1600000000 10.0.0.1 198.51.100.7\n"));

        Assert.Equal("198.51.100.7:443", flow.Responder.ToString());
    }

    [Theory]
    [InlineData("2016-10-31T11:35:08.000Z 2 1 eni-1 10.0.0.1 10.0.0.2 40000 443 6 1 60 1600000000 1600000001 "
        + "ACCEPT OK")]
    [InlineData("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"message\":\"2 1 eni-1 "
        + "10.0.0.1 10.0.0.2 40000 443 6 1 60 1600000000 1600000001 ACCEPT OK\"}]}")]
    [InlineData("{\n \"events\": [\n  {\"message\": \"2 1 eni-1 10.0.0.1 10.0.0.2 40000 443 6 1 60 1600000000 "
        + "1600000001 ACCEPT OK\"}\n ]\n}\n")]
    [InlineData("5 1 eni-1 10.0.0.9 10.0.0.2 40000 443 6 1 60 1600000000 1600000001 ACCEPT OK vpc-1 subnet-1 i-1 "
        + "2 IPv4 10.0.0.1 10.0.0.2 us-east-1 a - - - - ingress -")]
    public void Every_form_of_a_record_is_read(string text)
    {
        var (flows, observation) = AwsText.ReadAll(text);

        Assert.Equal(("10.0.0.1:40000", "10.0.0.2:443"), (Assert.Single(flows).Originator.ToString(),
            flows[0].Responder.ToString()));
        Assert.True(observation.Captures[0].IsWhole);
    }

    [Fact]
    public void The_log_of_a_transit_gateway_is_read()
    {
        var flow = Assert.Single(AwsText.Read("6 TransitGateway 1 tgw-1 tgw-attach-1 1 1 vpc-1 vpc-2 s-1 s-2 "
            + "eni-1 eni-2 a b "
            + "- 10.0.0.1 10.1.0.1 40000 443 6 5 600 1600000000 1600000059 OK IPv4 0 0 0 0 2 us-east-1 ingress - -\n"));

        Assert.Equal(("10.1.0.1:443", "tgw-attach-1", DirectionBasis.Syn), (flow.Responder.ToString(),
            flow.Log!.Identifier, flow.DirectionBasis));
    }

    [Fact]
    public void An_interval_without_packets_is_no_flow()
    {
        var (flows, observation) = AwsText.ReadAll("2 1 eni-1 - - - - - - - 1600000000 1600000059 - NODATA\n");

        Assert.Empty(flows);
        Assert.True(observation.Captures[0].IsWhole);
    }

    [Fact]
    public void Silence_says_nothing_where_records_are_missing()
    {
        var attempt = AwsText.Plain("10.0.0.1 10.0.0.2 40000 53 17", 3, 180);
        Assert.Equal(Outcome.Unanswered, Assert.Single(AwsText.Read(attempt + AwsText.Later)).Outcome);

        var (flows, observation) = AwsText.ReadAll(attempt
            + "2 1 eni-1 - - - - - - - 1600000060 1600000119 - SKIPDATA\n" + AwsText.Later);
        Assert.Equal(Outcome.Undecided, flows.Single(flow => flow.StartNs == 1_600_000_000_000_000_000).Outcome);
        Assert.Contains("SKIPDATA in 1 of its records: AWS could not record all packets from 2020-09-13T12:27:40Z",
            observation.Captures[0].Annotations.Oddity, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 1 eni-1 10.0.0.1 10.0.0.2 40000 443 6 1 60 1600000000 1600000001 "
        + "ACCEPT", "is no record of a flow log")]
    [InlineData("2 1 eni-1 10.0.0 10.0.0.2 40000 443 6 1 60 1600000000 1600000001 ACCEPT "
        + "OK", "'srcaddr' is no address")]
    [InlineData("2 1 eni-1 10.0.0.1 - 40000 443 6 1 60 1600000000 1600000001 ACCEPT OK", "'dstaddr' is no address")]
    [InlineData("2 1 eni-1 10.0.0.1 10.0.0.2 40000 70000 6 1 60 1600000000 1600000001 ACCEPT OK", "is no port")]
    [InlineData("2 1 eni-1 10.0.0.1 10.0.0.2 40000 443 256 1 60 1600000000 1600000001 ACCEPT OK", "'protocol' is no")]
    [InlineData("2 1 eni-1 10.0.0.1 10.0.0.2 40000 443 6 1 60 -5 1600000001 ACCEPT OK", "'start' is no time")]
    [InlineData("2 1 eni-1 10.0.0.1 10.0.0.2 40000 443 6 1 60 99999999999999 1 ACCEPT OK", "'start' is no time")]
    [InlineData("2 1 eni-1 10.0.0.1 10.0.0.2 40000 443 6 1 60 1600000001 1600000000 ACCEPT "
        + "OK", "'end' is before 'start'")]
    public void A_bad_line_is_named_and_loses_no_other(string line, string problem)
    {
        var (flows, observation) = AwsText.ReadAll(AwsText.Plain(Asked, 10, 3000) + line + "\n" + AwsText.Later);

        Assert.Equal(2, flows.Count);
        var damage = Assert.Single(observation.Captures[0].Annotations.Damages);
        Assert.StartsWith("line 2 ", damage.Reason, StringComparison.Ordinal);
        Assert.Contains(problem, damage.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_with_other_columns_than_its_header_is_named()
    {
        var (flows, observation) = AwsText.ReadAll(AwsText.Header + AwsText.Flagged(Asked, 1, 60, 2)
            + "5 eni-1 10.0.0.1\n");

        Assert.Single(flows);
        Assert.Contains("line 3 has 3 values where its header names 14 fields",
            Assert.Single(observation.Captures[0].Annotations.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_without_ports_is_refused_by_name()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["vpc.log"], "instance-id interface-id srcaddr dstaddr\n- eni-1 10.0.0.1 10.0.0.2\n");

        var run = CommandRun.Of("flows", directory["vpc.log"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("this is a VPC flow log of AWS without 'srcport', so it holds no flows",
            run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 apples and 3 pears\n")]
    [InlineData("2 1 eni-1 a b 1 2 3 4 5 6 7 maybe OK\n")]
    [InlineData("time,source,destination\n2 1,a,b\n")]
    public void Other_text_is_no_flow_log(string text)
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["a.txt"], text);

        Assert.False(PortAudit.Traffic.Logs.FlowLogSet.IsRecognised(directory["a.txt"]));
    }

    [Fact]
    public void A_cut_last_line_is_a_cut_log()
    {
        var (flows, observation) = AwsText.ReadAll(AwsText.Plain(Asked, 10, 3000) + "2 1 eni-1 10.0.0.1 10.");

        Assert.Single(flows);
        Assert.Equal(CaptureEndKind.Cut, observation.Captures[0].End.Kind);
    }

    [Fact]
    public void Json_that_is_cut_or_damaged_loses_no_other_record()
    {
        const string Event = "{\"message\":\"2 1 eni-1 10.0.0.1 10.0.0.2 40000 443 6 1 60 1600000000 1600000001 "
            + "ACCEPT OK\"}\n";
        var other = Event.Replace("40000", "40001", StringComparison.Ordinal);

        var (damaged, first) = AwsText.ReadAll(Event + "{\"message\": nonsense}\n" + other);
        Assert.Equal(2, damaged.Count);
        Assert.Contains("line 2 is no JSON",
            Assert.Single(first.Captures[0].Annotations.Damages).Reason, StringComparison.Ordinal);

        var (cut, second) = AwsText.ReadAll("[" + Event + "," + other[..20]);
        Assert.Single(cut);
        Assert.Equal(CaptureEndKind.Cut, second.Captures[0].End.Kind);
    }

    [Fact]
    public void A_connection_on_the_same_ports_after_silence_or_a_reset_is_another_flow()
    {
        Assert.Equal(2, AwsText.Read(AwsText.Plain("10.0.0.1 10.0.0.2 40000 53 17", 1, 60)
            + AwsText.Plain("10.0.0.1 10.0.0.2 40000 53 17", 1, 60, start: 480)).Count);
        Assert.Equal(2, AwsText.Read(AwsText.Header + AwsText.Flagged(Asked, 5, 900, 3)
            + AwsText.Flagged(Answered, 5, 900, 19) + AwsText.Flagged(Asked, 5, 900, 2, start: 60)).Count);
    }

    [Fact]
    public void Files_in_any_order_give_the_same_flows()
    {
        var lines = Enumerable.Range(0, 40).SelectMany(index => new[]
        {
            AwsText.Plain($"10.0.0.{index % 9} 10.0.1.2 {40000 + (index % 9)} 443 6", 3, 400, start: index * 60),
            AwsText.Plain($"10.0.1.2 10.0.0.{index % 9} 443 {40000 + (index % 9)} 6", 3, 400, start: index * 60),
        }).ToArray();
        var whole = Of(ZeekText.Read(("a", string.Concat(lines))).Flows);
        for (var cut = 7; cut < 80; cut += 7)
            Assert.Equal(whole, Of(ZeekText.Read(("b", string.Concat(lines[..cut])), ("a", string.Concat(lines[cut..])))
                .Flows));

        static string Of(List<FlowRecord> flows) => string.Join('\n', flows.Select(flow => string.Create(
            CultureInfo.InvariantCulture,
            $"{flow.StartNs} {flow.Originator} {flow.Out} {flow.In} {flow.EndNs} {flow.Outcome}")).Order(
                StringComparer.Ordinal));
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(43);
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes(AwsText.Plain(Asked, 10, 3000) + AwsText.Plain(Answered, 1, 1) + AwsText.Later),
            Encoding.UTF8.GetBytes(AwsText.Header + AwsText.Flagged(Asked, 10, 3000, 3)),
            Encoding.UTF8.GetBytes("{\"e\":[{\"message\":\"" + AwsText.Later.TrimEnd() + "\"},\n{\"message\":\"2 "
                + "\"}]}"),
        ];
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["good"], AwsText.Later);
        for (var run = 0; run < 1500; run++)
        {
            var bytes = seeds[run % seeds.Length].ToArray();
            for (var change = random.Next(4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(directory["odd"], bytes[..random.Next(1, bytes.Length + 1)]);
            PortAudit.Traffic.Logs.FlowLogSet.Open([directory["good"], directory["odd"]])
                .Read(new PortAudit.Traffic.Logs.Contract.LogOptions(), _ => { }, null, CancellationToken.None);
        }
    }
}
