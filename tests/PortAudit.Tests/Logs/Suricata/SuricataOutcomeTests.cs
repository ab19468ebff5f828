using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Suricata;

public sealed class SuricataOutcomeTests
{
    /// <summary>A flow much later, so that there was time for answers.</summary>
    private static readonly string Later = EveText.Tcp("1b", "1b", 6, 5, second: 900);

    [Theory]
    [InlineData("1b", "1b", 6, 5, Outcome.Established, "ShADdFf")]
    [InlineData("13", "13", 4, 3, Outcome.Established, "ShAFf")]
    [InlineData("1e", "1a", 5, 4, Outcome.Established, "ShADdR")]
    [InlineData("02", "00", 2, 0, Outcome.Unanswered, "S")]
    [InlineData("02", "00", 1, 0, Outcome.Unanswered, "S")]
    [InlineData("c2", "00", 1, 0, Outcome.Unanswered, "S")]
    [InlineData("02", "00", 1, 1, Outcome.Unanswered, "S")]
    [InlineData("02", "14", 1, 1, Outcome.Refused, "Sr")]
    [InlineData("02", "04", 1, 1, Outcome.Refused, "Sr")]
    [InlineData("02", "12", 1, 2, Outcome.HalfOpen, "Sh")]
    [InlineData("06", "12", 2, 1, Outcome.HalfOpen, "ShR")]
    [InlineData("16", "12", 2, 1, Outcome.HalfOpen, "ShR")]
    [InlineData("16", "12", 3, 1, Outcome.Established, "ShAR")]
    [InlineData("12", "12", 2, 1, Outcome.Established, "ShA")]
    [InlineData("1a", "00", 4, 0, Outcome.OneWay, "SAD")]
    [InlineData("18", "18", 4, 4, Outcome.Midstream, "ADad")]
    [InlineData("00", "12", 1, 3, Outcome.HalfOpen, "h")]
    [InlineData("00", "00", 4, 4, Outcome.Midstream, "")]
    [InlineData("00", "00", 4, 0, Outcome.OneWay, "")]
    public void Flags_of_both_sides_decide(string there, string back, int sent, int received, Outcome outcome,
        string history)
    {
        var flow = EveText.Read(EveText.Tcp(there, back, sent, received), Later).Flows
            .Single(flow => flow.Log!.Identifier == "1000");

        Assert.Equal((outcome, history), (flow.Outcome, flow.History));
    }

    [Fact]
    public void A_log_that_ends_too_early_leaves_it_undecided() => Assert.Equal(
        (Outcome.Undecided, Outcome.Undecided),
        (EveText.One(EveText.Tcp("02", "00", 1, 0)).Outcome, EveText.One(EveText.Tcp("02", "12", 1, 1)).Outcome));

    [Fact]
    public void Who_sent_a_reset_is_unknown()
    {
        var flow = EveText.One(EveText.Tcp("02", "14", 1, 1));

        Assert.Equal((ResetOrigin.Unknown, Reach.Unknown, "TCP RST"),
            (flow.Reset!.Value.Origin, flow.Reach, flow.StoppedHow));
    }

    [Theory]
    [InlineData("established", 2, 2, Outcome.Established, 2)]
    [InlineData("new", 2, 0, Outcome.Unanswered, 0)]
    [InlineData("new", 2, 2, Outcome.Unanswered, 0)]
    [InlineData("bypassed", 2, 2, Outcome.Established, 2)]
    public void An_icmp_error_is_no_answer(string state, int sent, int received, Outcome outcome, long kept)
    {
        var flow = EveText.One(EveText.Other("UDP", "\"src_port\":40000,\"dest_port\":9999", state, sent, received));

        Assert.Equal((outcome, kept, 2), (flow.Outcome, flow.In.Packets, flow.Out.Packets));
    }

    [Fact]
    public void An_icmp_error_to_a_syn_is_no_answer() =>
        Assert.Equal(0, EveText.One(EveText.Tcp("02", "00", 2, 1)).In.Packets);

    [Theory]
    [InlineData("ICMP", 8, "10.0.0.1", "10.0.0.2")]
    [InlineData("ICMP", 0, "10.0.0.2", "10.0.0.1")]
    [InlineData("IPv6-ICMP", 128, "10.0.0.1", "10.0.0.2")]
    public void An_echo_is_turned_to_its_request(string transport, int type, string from, string to)
    {
        var flow = EveText.One(EveText.Other(transport, $"\"icmp_type\":{type},\"icmp_code\":0", "established", 2, 2));

        Assert.Equal((from, to, Outcome.Established, transport == "ICMP" ? 8 : 128),
            (flow.Originator.Address.ToString(), flow.Responder.Address.ToString(), flow.Outcome,
                flow.Originator.Port));
    }

    [Theory]
    [InlineData("\"state\":\"established\"", 3, 2, Outcome.Established)]
    [InlineData("\"state\":\"closed\"", 1, 1, Outcome.Undecided)]
    [InlineData("\"state\":\"new\"", 2, 0, Outcome.Undecided)]
    public void Without_flags_the_state_decides(string state, int sent, int received, Outcome outcome)
    {
        var text = EveText.Tcp("1b", "1b", sent, received)
            .Replace("\"state\":\"new\"", state, StringComparison.Ordinal);
        var flow = EveText.One(text[..text.IndexOf(",\"tcp\"", StringComparison.Ordinal)] + "}");

        Assert.Equal((outcome, ""), (flow.Outcome, flow.History));
    }

    [Theory]
    [InlineData("02", "00", 1, 0, Outcome.Rejected, "drop by Suricata", Reach.Stopped)]
    [InlineData("1b", "1b", 6, 5, Outcome.Established, null, Reach.Reached)]
    public void What_the_sensor_dropped_was_stopped(string there, string back, int sent, int received, Outcome outcome,
        string? how, Reach reach)
    {
        var flow = EveText.One(EveText.Tcp(there, back, sent, received)
            .Replace("\"state\":", "\"action\":\"drop\",\"state\":", StringComparison.Ordinal));

        Assert.Equal((outcome, how, reach), (flow.Outcome, flow.StoppedHow, flow.Reach));
    }

    [Theory]
    [InlineData("1b", "1b", DirectionBasis.Syn, "10.0.0.1")]
    [InlineData("00", "00", DirectionBasis.Port, "10.0.0.1")]
    public void A_syn_shows_who_opened_it(string there, string back, DirectionBasis basis, string originator)
    {
        var flow = EveText.One(EveText.Tcp(there, back, 4, 4));

        Assert.Equal((basis, originator), (flow.DirectionBasis, flow.Originator.Address.ToString()));
    }

    [Fact]
    public void Without_a_handshake_a_registered_port_turns_it()
    {
        var flow = EveText.One(EveText.Tcp("00", "00", 4, 3)
            .Replace("40000,", "443,", StringComparison.Ordinal).Replace(":80,", ":40000,", StringComparison.Ordinal));

        Assert.Equal((DirectionBasis.Port, "10.0.0.2:40000", 3L),
            (flow.DirectionBasis, flow.Originator.ToString(), flow.Out.Packets));
    }
}
