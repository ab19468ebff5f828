using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
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
    public void The_inventory_turns_a_presumed_direction_and_no_proved_one(DirectionBasis basis, Verdict expected,
        DirectionBasis shown)
    {
        var judgement = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Judge(Reversed.Basis(basis));

        Assert.Equal((expected, shown), (judgement.Verdict, judgement.Flow.DirectionBasis));
    }

    [Fact]
    public void Ends_counters_history_and_roles_turn_together()
    {
        var judgement = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Judge(
            Reversed.Basis(DirectionBasis.FirstPacket));

        Assert.Equal((Reversed.Responder, Reversed.Originator), (judgement.Flow.Originator, judgement.Flow.Responder));
        Assert.Equal((Reversed.In, Reversed.Out), (judgement.Flow.Out, judgement.Flow.In));
        Assert.Equal("^sHadAD", judgement.Flow.History);
        Assert.Equal(("fe", "edge", "fe01"), (judgement.FromRole, judgement.ToRole, judgement.Originator.Name));
        Assert.Equal(Reversed.Originator, judgement.Observed.Originator);
    }

    [Fact]
    public void A_second_turn_takes_the_mark_of_the_first_away()
    {
        var judgement = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Judge(
            Reversed.Basis(DirectionBasis.Port) with { History = "^Dd" });

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
    // nothing speaks for the presumed direction, and the range does not speak against it
    [InlineData(DirectionBasis.FirstPacket, Verdict.Unexpected)]
    public void A_wide_range_says_little_of_a_direction(DirectionBasis basis, Verdict expected) =>
        Assert.Equal(expected, new AuditBench(RuleSample.Of("media edge fe tcp 49152-65535 - any")).Judge(
            Of("10.0.0.1:50000 tcp 10.1.0.1:9999").Basis(basis)).Verdict);

    [Theory]
    [InlineData("5061")]
    [InlineData("5000-5099")]
    public void A_port_or_a_narrow_range_turns_a_direction(string ports) =>
        Assert.Equal(Verdict.ExpectedByPort, new AuditBench(RuleSample.Of($"sip fe edge tcp {ports} - any")).Judge(
            Reversed.Basis(DirectionBasis.FirstPacket)).Verdict);

    [Fact]
    public void An_announced_port_in_a_wide_range_turns_a_direction()
    {
        var bench =
            new AuditBench(RuleSample.Of("rpc edge fe tcp 49152-65535 - any") with { AnnouncedBy = ["dcerpc"] });
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:9999").Basis(DirectionBasis.FirstPacket);
        var announced = flow with
        {
            Announcement = new AnnouncementMatch(AnnouncementSample.Of(flow, 1, "dcerpc", null)
            with
            { Server = flow.Originator }, AnnouncementGrade.ToThisClient)
        };

        Assert.Equal(("fe01", Verdict.ExpectedDynamic),
            (bench.Judge(announced).Responder.Name, bench.Judge(announced).Verdict));
    }

    [Fact]
    public void The_sentence_about_a_flow_that_was_turned_says_on_what_that_rests()
    {
        var bench = new AuditBench(RuleSample.Of("sip fe edge tcp 5061 sip any"));
        var turned = Assert.Single(bench.Run(Reversed.Basis(DirectionBasis.FirstPacket).Proving("ssh"),
            Of("10.0.0.1:50001 tcp 10.1.0.1:5061").Proving("ssh")).Findings);

        Assert.Contains("2 flows between fe01 and edge1 on tcp 5061, proved to be ssh: 2 passed. Who opened 1 of them "
            + "is inferred from the port", turned.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_turns_a_presumed_direction_too()
    {
        var bench = new AuditBench();
        bench.Site = bench.Site
            with
        { Exceptions = [AuditBench.ExceptionOf("EX-7", "fe01", "any", "5061", new DateOnly(2030, 1, 1))] };

        Assert.Equal("EX-7", bench.Site.Exceptions[Assert.Single(
            bench.Judge(Reversed.Basis(DirectionBasis.FirstPacket)).Exceptions)].Id);
        Assert.Empty(bench.Judge(Reversed).Exceptions);
    }
}
