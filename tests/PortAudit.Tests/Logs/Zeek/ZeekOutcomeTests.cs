using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Logs.Zeek;

public sealed class ZeekOutcomeTests
{
    /// <summary>Later than all others, so that there was time for an answer.</summary>
    private static readonly string Last = ZeekText.Tcp(9000, "SF", "ShADadFf", 6, 5);

    [Theory]
    [InlineData("S0", "S", 1, 0, 0, "unanswered")]
    [InlineData("S0", "S", 3, 0, 0, "unanswered")]
    [InlineData("S1", "ShA", 2, 1, 0, "established")]
    [InlineData("S1", "Sh", 1, 1, 0, "half-open")]
    [InlineData("S1", "ShR", 2, 1, 0, "half-open")]
    [InlineData("S1", "Shd", 1, 2, 9, "established")]
    [InlineData("S2", "ShADF", 4, 2, 0, "established")]
    [InlineData("S3", "ShADf", 4, 2, 0, "established")]
    [InlineData("SF", "ShADadFf", 6, 5, 9, "established")]
    [InlineData("REJ", "Sr", 1, 1, 0, "refused")]
    [InlineData("RSTO", "ShADaR", 4, 2, 0, "established")]
    [InlineData("RSTR", "ShADar", 4, 2, 0, "established")]
    [InlineData("RSTOS0", "SR", 2, 0, 0, "unanswered")]
    [InlineData("RSTRH", "hr", 0, 2, 0, "one-way")]
    [InlineData("SH", "SF", 2, 0, 0, "one-way")]
    [InlineData("SHR", "hf", 0, 2, 0, "one-way")]
    [InlineData("OTH", "Dd", 1, 1, 9, "midstream")]
    [InlineData("OTH", "D", 2, 0, 0, "one-way")]
    [InlineData("OTH", "R", 1, 0, 0, "one-way")]
    [InlineData("SF", "-", 6, 5, 9, "established")]
    [InlineData("S0", "-", 1, 0, 0, "unanswered")]
    [InlineData("REJ", "-", 1, 1, 0, "refused")]
    [InlineData("OTH", "-", 1, 1, 0, "midstream")]
    public void A_state_and_its_history_give_the_outcome(string state, string history, int sent, int received,
        int payload, string expected)
    {
        var (flows, _) = ZeekText.Read(
            ("conn.log", ZeekText.Connections(ZeekText.Tcp(100, state, history, sent, received, payload), Last)));

        Assert.Equal(expected, flows.Single(flow => flow.Log!.Identifier == "C100").Outcome.ToText());
    }

    [Theory]
    [InlineData("D", 1, 1, "established")]
    [InlineData("D", 2, 0, "unanswered")]
    [InlineData("D", 1, 0, "unanswered")]
    [InlineData("^d", 0, 1, "one-way")]
    [InlineData("C", 0, 0, "unanswered")]
    public void Datagrams_go_by_packets(string history, int sent, int received, string expected)
    {
        var row = ZeekText.Tcp(100, "SF", history, sent, received).Replace("tcp", "udp", StringComparison.Ordinal);
        var (flows, _) = ZeekText.Read(("conn.log", ZeekText.Connections(row, Last)));

        Assert.Equal(expected, flows.Single(flow => flow.Log!.Identifier == "C100").Outcome.ToText());
    }

    [Theory]
    [InlineData(2, "undecided")]
    [InlineData(3, "unanswered")]
    public void An_attempt_at_the_end_of_the_log_is_undecided(int seconds, string expected)
    {
        var attempt = ZeekText.Tcp(100, "S0", "S", 1, 0);
        var (flows, _) = ZeekText.Read(("conn.log",
            ZeekText.Connections(attempt, ZeekText.Tcp(100 + seconds, "SF", "ShADadFf", 6, 5))));

        Assert.Equal(2, flows.Count);
        Assert.Equal(expected, flows.Single(flow => flow.Log!.Identifier == "C100").Outcome.ToText());
    }

    [Fact]
    public void A_refusal_has_an_unknown_sender()
    {
        var flow = ZeekText.One(ZeekText.Tcp(100, "REJ", "Sr", 1, 1));

        Assert.Equal(ResetOrigin.Unknown, flow.Reset!.Value.Origin);
        Assert.Equal(Reach.Unknown, flow.Reach);
        Assert.False(flow.Log!.Source.KnowsResets);
    }

    [Theory]
    [InlineData("10.0.0.1\t8\t10.0.0.2\t0\ticmp", "10.0.0.1", 8, 0)]
    [InlineData("10.0.0.1\t3\t10.0.0.2\t13\ticmp", "10.0.0.1", 3, 13)]
    [InlineData("fe80::8\t134\tfe80::1\t133\ticmp", "fe80::1", 133, 0)]
    [InlineData("fe80::8\t136\tff02::1\t135\ticmp", "fe80::8", 135, 0)]
    public void Icmp_has_type_and_code_and_begins_with_the_request(string ends, string originator, int type, int code)
    {
        var flow = ZeekText.One($"1600000000.0\tC1\t{ends}\t-\t-\t-\t-\tOTH\t-\t1\t84\t0\t0");

        Assert.Equal(originator, flow.Originator.Address.ToString());
        Assert.Equal((type, code), (flow.Originator.Port, flow.Responder.Port));
        Assert.Equal(flow.Originator.Address.IsIpv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6, flow.Transport);
    }

    [Theory]
    [InlineData("50000\t10.0.0.2\t443\ttcp", "Dd", "10.0.0.1", DirectionBasis.Port, "Dd")]
    [InlineData("443\t10.0.0.2\t50000\ttcp", "Dd", "10.0.0.2", DirectionBasis.Port, "^dD")]
    [InlineData("443\t10.0.0.2\t50000\ttcp", "^dD", "10.0.0.2", DirectionBasis.Port, "Dd")]
    [InlineData("443\t10.0.0.2\t50000\ttcp", "ShADad", "10.0.0.1", DirectionBasis.Syn, "ShADad")]
    [InlineData("443\t10.0.0.2\t50000\ttcp", "hADad", "10.0.0.1", DirectionBasis.SynAck, "hADad")]
    [InlineData("50000\t10.0.0.2\t50001\tudp", "Dd", "10.0.0.1", DirectionBasis.FirstPacket, "Dd")]
    public void The_originator_goes_by_handshake_then_ports(string ends, string history, string originator,
        DirectionBasis basis, string shown)
    {
        var flow = ZeekText.One($"1600000000.0\tC1\t10.0.0.1\t{ends}\t-\t1.0\t10\t20\tOTH\t{history}\t1\t50\t2\t100");

        Assert.Equal((originator, basis, shown), (flow.Originator.Address.ToString(), flow.DirectionBasis,
            flow.History));
        Assert.Equal(originator == "10.0.0.1" ? 10 : 20, flow.Out.PayloadBytes);
    }
}
