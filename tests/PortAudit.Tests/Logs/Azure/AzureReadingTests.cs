using System.Text;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Azure;

/// <summary>What is read of flow logs of Azure.</summary>
public sealed class AzureReadingTests
{
    private const string Later = "1600003600000,192.0.2.8,192.0.2.9,40000,53,17,O,E,NX,1,80,1,80";

    [Fact]
    public void The_tuples_of_a_flow_are_one_flow()
    {
        var flow = Read("1600000000123,10.0.0.1,10.0.0.2,40000,443,6,O,B,NX,0,0,0,0",
            "1600000060000,10.0.0.1,10.0.0.2,40000,443,6,O,C,NX,10,4000,8,8000",
            "1600000120456,10.0.0.1,10.0.0.2,40000,443,6,O,E,NX,2,400,1,800")[0];

        Assert.Equal(("10.0.0.1:40000", "10.0.0.2:443"), (flow.Originator.ToString(), flow.Responder.ToString()));
        Assert.Equal((12, 4400, 9, 8800), (flow.Out.Packets, flow.Out.Bytes, flow.In.Packets, flow.In.Bytes));
        Assert.Equal((1_600_000_000_123, 1_600_000_120_456), (flow.StartNs / 1_000_000, flow.EndNs / 1_000_000));
        Assert.Equal((Outcome.Established, 3), (flow.Outcome, flow.TimestampDigits));
        Assert.Equal((LogSource.Azure, "000D3AF87856", 1), (flow.Log!.Source, flow.Log.Identifier, flow.Log.Line));
    }

    [Theory]
    [InlineData("unanswered", "1600000000000,10.0.0.1,10.0.0.2,40000,53,17,O,E,NX,3,240,0,0")]
    [InlineData("unanswered", "1600000000000,10.0.0.1,10.0.0.2,40000,443,6,O,E,NX,3,222,0,0")]
    [InlineData("established", "1600000000000,10.0.0.1,10.0.0.2,40000,53,17,O,E,NX,1,80,1,80")]
    [InlineData("undecided", "1600000000000,10.0.0.1,10.0.0.2,40000,443,6,O,E,NX,1,66,1,54")]
    [InlineData("undecided", "1600000000000,10.0.0.1,10.0.0.2,40000,443,6,O,B,NX,,,,")]
    [InlineData("rejected", "1600000000000,10.0.0.1,10.0.0.2,40000,443,6,I,D,NX,0,0,0,0")]
    public void The_state_decides_the_outcome(string outcome, string tuple)
    {
        var flow = Read(tuple)[0];

        Assert.Equal(outcome, flow.Outcome.ToText());
        Assert.Equal(outcome == "rejected" ? "denied by rule Deny_All in Azure" : null, flow.StoppedHow);
    }

    [Theory]
    [InlineData("established", "1600000000,10.0.0.1,10.0.0.2,40000,443,T,O,A,E,5,900,5,900")]
    [InlineData("undecided", "1600000000,10.0.0.1,10.0.0.2,40000,443,T,O,A")]
    [InlineData("undecided", "1600000000,10.0.0.1,10.0.0.2,40000,443,T,O,A,B,,,,")]
    [InlineData("rejected", "1600000000,10.0.0.1,10.0.0.2,40000,443,U,I,D")]
    [InlineData("rejected", "1600000000,10.0.0.1,10.0.0.2,40000,443,U,I,D,B,,,,")]
    public void Both_versions_of_a_security_groups_log_are_read(string outcome, string tuple)
    {
        var text = "{\"records\":[{\"category\":\"NetworkSecurityGroupFlowEvent\",\"properties\":{\"Version\":2,"
            + "\"flows\":"
            + "[{\"rule\":\"Deny_All\",\"flows\":[{\"mac\":\"000D3AF87856\",\"flowTuples\":[\"" + tuple + "\"]}]}]}}]}";

        var flow = Assert.Single(ZeekText.Read(("PT1H.json", text)).Flows);
        Assert.Equal((outcome, 1_600_000_000), (flow.Outcome.ToText(), flow.StartNs / 1_000_000_000));
    }

