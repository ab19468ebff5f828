using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Aws;

/// <summary>Outcomes by records of one direction.</summary>
public sealed class AwsOutcomeTests
{
    /// <summary>Columns: packets, bytes, flags and word of the originator, then of the responder (0 packets: none).
    /// </summary>
    [Theory]
    [InlineData("established", 5, 900, 3, "ACCEPT", 5, 900, 19, "ACCEPT")]
    [InlineData("established", 2, 100, 2, "ACCEPT", 1, 60, 18, "ACCEPT")]
    [InlineData("half-open", 1, 60, 2, "ACCEPT", 1, 60, 18, "ACCEPT")]
    [InlineData("half-open", 2, 100, 6, "ACCEPT", 1, 60, 18, "ACCEPT")]
    [InlineData("refused", 1, 60, 2, "ACCEPT", 1, 40, 4, "ACCEPT")]
    [InlineData("midstream", 5, 900, 0, "ACCEPT", 5, 900, 1, "ACCEPT")]
    [InlineData("unanswered", 3, 180, 2, "ACCEPT", 0, 0, 0, "")]
    [InlineData("one-way", 8, 900, 2, "ACCEPT", 0, 0, 0, "")]
    [InlineData("one-way", 3, 120, 0, "ACCEPT", 0, 0, 0, "")]
    [InlineData("rejected", 3, 180, 2, "REJECT", 0, 0, 0, "")]
    [InlineData("half-open", 3, 180, 2, "ACCEPT", 3, 180, 18, "REJECT")]
    [InlineData("rejected", 3, 180, 2, "REJECT", 3, 180, 18, "REJECT")]
    public void Flags_and_both_directions_decide_a_connection(string outcome, int sent, int sentBytes, int sentFlags,
        string sentWord, int received, int receivedBytes, int receivedFlags, string receivedWord)
    {
        var text = AwsText.Header
            + AwsText.Flagged("10.0.0.1 10.0.0.2 40000 50000 6", sent, sentBytes, sentFlags, sentWord)
            + (received == 0 ? "" : AwsText.Flagged("10.0.0.2 10.0.0.1 50000 40000 6", received, receivedBytes,
                receivedFlags, receivedWord))
            + AwsText.Flagged("192.0.2.8 192.0.2.9 40000 53 17", 1, 60, 0, start: 3600);

        Assert.Equal(outcome, Assert.Single(AwsText.Read(text)).Outcome.ToText());
    }

    [Theory]
    [InlineData("established", 5, 900, "ACCEPT", 5, 900, "ACCEPT")]
    [InlineData("undecided", 1, 52, "ACCEPT", 1, 40, "ACCEPT")]
    [InlineData("midstream", 5, 900, "ACCEPT", 5, 260, "ACCEPT")]
    [InlineData("unanswered", 3, 156, "ACCEPT", 0, 0, "")]
    [InlineData("one-way", 3, 900, "ACCEPT", 0, 0, "")]
    [InlineData("rejected", 1, 52, "REJECT", 0, 0, "")]
    [InlineData("one-way", 12, 3480, "ACCEPT", 4, 240, "REJECT")]
    public void Without_flags_only_what_two_directions_say_is_claimed(string outcome, int sent, int sentBytes,
        string sentWord, int received, int receivedBytes, string receivedWord)
    {
        var text = AwsText.Plain("10.0.0.1 10.0.0.2 40000 443 6", sent, sentBytes, sentWord)
            + (received == 0 ? "" : AwsText.Plain("10.0.0.2 10.0.0.1 443 40000 6", received, receivedBytes,
                receivedWord))
            + AwsText.Later;

        Assert.Equal(outcome, Assert.Single(AwsText.Read(text)).Outcome.ToText());
    }

    [Fact]
    public void Small_packets_both_ways_prove_no_conversation()
    {
        var flow = Assert.Single(AwsText.Read(AwsText.Plain("10.0.0.1 10.0.0.2 40000 443 6", 1, 52)
            + AwsText.Plain("10.0.0.2 10.0.0.1 443 40000 6", 1, 40) + AwsText.Later));

        Assert.Equal(Reach.Unknown, flow.Reach);
    }

    [Fact]
    public void A_rejection_is_the_firewalls_word_and_proved_by_its_line()
    {
        var flow = Assert.Single(AwsText.Read(AwsText.Plain("10.0.0.1 10.0.0.2 40000 443 6", 3, 180)
            + AwsText.Plain("10.0.0.1 10.0.0.2 40000 443 6", 3, 180, "REJECT", sensor: "eni-2")));

        Assert.Equal((Outcome.Rejected, Reach.Stopped), (flow.Outcome, flow.Reach));
        Assert.Equal(("REJECT by an AWS security group or network ACL", (object?)null),
            (flow.StoppedHow, flow.StoppedBy));
        Assert.Equal((2, "eni-2"), (flow.Log!.Line, flow.Log.Identifier));
    }

    [Fact]
    public void Who_is_rejected_without_an_answer_tried_it_whatever_the_ports()
    {
        var flow = Assert.Single(AwsText.Read(AwsText.Plain("10.0.0.2 10.0.0.1 443 40000 6", 1, 40, "REJECT")));

        Assert.Equal((Outcome.Rejected, "10.0.0.2:443", DirectionBasis.FirstPacket),
            (flow.Outcome, flow.Originator.ToString(), flow.DirectionBasis));
    }

    [Theory]
    [InlineData(9200, 40000, 40000)]
    [InlineData(9200, 9300, 9200)]
    [InlineData(40000, 50000, 40000)]
    public void Of_unregistered_ports_a_clients_opens(int first, int other, int originator)
    {
        var flow = Assert.Single(AwsText.Read(AwsText.Plain($"10.0.0.2 10.0.0.1 {first} {other} 6", 9, 4000)
            + AwsText.Plain($"10.0.0.1 10.0.0.2 {other} {first} 6", 9, 4000)));

        Assert.Equal((originator, DirectionBasis.FirstPacket), (flow.Originator.Port, flow.DirectionBasis));
    }

    [Fact]
    public void Of_a_refusal_the_sender_is_unknown()
    {
        var flow = Assert.Single(AwsText.Read(AwsText.Header
            + AwsText.Flagged("10.0.0.1 10.0.0.2 40000 443 6", 1, 60, 2)
            + AwsText.Flagged("10.0.0.2 10.0.0.1 443 40000 6", 1, 40, 4)));

        Assert.Equal((Outcome.Refused, Reach.Unknown, ResetOrigin.Unknown), (flow.Outcome, flow.Reach,
            flow.Reset!.Value.Origin));
    }

    [Fact]
    public void An_attempt_within_an_interval_of_the_end_is_undecided() => Assert.Equal(Outcome.Undecided,
        Assert.Single(AwsText.Read(AwsText.Plain("10.0.0.1 10.0.0.2 40000 53 17", 3, 180)
            + AwsText.Plain("192.0.2.8 192.0.2.9 40000 53 17", 1, 60, start: 50)),
            flow => flow.Responder.Address.ToString() == "10.0.0.2").Outcome);

    [Fact]
    public void Icmp_has_no_ports_and_its_rejected_answer_is_none() => Assert.Equal(("icmp", Outcome.OneWay, 0),
        Assert.Single(AwsText.Read(AwsText.Plain("203.0.113.12 172.31.16.139 0 0 1", 4, 336)
            + AwsText.Plain("172.31.16.139 203.0.113.12 0 0 1", 4, 336, "REJECT"))) is var flow
            ? (flow.Transport.ToString(), flow.Outcome, flow.Responder.Port) : default);
}
