using PortAudit.Audit.Connections;
using PortAudit.Audit.Findings;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Connections;

/// <summary>Which end is taken for the service where no opening was seen and no registration tells.</summary>
public sealed class LikelyServicesTests
{
    [Theory]
    [InlineData("198.51.100.9:5999 tcp 10.0.0.1:59127", true)] // a dynamic port is the client's
    [InlineData("10.0.0.1:59127 tcp 198.51.100.9:5999", false)]
    [InlineData("198.51.100.9:49151 tcp 10.0.0.1:49152", true)]
    [InlineData("198.51.100.9:5999 tcp 10.0.0.1:49151", false)]
    [InlineData("198.51.100.9:60000 tcp 10.0.0.1:59127", false)]
    [InlineData("198.51.100.9:5999 udp 10.0.0.1:59127", false)] // who sent the first datagram asked
    public void A_dynamic_port_is_that_of_the_client(string line, bool isTurned) =>
        Assert.Equal(isTurned, TurnedOf(Mid(line), []));

    [Theory]
    [InlineData(DirectionBasis.Port, 1, "DdA")]
    [InlineData(DirectionBasis.Syn, 1, "DdA")]
    [InlineData(DirectionBasis.FirstPacket, 0, "Ar")] // a scan
    [InlineData(DirectionBasis.FirstPacket, 0, "Fr")]
    public void What_is_known_stays_and_segments_without_data_tell_nothing(DirectionBasis basis, int payload,
        string history) => Assert.False(TurnedOf(Mid("198.51.100.9:5999 tcp 10.0.0.1:59127") with
        {
            DirectionBasis = basis,
            History = history,
            Out = new DirectionCounters(1, 60, payload),
            In = new DirectionCounters(1, 60, payload),
        }, []));

    [Theory]
    [InlineData("10.0.0.2:1075 tcp 10.0.0.105:2002", false)]
    [InlineData("10.0.0.105:2002 tcp 10.0.0.2:1075", true)]
    public void An_endpoint_that_several_share_is_the_service(string other, bool isOriginator)
    {
        var flow = Mid("10.0.0.105:2002 tcp 10.0.0.3:1050");

        Assert.True(TurnedOf(flow, Mid(other)));
        Assert.Equal(isOriginator, TurnedOf(Mid(other), flow));
        Assert.True(TurnedOf(flow with { Out = new DirectionCounters(1, 60, 0), In = default, History = "A" },
            Mid(other), Mid("10.0.0.4:1051 tcp 10.0.0.105:2002")));
    }

    [Fact]
    public void A_port_that_segments_without_data_share_is_a_scanner()
    {
        var probe = Mid("10.0.0.105:42002 tcp 10.0.0.3:1050") with
        {
            History = "Ar",
            Out = new DirectionCounters(1, 60, 0),
            In = new DirectionCounters(1, 60, 0),
        };

        Assert.False(TurnedOf(probe, probe with { Responder = Of("10.0.0.1:1 tcp 10.0.0.3:1051").Responder }));
    }

    [Fact]
    public void The_audit_names_the_service_and_says_that_it_is_presumed()
    {
        FlowRecord[] flows =
        [
            Mid("10.1.0.1:2002 tcp 10.0.0.1:1050"),
            Mid("10.1.0.1:2002 tcp 10.0.0.1:1075"),
            Mid("203.0.113.9:1088 tcp 10.1.0.1:2002"),
        ];
        var findings = new AuditBench(RuleSample.Of("r fe edge tcp 5061 - any")).Run(flows).Findings;

        Assert.Equal(["2002", "2002"], findings.Select(finding => finding.Ports));
        Assert.All(findings, finding => Assert.Equal(("edge", Severity.Low, DirectionBasis.FirstPacket),
            (finding.ToRole, finding.Severity, finding.DirectionBasis)));
        Assert.All(findings, finding => Assert.Contains("is not known: the likely client by the ports",
            finding.Explanation, StringComparison.Ordinal));
    }

    private static bool TurnedOf(FlowRecord flow, params FlowRecord[] others) =>
        new LikelyServices(others.Prepend(flow)).Turned(flow).Originator != flow.Originator;

    private static FlowRecord Mid(string line) => Of(line) with
    {
        DirectionBasis = DirectionBasis.FirstPacket,
        Outcome = Outcome.Midstream,
        SynCount = 0,
        History = "DdA",
    };
}
