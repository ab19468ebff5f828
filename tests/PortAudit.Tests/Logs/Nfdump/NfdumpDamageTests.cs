using System.Text;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Logs.Contract;
using static PortAudit.Tests.Logs.Nfdump.NfdumpText;

namespace PortAudit.Tests.Logs.Nfdump;

/// <summary>No text makes the reading fail, and what stands around damage is read.</summary>
public sealed class NfdumpDamageTests
{
    [Theory]
    [InlineData("192.0.2.1\"", "192.0.2\"", "whose addresses are none")]
    [InlineData("\"src4_addr\"", "\"src_addr\"", "whose addresses are none")]
    [InlineData("192.0.2.1\"", "2001:db8::1\"", "whose addresses are none, or of two families")]
    [InlineData("\"proto\" : 6", "\"proto\" : \"TCP\"", "without a protocol number")]
    [InlineData("\"proto\" : 6", "\"proto\" : 256", "without a protocol number")]
    [InlineData("\"proto\" : 6", "\"proto\" : null", "without a protocol number")]
    [InlineData("\"src_port\" : 50000", "\"src_port\" : 70000", "without two ports")]
    [InlineData("\"src_port\" : 50000,", "", "without two ports")]
    [InlineData("\"src_port\" : 50000", "\"src_port\" : -1", "a text or negative number where a count belongs")]
    [InlineData("\"in_packets\" : 3", "\"in_packets\" : -3", "whose packets or bytes are no count")]
    [InlineData("\"in_bytes\" : 180", "\"in_bytes\" : \"1.2 M\"", "whose packets or bytes are no count")]
    public void A_bad_record_is_named_and_loses_no_other(string good, string bad, string problem)
    {
        var text = All(Udp(1), Tcp("......S.", 3).Replace(good, bad, StringComparison.Ordinal), Udp(2));
        var (flows, observation) = Read(text);

        Assert.Equal(2, flows.Count);
        var damage = Assert.Single(observation.Captures[0].Annotations.Damages).Reason;
        Assert.StartsWith("line 15 holds a record", damage, StringComparison.Ordinal);
        Assert.Contains(problem, damage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"in_packets\" : 3", "\"in_packets\" : [1, {\"in_packets\" : 2}]")]
    [InlineData("\"in_packets\" : 3", "\"in_packets\" : {\"in_packets\" : 2}")]
    [InlineData("\"src_port\" : 50000", "\"src_port\" : 50000, \"src_port\" : 1")]
    [InlineData("\"tcp_flags\" : \"......S.\"", "\"tcp_flags\" : {\"src_port\" : 7}")]
    public void Nested_and_repeated_values_are_none(string good, string bad)
    {
        var (flows, observation) = Read(All(Tcp("......S.", 3).Replace(good, bad, StringComparison.Ordinal)));

        Assert.Equal("192.0.2.1:50000", Assert.Single(flows).Originator.ToString());
        Assert.True(observation.Captures[0].IsWhole);
    }

    [Fact]
    public void Counts_have_a_limit()
    {
        var flow = One(Tcp("......S.", 3).Replace("\"in_bytes\" : 180", $"\"in_bytes\" : {long.MaxValue}",
            StringComparison.Ordinal));

        Assert.Equal(1L << 53, flow.Out.Bytes);
    }

    [Theory]
    [InlineData("[\n", "]\n")]
    [InlineData("", "")]
    public void A_cut_list_keeps_its_whole_records(string head, string tail)
    {
        var text = head + Udp(1) + ",\n" + Udp(2) + tail;
        var (flows, observation) = Read(text[..^40]);

        Assert.Single(flows);
        Assert.Equal(CaptureEndKind.Cut, observation.Captures[0].End.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void What_stands_behind_damage_is_read(string indent)
    {
        var (flows, observation) = Read("[\n" + Udp(1) + ",\n!!\n" + indent + Udp(2) + ",\n" + indent + Udp(3)
            + "\n]\n");

        Assert.Equal(3, flows.Count);
        Assert.Contains("is no JSON", Assert.Single(observation.Captures[0].Annotations.Damages).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_count_nothing_are_told()
    {
        var nat = Event(0, 0).Replace("\"event_id\" : \"0\"", "\"nat_event_id\" : \"1\"", StringComparison.Ordinal);
        var (flows, observation) = Read(All(nat, Udp(1), Tcp("......S.", 0)));

        Assert.Single(flows);
        Assert.Contains("records that count no packet, and are no flows: 2",
            observation.Captures[0].Annotations.Oddity!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"type\":\"FLOW\",\"a\":1,\"b\":2,\"c\":3}]")]
    [InlineData("[{\"type\":\"flow\",\"proto\":6,\"src_port\":1,\"dst_port\":2,\"first\":\"\"}]")]
    [InlineData("[[]]")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void Other_json_is_none_of_nfdump(string text)
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["other"], text);

        Assert.False(FlowLogSet.IsRecognised(directory["other"]));
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(41);
        var seed = Encoding.UTF8.GetBytes(All(Tcp("......S.", 3), Event(2, 100), Udp(1)));
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
}
