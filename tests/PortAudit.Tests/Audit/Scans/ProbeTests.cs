using PortAudit.Audit.Scans;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.Scans;

public sealed class ProbeTests
{
    [Theory]
    [InlineData(Outcome.Refused, ProbeKind.Failed)]
    [InlineData(Outcome.Rejected, ProbeKind.Failed)]
    [InlineData(Outcome.Unanswered, ProbeKind.Failed)]
    [InlineData(Outcome.Undecided, ProbeKind.Failed)]
    [InlineData(Outcome.Established, ProbeKind.None)]
    [InlineData(Outcome.Midstream, ProbeKind.None)]
    [InlineData(Outcome.OneWay, ProbeKind.None)]
    public void What_came_to_nothing_may_be_a_probe(Outcome outcome, object expected)
    {
        Assert.Equal(expected, KindOf(Of("10.2.0.9:50000 tcp 10.0.0.1:9").Ending(outcome)));
        Assert.Equal(expected, KindOf(Of("10.2.0.9:50000 udp 10.0.0.1:9").Ending(outcome)));
    }

    [Theory]
    [InlineData(0, 0, ProbeKind.Opened)]
    [InlineData(0, 40, ProbeKind.Opened)] // a banner
    [InlineData(40, 0, ProbeKind.Opened)]
    [InlineData(1, 1, ProbeKind.None)]
    public void A_connection_in_which_one_side_said_nothing_may_be_a_probe(int sent, int received, object expected) =>
        Assert.Equal(expected, KindOf(Of("10.2.0.9:50000 tcp 10.0.0.1:9")
            with
        { Out = new DirectionCounters(3, 300, sent), In = new DirectionCounters(2, 200, received) }));

    [Theory]
    [InlineData("Fr", 1, ProbeKind.Failed)]
    [InlineData("Ar", 1, ProbeKind.Failed)]
    [InlineData("r", 1, ProbeKind.Failed)]
    [InlineData("FAfa", 2, ProbeKind.None)] // an old connection is closed
    [InlineData("Aa", 2, ProbeKind.None)]
    [InlineData("FI", 0, ProbeKind.Failed)] // FIN without ACK
    [InlineData("I", 0, ProbeKind.Failed)] // no flag at all
    [InlineData("Ir", 1, ProbeKind.Failed)]
    [InlineData("F", 0, ProbeKind.Vague)] // or the end of a connection of which one direction is seen
    [InlineData("A", 0, ProbeKind.None)]
    public void Segments_of_no_connection_are_probes_when_they_are_reset(string history, int answers,
        object expected) => Assert.Equal(expected, KindOf(Bare(history, answers)));

    [Fact]
    public void A_probe_with_flags_is_not_turned_by_the_inventory()
    {
        var bench = new AuditBench(RuleSample.Of("high fe client tcp 49950-50049 - any"));
        var probe = Bare("Fr", 1) with { DirectionBasis = DirectionBasis.FirstPacket };

        Assert.Equal(AddressOf("10.2.0.9"), bench.Judge(probe).Flow.Originator.Address);
        Assert.Equal(AddressOf("10.0.0.1"), bench.Judge(probe with { History = "FAfa" }).Flow.Originator.Address);
    }

    [Theory]
    [InlineData("10.2.0.9:8 icmp 10.0.0.1:0", Outcome.Unanswered, 1, ProbeKind.Failed)]
    [InlineData("10.2.0.9:8 icmp 10.0.0.1:0", Outcome.Established, 4, ProbeKind.Opened)]
    [InlineData("10.2.0.9:8 icmp 10.0.0.1:0", Outcome.Established, 11, ProbeKind.None)] // somebody watches it
    [InlineData("10.2.0.9:13 icmp 10.0.0.1:0", Outcome.Unanswered, 1, ProbeKind.None)]
    public void Echo_requests_may_be_a_sweep(string line, Outcome outcome, int requests, object expected) =>
        Assert.Equal(expected, KindOf(Of(line).Ending(outcome) with { Out = new DirectionCounters(requests, 60, 32) }));

    [Theory]
    [InlineData("10.2.0.9:50000 udp 10.0.0.1:33434", null)] // traceroute
    [InlineData("10.2.0.9:137 udp 10.0.0.1:137", "nbns")]
    public void What_other_programs_send_as_well_shows_no_scan(string line, string? proved)
    {
        var flow = Of(line).Ending(Outcome.Unanswered);
        Assert.Equal(ProbeKind.Vague, KindOf(proved is null ? flow : flow.Proving(proved)));
    }

    [Fact]
    public void What_was_announced_or_checked_by_ice_is_no_probe()
    {
        var flow = Of("10.2.0.9:50000 udp 10.0.0.1:50000").Ending(Outcome.Unanswered);

        Assert.Equal(ProbeKind.Failed, KindOf(flow));
        Assert.Equal(ProbeKind.None, KindOf(flow.Announced("drsuapi")));
        Assert.Equal(ProbeKind.None, KindOf(flow with
        {
            Protocol = "stun",
            ProtocolBasis = PortAudit.Traffic.Records.IdentificationBasis.Payload,
            Service = "ice",
            ServiceBasis = PortAudit.Traffic.Records.IdentificationBasis.Payload
        }));
        // neither end has a role
        Assert.Equal(ProbeKind.Failed, KindOf(Of("10.9.0.9:50000 tcp 10.9.0.1:9").Ending(Outcome.Refused)));
    }

    private static FlowRecord Bare(string history, int answers) => Of("10.2.0.9:50000 tcp 10.0.0.1:9") with
    {
        History = history,
        Outcome = answers > 0 ? Outcome.Midstream : Outcome.OneWay,
        SynCount = 0,
        Out = new DirectionCounters(1, 54, 0),
        In = answers > 0 ? new DirectionCounters(answers, 54, 0) : default,
    };

    private static ProbeKind KindOf(FlowRecord flow) => Probe.Of(new AuditBench().Judge(flow));
}
