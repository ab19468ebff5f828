using PortAudit.Audit.Matching;
using PortAudit.Tests.Reports;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit;

public sealed class FlowTurnTests
{
    [Fact]
    public void Ends_counters_streams_and_history_change_over_together()
    {
        var flow = SampleFlows.Ping with
        {
            Out = new DirectionCounters(1, 2, 3),
            In = new DirectionCounters(4, 5, 6),
            StreamOut = new StreamCounters { Retransmissions = 7 },
            StreamIn = new StreamCounters { Gaps = 8 },
            History = "Da",
        };

        var turned = flow.Turn();

        Assert.Equal((flow.Responder, flow.Originator), (turned.Originator, turned.Responder));
        Assert.Equal((flow.In, flow.Out), (turned.Out, turned.In));
        Assert.Equal((flow.StreamIn, flow.StreamOut), (turned.StreamOut, turned.StreamIn));
        Assert.Equal("^dA", turned.History);
        Assert.Equal(flow with { DirectionBasis = DirectionBasis.Inventory }, turned.Turn());
    }
}
