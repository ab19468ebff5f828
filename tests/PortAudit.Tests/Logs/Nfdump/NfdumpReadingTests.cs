using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Logs.Nfdump.NfdumpText;

namespace PortAudit.Tests.Logs.Nfdump;

/// <summary>What is read of the records that nfdump prints.</summary>
public sealed class NfdumpReadingTests
{
    private const long StartNs = 1_600_000_000_007_000_000;

    [Fact]
    public void The_records_of_both_directions_are_one_flow()
    {
        var flow = One(Tcp("...AP.SF", 6), Tcp("...AP.SF", 4, isAnswer: true, second: 1));

        Assert.Equal(("192.0.2.1:50000", "192.0.2.2:80"), (flow.Originator.ToString(), flow.Responder.ToString()));
        Assert.Equal((6, 360, 4, 240), (flow.Out.Packets, flow.Out.Bytes, flow.In.Packets, flow.In.Bytes));
        Assert.Equal((StartNs, 1_600_000_002_250_000_000, 3), (flow.StartNs, flow.EndNs, flow.TimestampDigits));
        Assert.Equal((Outcome.Established, "ShADadFf"), (flow.Outcome, flow.History));
        Assert.Equal((LogSource.Nfdump, "records 1 and 2", 2),
            (flow.Log!.Source, flow.Log.Identifier, flow.Log.Line));
    }

    [Theory]
    [InlineData("......S.", "...A.R..", Outcome.Refused)]
    [InlineData("......S.", "...A..S.", Outcome.HalfOpen)]
    [InlineData("...A....", "...AP...", Outcome.Midstream)]
    [InlineData("24", "24", Outcome.Midstream)]
    [InlineData("what", "else", Outcome.Undecided)]
    public void Flags_decide_the_outcome(string sent, string received, Outcome expected) =>
        Assert.Equal(expected, One(Tcp(sent, 2), Tcp(received, 1, isAnswer: true, second: 1)).Outcome);

    [Fact]
    public void One_record_a_line_is_read_as_well()
    {
        var text = string.Join('\n', new[] { Tcp("......S.", 3), Udp(1), Udp(2) }
            .Select(record => record.ReplaceLineEndings("").Replace("\t", "", StringComparison.Ordinal)));
        var (flows, observation) = Read(text);

        Assert.Equal([1, 2, 3], flows.Select(flow => flow.Log!.Line).Order());
        Assert.True(observation.Captures[0].IsWhole);
    }

    [Theory]
    [InlineData("{0},\n{1}")]
    [InlineData("{0},\n\n  {1}\n")]
    [InlineData("{0}\n{1}\nSummary: total flows: 2, total bytes: 240\nTime window: <unknown>\nSys: 0.01s\n")]
    [InlineData("[\n{0},\n {1}\n]\n")]
    [InlineData("[\n{0},\n{1}\n]\nSummary: total flows: 2\n")]
    [InlineData("[\n{0}\n]\n[\n{1}\n]\n[\n]\n")]
    public void Any_form_of_the_list_is_whole(string form)
    {
        var (flows, observation) = Read(form.Replace("{0}", Udp(1), StringComparison.Ordinal)
            .Replace("{1}", Udp(2), StringComparison.Ordinal));

        Assert.Equal(2, flows.Count);
        Assert.True(observation.Captures[0].IsWhole);
    }

    [Theory]
    [InlineData("[\n]\n")]
    [InlineData("[]")]
    [InlineData("[\nNo matching flows\n]\n")]
    public void A_list_without_records_is_whole(string text)
    {
        var (flows, observation) = Read(text);

        Assert.Empty(flows);
        Assert.True(observation.Captures[0].IsWhole);
    }

    [Fact]
    public void A_list_beyond_the_buffer_is_read_to_its_end()
    {
        var text = string.Join(",\n", Enumerable.Range(0, 3000).Select(number => Udp(1).Replace("40000",
            $"{10000 + number}", StringComparison.Ordinal)));
        var (flows, observation) = Read(text);

        Assert.Equal((3000, true), (flows.Count, observation.Captures[0].IsWhole));
    }

    [Fact]
    public void The_earlier_of_two_times_is_the_first_packets()
    {
        var flow = One(Udp(1).Replace("first", "other", StringComparison.Ordinal).Replace("last", "first",
            StringComparison.Ordinal).Replace("other", "last", StringComparison.Ordinal));

        Assert.Equal((1_600_000_000_000_000_000, 1_600_000_001_000_000_000), (flow.StartNs, flow.EndNs));
    }

    [Fact]
    public void A_record_without_times_has_that_of_its_receipt()
    {
        var flow = One(Tcp("......S.", 1).Replace("2020-09-13T12:26:40.007", "1970-01-01T00:00:00.000",
            StringComparison.Ordinal).Replace("2020-09-13T12:26:41.250", "1970-01-01T00:00:00.000",
            StringComparison.Ordinal));

        Assert.Equal(1_600_000_020_000_000_000, flow.StartNs);
    }

    [Fact]
    public void Version_1_6_names_and_times_are_read()
    {
        var flow = One(Record("\"t_first\" : \"2020-09-13T12:26:40.7\", \"t_last\" : \"2020-09-13T12:26:41.65\", "
            + "\"proto\" : 58, \"src6_addr\" : \"2001:db8::1\", \"dst6_addr\" : \"2001:db8::2\", \"icmp_type\" : 128, "
            + "\"icmp_code\" : 0, \"fwd_status\" : 0, \"in_packets\" : 3, \"in_bytes\" : 300, "));

        Assert.Equal((StartNs, 1_600_000_001_065_000_000), (flow.StartNs, flow.EndNs));
        Assert.Equal((IpProtocol.IcmpV6, "[2001:db8::1]:128"), (flow.Transport, flow.Originator.ToString()));
    }

