using System.Text;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Gcp;

/// <summary>What is read of flow logs of Google Cloud.</summary>
public sealed class GcpReadingTests
{
    [Fact]
    public void Both_reporters_of_both_directions_are_one_flow()
    {
        var flow = Assert.Single(Read(Flow("10.0.0.1", 40000, "10.0.0.2", 443, "SRC", 7, 1776),
            Flow("10.0.0.1", 40000, "10.0.0.2", 443, "DEST", 8, 1800),
            Flow("10.0.0.2", 443, "10.0.0.1", 40000, "SRC", 5, 9000),
            Flow("10.0.0.2", 443, "10.0.0.1", 40000, "DEST", 4, 8000)));

        Assert.Equal(("10.0.0.1:40000", "10.0.0.2:443"), (flow.Originator.ToString(), flow.Responder.ToString()));
        Assert.Equal((8, 1800, 5, 9000), (flow.Out.Packets, flow.Out.PayloadBytes, flow.In.Packets, flow.In.Bytes));
        Assert.Equal((Outcome.Established, 9), (flow.Outcome, flow.TimestampDigits));
        Assert.Equal((1_560_483_937_186_193_305, 1_560_483_937_301_953_198), (flow.StartNs, flow.EndNs));
        Assert.Equal((LogSource.Gcp, "id7", 1), (flow.Log!.Source, flow.Log.Identifier, flow.Log.Line));
    }

    [Fact]
    public void Silence_in_samples_says_nothing()
    {
        var (flows, observation) = ZeekText.Read(("a", Flow("10.0.0.1", 40000, "10.0.0.2", 443, "SRC", 7, 0) + "\n"
            + Flow("10.0.0.3", 40000, "10.0.0.2", 443, "SRC", 7, 0).Replace("2019", "2020", StringComparison.Ordinal)));

        Assert.All(flows, flow => Assert.Equal(Outcome.Undecided, flow.Outcome));
        Assert.Equal(flows.Count, observation.Points.Single().SampledFlows);
        Assert.Contains("samples packets", observation.Captures[0].Annotations.Oddity, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}\n{1}\n")]
    [InlineData("[{0},\n{1}]")]
    [InlineData("{{\"events\":[{{\"json\":{0}}},{{\"json\":{1}}}]}}")]
    public void Every_form_of_entries_is_read(string form)
    {
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, form,
            Flow("10.0.0.1", 40000, "10.0.0.2", 443, "SRC", 7, 1), Firewall("DENIED", "\"udp\""));

        var (flows, observation) = ZeekText.Read(("a", text));
        Assert.Equal(["rejected", "undecided"],
            flows.Select(flow => flow.Outcome.ToText()).Order(StringComparer.Ordinal));
        Assert.True(observation.Captures[0].IsWhole);
    }

    [Fact]
    public void A_denial_names_its_rule()
    {
        var flow = Assert.Single(Read(Firewall("DENIED", "17")));

        Assert.Equal((Outcome.Rejected, Reach.Stopped, "denied by firewall rule network:default/firewall:deny of "
            + "Google "
            + "Cloud"), (flow.Outcome, flow.Reach, flow.StoppedHow));
        Assert.Equal((57794, 80, "udp"), (flow.Originator.Port, flow.Responder.Port, flow.Transport.ToString()));
        Assert.Equal(1_573_058_498_394_575_419, flow.StartNs);
    }

    [Fact]
    public void A_permission_alone_is_no_answer() =>
        Assert.Equal(Outcome.Undecided, Assert.Single(Read(Firewall("ALLOWED", "6"))).Outcome);

    [Theory]
    [InlineData("\"src_ip\":\"10.142.0.10\"", "\"src_ip\":\"10.142\"", "without two addresses")]
    [InlineData("\"src_port\":57794", "\"src_port\":-1", "without two ports")]
    [InlineData("\"protocol\":17", "\"protocol\":0", "without a protocol")]
    [InlineData("2019-11-06T16", "2019-13-06T16", "without a time")]
    public void A_bad_entry_is_named_and_loses_no_other(string good, string bad, string problem)
    {
        var (flows, observation) = ZeekText.Read(("a", Firewall("DENIED", "17").Replace(good, bad,
            StringComparison.Ordinal) + "\n" + Firewall("DENIED", "17")));

        Assert.Equal(2, Assert.Single(flows).Log!.Line);
        Assert.Contains("line 1 is an entry " + problem,
            Assert.Single(observation.Captures[0].Annotations.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(45);
        var seed = Encoding.UTF8.GetBytes(Flow("10.0.0.1", 40000, "10.0.0.2", 443, "SRC", 7, 1) + "\n"
            + Firewall("DENIED", "17"));
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

    private static List<FlowRecord> Read(params string[] entries) =>
        ZeekText.Read(("a", string.Join('\n', entries))).Flows;

    private static string Flow(string source, int from, string destination, int to, string reporter, int packets,
        int bytes) => "{\"insertId\":\"id" + packets + "\",\"jsonPayload\":{\"bytes_sent\":\"" + bytes
            + "\",\"connection\":{\"dest_ip\":\"" + destination + "\",\"dest_port\":" + to
            + ",\"protocol\":6,\"src_ip\":\"" + source + "\",\"src_port\":" + from
            + "},\"end_time\":\"2019-06-14T03:45:37.301953198Z\",\"packets_sent\":\"" + packets
            + "\",\"reporter\":\"" + reporter + "\",\"src_instance\":{\"vm_name\":\"a\"},"
            + "\"start_time\":\"2019-06-14T03:45:37.186193305Z\"},"
            + "\"logName\":\"projects/p/logs/compute.googleapis.com%2Fvpc_flows\","
            + "\"timestamp\":\"2019-06-14T03:50:10Z\"}";

    private static string Firewall(string disposition, string protocol) =>
        "{\"insertId\":\"f1\",\"jsonPayload\":{\"connection\":{\"dest_ip\":\"10.128.0.16\",\"dest_port\":80,"
            + "\"protocol\":"
            + protocol + ",\"src_ip\":\"10.142.0.10\",\"src_port\":57794},\"disposition\":\"" + disposition
            + "\",\"rule_details\":{\"ip_port_info\":[{\"ip_protocol\":\"TCP\",\"port_range\":[\"80\"]}],"
            + "\"reference\":\"network:default/firewall:deny\"}},\"timestamp\":\"2019-11-06T16:41:38.394575419Z\"}";
}