    [Fact]
    public void What_two_interfaces_saw_counts_once()
    {
        const string Tuple = "1600000060000,10.0.0.1,10.0.0.2,40000,443,6,O,E,NX,10,4000,8,8000";
        var text = Document("1", Tuple) + "\n" + Document("2", Tuple);

        Assert.Equal(10, Assert.Single(ZeekText.Read(("a", text)).Flows).Out.Packets);
    }

    [Theory]
    [InlineData("1600000060000,10.0.0.1,10.0.0.2,40000,443,6,O", "too few values")]
    [InlineData("1600000060000,10.0.0.1,10.0.0.2,40000,443,6,O,E,NX,10,4000,8,8000,1", "too many values")]
    [InlineData("-1,10.0.0.1,10.0.0.2,40000,443,6,O,E,NX,10,4000,8,8000", "without a time")]
    [InlineData("1600000060000,10.0.0.1,10.0.0.2,40000,443,X,O,E,NX,10,4000,8,8000", "without a protocol")]
    [InlineData("1600000060000,10.0.0,10.0.0.2,40000,443,6,O,E,NX,10,4000,8,8000", "without two addresses")]
    [InlineData("1600000060000,10.0.0.1,10.0.0.2,40000,66000,6,O,E,NX,10,4000,8,8000", "without two ports")]
    [InlineData("1600000060000,10.0.0.1,10.0.0.2,40000,443,6,O,Z,NX,10,4000,8,8000", "no known state")]
    public void A_bad_tuple_is_named_and_loses_no_other(string tuple, string problem)
    {
        var (flows, observation) = ZeekText.Read(("a", Document("1", Later, tuple, Later.Replace("192.0.2.8",
            "192.0.2.7", StringComparison.Ordinal))));

        Assert.Equal(2, flows.Count);
        Assert.Contains(problem, Assert.Single(observation.Captures[0].Annotations.Damages).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_document_keeps_its_tuples()
    {
        var (flows, observation) = ZeekText.Read(("a", Document("1", Later, Later)[..^30]));

        Assert.Single(flows);
        Assert.Equal(CaptureEndKind.Cut, observation.Captures[0].End.Kind);
    }

    [Fact]
    public void Nesting_without_end_is_no_json()
    {
        var (flows, observation) = ZeekText.Read(("a", Document("1", Later) + "\n" + new string('[', 5000) + "\n"
            + Document("2", Later.Replace("192.0.2.8", "192.0.2.7", StringComparison.Ordinal))));

        Assert.Equal(2, flows.Count);
        Assert.Contains("is no JSON", Assert.Single(observation.Captures[0].Annotations.Damages).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_string_beyond_the_limit_loses_its_document_only()
    {
        var (flows, _) = ZeekText.Read(("a", Document("1", Later) + "\n{\"x\":\"" + new string('a', 3_000_000) + "\"}\n"
            + Document("2", Later.Replace("192.0.2.8", "192.0.2.7", StringComparison.Ordinal))));

        Assert.Equal(2, flows.Count);
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(44);
        var seed = Encoding.UTF8.GetBytes(Document("1", Later, "1600000000,10.0.0.1,10.0.0.2,40000,443,T,O,A,B,,,,"));
        using var directory = new TemporaryDirectory();
        for (var run = 0; run < 1500; run++)
        {
            var bytes = seed.ToArray();
            for (var change = random.Next(5); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(directory["odd"], bytes[..random.Next(1, bytes.Length + 1)]);
            FlowLogSet.Open([directory["odd"]]).Read(new LogOptions(), _ => { }, null, CancellationToken.None);
        }
    }

    private static List<FlowRecord> Read(params string[] tuples)
    {
        var (flows, observation) = ZeekText.Read(("PT1H.json", Document("000D3AF87856", [.. tuples, Later])));
        Assert.True(observation.Captures[0].IsWhole);
        return [.. flows.OrderBy(flow => flow.StartNs)];
    }

    private static string Document(string interfaceName, params string[] tuples) =>
        "{\"records\":[{\"time\":\"2020-09-13T12:26:40Z\",\"category\":\"FlowLogFlowEvent\",\"macAddress\":\""
            + interfaceName + "\",\"flowRecords\":{\"flows\":[{\"aclID\":\"1\",\"flowGroups\":[{\"rule\":\"Deny_All\","
            + "\"flowTuples\":[" + string.Join(",\n", tuples.Select(tuple => $"\"{tuple}\"")) + "]}]}]}}]}";
}