    [Fact]
    public void Both_families_in_a_record_leave_one_of_them_zero()
    {
        var flow = One(Tcp("......S.", 1).Replace("192.0.2.1", "0.0.0.0", StringComparison.Ordinal).Replace(
            "\"192.0.2.2\",", "\"0.0.0.0\", \"src6_addr\" : \"2001:db8::1\", \"dst6_addr\" : \"2001:db8::2\",",
            StringComparison.Ordinal));

        Assert.Equal("2001:db8::2", flow.Responder.Address.ToString());
    }

    [Fact]
    public void What_came_back_is_counted_in_the_same_record()
    {
        var flow = One(Tcp("...AP.SF", 6, more: "\"out_packets\" : 5, \"out_bytes\" : 9000, \"aggr_flows\" : 2,"));

        Assert.Equal((5, 9000, Outcome.Established), (flow.In.Packets, flow.In.Bytes, flow.Outcome));
    }

    [Fact]
    public void The_same_counts_out_may_be_the_same_packets()
    {
        const string Same = "\"out_packets\" : 2, \"out_bytes\" : 120,";
        var (flows, _) = Read(All(Tcp("......S.", 2, more: Same), Udp(1), Udp(1).Replace("198.51.100.1\"",
            "198.51.100.200\"", StringComparison.Ordinal).Replace("dst4_addr\" : \"198.51.100.200", "dst4_addr\" : "
            + "\"198.51.100.1", StringComparison.Ordinal).Replace("40000", "99", StringComparison.Ordinal)
            .Replace("53", "40000", StringComparison.Ordinal).Replace("99", "53", StringComparison.Ordinal)));

        Assert.Equal(Outcome.Established, flows.Single(flow => flow.Transport == IpProtocol.Udp).Outcome);
        var tcp = flows.Single(flow => flow.Transport == IpProtocol.Tcp);
        Assert.Equal((Outcome.Undecided, 0L), (tcp.Outcome, tcp.In.Packets));
    }

    [Fact]
    public void A_sample_proves_no_silence()
    {
        var sampled = Tcp("......S.", 2).Replace("\"sampled\" : 0", "\"sampled\" : 1", StringComparison.Ordinal);
        var (flows, observation) = Read(All(sampled));

        Assert.Equal((Outcome.Undecided, true), (flows[0].Outcome, flows[0].Log!.IsSampled));
        Assert.Contains("a sample of the packets", observation.Captures[0].Annotations.Oddity!,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"out_packets\" : 0, \"out_bytes\" : 700, ", 100, 100, 700, Outcome.Established)]
    [InlineData("\"out_packets\" : 0, \"out_bytes\" : 0, ", 0, 0, 0, Outcome.Undecided)]
    [InlineData("", 100, 0, 0, Outcome.Established)]
    [InlineData("", 0, 0, 0, Outcome.Undecided)]
    public void Events_of_a_firewall_are_connections(string answer, int bytes, int sent, int received, Outcome expected)
    {
        var flow = One(Event(1, 0), Event(2, bytes, answer));

        Assert.Equal((LogSource.Nfdump, expected), (flow.Log!.Source, flow.Outcome));
        Assert.Equal((sent, received), (flow.Out.PayloadBytes, flow.In.PayloadBytes));
        Assert.Equal((1_600_000_000_000_000_000, 1_600_000_002_035_000_000), (flow.StartNs, flow.EndNs));
    }

    [Fact]
    public void A_denial_names_its_access_list()
    {
        var flow = One(Event(3, 0, code: 1001));

        Assert.Equal((Outcome.Rejected, "denied by the firewall's ingress access list 0x0000001a, entry 0x0000002b"),
            (flow.Outcome, flow.StoppedHow));
    }

    [Theory]
    [InlineData(8, 0, Outcome.Established, "192.0.2.1", DirectionBasis.Payload)]
    [InlineData(0, 8, Outcome.Established, "192.0.2.2", DirectionBasis.Payload)]
    [InlineData(0, -1, Outcome.Undecided, "192.0.2.1", DirectionBasis.FirstPacket)]
    [InlineData(8, -1, Outcome.Unanswered, "192.0.2.1", DirectionBasis.Payload)]
    public void The_type_of_an_echo_answer_may_be_any(int type, int answer, Outcome expected, string originator,
        DirectionBasis basis)
    {
        string[] both = [Tcp("...AP.SF", 6), Tcp("...AP.SF", 4, isAnswer: true)];
        var (flows, _) = Read(All([.. both, Echo(type, isAnswer: false), .. answer < 0 ? [] : new[]
        {
            Echo(answer, isAnswer: true),
        }]));

        var flow = flows.Single(flow => flow.Transport == IpProtocol.Icmp);
        Assert.Equal((expected, originator, basis),
            (flow.Outcome, flow.Originator.Address.ToString(), flow.DirectionBasis));
    }

    [Fact]
    public void Records_in_any_order_are_joined()
    {
        var far = Enumerable.Range(1, 50).Select(hour => Tcp("......S.", 1, second: hour * 7200).Replace(
            "192.0.2.1", $"192.0.2.{100 + hour}", StringComparison.Ordinal));
        var (flows, _) = Read(All([Tcp("...AP.SF", 6), .. far, Tcp("...AP.SF", 4, isAnswer: true, second: 1)]));

        Assert.Equal(Outcome.Established,
            flows.Single(flow => flow.Originator.Address.ToString() == "192.0.2.1").Outcome);
    }

    private static string Echo(int type, bool isAnswer) => Tcp("........", 3, isAnswer).Replace("\"proto\" : 6",
        $"\"proto\" : 1, \"icmp_type\" : {type}, \"icmp_code\" : 0", StringComparison.Ordinal);
}
