using PortAudit.Audit.Matching;
using PortAudit.Traffic.Flows;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class DirectionTests
{
    private static readonly FlowRecord Reversed = Of("10.1.0.1:5061 tcp 10.0.0.1:50000");

    [Theory]
    [InlineData(DirectionBasis.FirstPacket, Verdict.ExpectedByPort, DirectionBasis.Inventory)]
    [InlineData(DirectionBasis.Port, Verdict.ExpectedByPort, DirectionBasis.Inventory)]
    [InlineData(DirectionBasis.Announcement, Verdict.WrongDirection, DirectionBasis.Announcement)]
    [InlineData(DirectionBasis.Payload, Verdict.WrongDirection, DirectionBasis.Payload)]
    [InlineData(DirectionBasis.SynAck, Verdict.WrongDirection, DirectionBasis.SynAck)]
    [InlineData(DirectionBasis.Syn, Verdict.WrongDirection, DirectionBasis.Syn)]
    public void The_inventory_turns_a_presumed_direction_and_no_proved_one(DirectionBasis basis, Verdict expected, DirectionBasis shown)
    {
        var judgement = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Judge(Reversed.Basis(basis));

        Assert.Equal((expected, shown), (judgement.Verdict, judgement.Flow.DirectionBasis));
    }

    [Fact]
    public void Ends_counters_history_and_roles_turn_together()
    {
        var judgement = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Judge(Reversed.Basis(DirectionBasis.FirstPacket));

        Assert.Equal((Reversed.Responder, Reversed.Originator), (judgement.Flow.Originator, judgement.Flow.Responder));
        Assert.Equal((Reversed.In, Reversed.Out), (judgement.Flow.Out, judgement.Flow.In));
        Assert.Equal("^sHadAD", judgement.Flow.History);
        Assert.Equal(("fe", "edge", "fe01"), (judgement.FromRole, judgement.ToRole, judgement.Originator.Name));
        Assert.Equal(Reversed.Originator, judgement.Observed.Originator);
    }

    [Fact]
    public void A_second_turn_takes_the_mark_of_the_first_away()
    {
        var judgement = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Judge(Reversed.Basis(DirectionBasis.Port) with { History = "^Dd" });

        Assert.Equal("dD", judgement.Flow.History);
    }

    [Fact]
    public void A_flow_that_a_rule_covers_as_it_stands_is_not_turned()
    {
        var bench = new AuditBench(RuleSample.Of("ntp fe,edge fe,edge udp 123 ntp any"));
        var judgement = bench.Judge(Of("10.1.0.1:123 udp 10.0.0.1:123").Basis(DirectionBasis.FirstPacket));

        Assert.Equal(("edge1", DirectionBasis.FirstPacket), (judgement.Originator.Name, judgement.Flow.DirectionBasis));
    }

    [Theory]
    [InlineData(DirectionBasis.Syn, Verdict.Unexpected)] // an ephemeral port lies in the range by accident
    [InlineData(DirectionBasis.Port, Verdict.Unexpected)] // the other port is registered
    [InlineData(DirectionBasis.FirstPacket, Verdict.ExpectedByPort)] // nothing speaks for the presumed direction
    public void A_wide_range_says_little_of_a_direction(DirectionBasis basis, Verdict expected) =>
        Assert.Equal(expected, new AuditBench(RuleSample.Of("media edge fe tcp 49152-65535 - any")).Judge(Of("10.0.0.1:50000 tcp 10.1.0.1:9999").Basis(basis)).Verdict);

    [Fact]
    public void An_exception_turns_a_presumed_direction_too()
    {
        var bench = new AuditBench();
        bench.Site = bench.Site with { Exceptions = [AuditBench.ExceptionOf("EX-7", "fe01", "any", "5061", new DateOnly(2030, 1, 1))] };

        Assert.Equal("EX-7", bench.Site.Exceptions[Assert.Single(bench.Judge(Reversed.Basis(DirectionBasis.FirstPacket)).Exceptions)].Id);
        Assert.Empty(bench.Judge(Reversed).Exceptions);
    }
}
