using PortAudit.Tests.Flows;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Records;

/// <summary>Whose reset it is that stops an attempt or ends a connection.</summary>
public sealed class FlowResetTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;
    private const TcpFlags RstAck = TcpFlags.Rst | TcpFlags.Ack;
    private const ushort OpenPort = 443;
    private const ushort TriedPort = 5061;

    [Theory]
    [InlineData(63, 63, Outcome.Refused, ResetOrigin.Host, "TCP RST with the host's usual TTL 63")]
    [InlineData(61, 64, Outcome.Rejected, ResetOrigin.AnotherDevice, "TCP RST with TTL 64 against the host's usual 61")]
    [InlineData(61, 255, Outcome.Rejected, ResetOrigin.AnotherDevice,
        "TCP RST with TTL 255 against the host's usual 61")]
    // as far away: a stack that resets with another beginning
    [InlineData(61, 125, Outcome.Refused, ResetOrigin.Unknown, "TCP RST with TTL 125 against the host's usual 61")]
    // from behind
    [InlineData(61, 57, Outcome.Refused, ResetOrigin.Unknown, "TCP RST with TTL 57 against the host's usual 61")]
    // for neighbours only
    [InlineData(1, 64, Outcome.Refused, ResetOrigin.Unknown, "TCP RST with TTL 64 against the host's usual 1")]
    public void A_reset_is_the_host_s_or_of_a_device_nearer_than_it_or_of_nobody_knows_whom(byte usual, byte reset,
        Outcome outcome, ResetOrigin origin, string how)
    {
        var flow = Tries(Served(new ObservedTraffic(), usual), reset).Flows()[^1];

        Assert.Equal((outcome, new FlowReset(origin, false, reset, usual), how),
            (flow.Outcome, flow.Reset, flow.StoppedHow));
        Assert.Equal(origin == ResetOrigin.AnotherDevice ? null : Server, flow.StoppedBy?.ToString());
        Assert.False(flow.WasCutOff);
    }

    [Fact]
    public void Without_another_packet_of_the_host_nobody_knows()
    {
        var flow = Tries(new ObservedTraffic(), 64).Flow();

        Assert.Equal((Outcome.Refused, new FlowReset(ResetOrigin.Unknown, false, 64, 0)), (flow.Outcome, flow.Reset));
    }

    [Fact]
    public void A_host_that_is_seen_after_the_attempt_counts_too() =>
        Assert.Equal(Outcome.Rejected, Served(Tries(new ObservedTraffic(), 64), 61, at: 10).Flows()[0].Outcome);

    [Fact]
    public void Every_hop_limit_of_the_host_counts()
    {
        var traffic = Served(Served(new ObservedTraffic(), 61), 64, port: 444, at: 2);

        Assert.Equal(ResetOrigin.Host, Tries(traffic, 64).Flows()[^1].Reset?.Origin);
    }

    [Fact]
    public void A_host_on_more_ways_than_are_told_apart_tells_nothing()
    {
        var traffic = new ObservedTraffic();
        for (byte usual = 50; usual < 50 + HopLimitSet.Maximum; usual++)
            Served(traffic, usual, port: (ushort)(1000 + usual), at: 1);

        Assert.Equal(ResetOrigin.Unknown, Tries(traffic, 64).Flows()[^1].Reset?.Origin);
    }

    [Fact]
    public void An_answer_over_udp_tells_of_the_host_and_a_datagram_that_answers_nothing_does_not()
    {
        var answer = Udp(Server, 53, Client, 50000, [1]).From(61);

        Assert.Equal(Outcome.Rejected, Tries(new ObservedTraffic().At(0, Udp(Client, 50000, Server, 53, [1]))
            .At(0.1, answer), 64).Flows()[^1].Outcome);
        Assert.Equal(ResetOrigin.Unknown, Tries(new ObservedTraffic().At(0.1, answer), 64).Flows()[^1].Reset?.Origin);
    }

    [Fact]
    public void A_syn_that_anybody_may_have_sent_tells_nothing() => Assert.Equal(
        ResetOrigin.Unknown,
        Tries(new ObservedTraffic().At(0, Tcp(Server, 50000, Client, 80, TcpFlags.Syn, 1).From(61)), 64)
            .Flows()[^1].Reset?.Origin);

    [Theory]
    [InlineData("elsewhere", null)]
    [InlineData("", 7)]
    public void What_is_seen_at_another_point_or_in_another_vlan_has_come_another_way(string point, int? vlan)
    {
        var traffic = new ObservedTraffic()
            .At(0, Tcp(Client, 40000, Server, OpenPort, TcpFlags.Syn, 100, vlan: (ushort?)vlan), point)
            .At(0.1, Tcp(Server, OpenPort, Client, 40000, SynAck, 500, 101, vlan: (ushort?)vlan), point);

        Assert.Equal(ResetOrigin.Unknown, Tries(traffic, 61).Flows()[^1].Reset?.Origin);
    }

    [Fact]
    public void The_hop_limit_of_a_packet_s_second_record_is_its_sender_s_as_well()
    {
        var reply = Tcp(Server, OpenPort, Client, 40000, SynAck, 500, 101);
        var traffic = new ObservedTraffic()
            .At(0, Tcp(Client, 40000, Server, OpenPort, TcpFlags.Syn, 100))
            .At(0.1, reply.From(62))
            .At(0.1001, reply.From(63));

        Assert.Equal(new FlowReset(ResetOrigin.Host, false, 63, 63), Tries(traffic, 63).Flows()[^1].Reset);
    }

    [Fact]
    public void Nobody_is_believed_to_be_where_a_segment_out_of_nothing_comes_from()
    {
        var forged = new ObservedTraffic().At(0, Tcp(Server, 1, Client, 2, TcpFlags.Ack, 5, 5).From(50));

        var flow = forged.At(1, Tcp(Client, 40000, Server, TriedPort, TcpFlags.Syn, 100))
            .At(1.1, Tcp(Server, TriedPort, Client, 40000, RstAck, 0, 101).From(64)).Flows()[1];

        Assert.Equal((Outcome.Refused, ResetOrigin.Unknown), (flow.Outcome, flow.Reset?.Origin));
    }

    [Fact]
    public void Ipv6_has_hop_limits()
    {
        const string from = "2001:db8::1";
        const string to = "2001:db8::2";
        var flow = new ObservedTraffic()
            .At(0, Tcp(from, 40000, to, TriedPort, TcpFlags.Syn, 100))
            .At(0.1, Tcp(to, TriedPort, from, 40000, RstAck, 0, 101).From(62))
            .Flow();

        Assert.Equal("TCP RST with hop limit 62", flow.StoppedHow);
    }

    [Fact]
    public void A_connection_that_another_device_resets_was_cut_off_and_its_frame_is_known()
    {
        var flow = Served(new ObservedTraffic(), 61)
            .At(2, Tcp(Server, OpenPort, Client, 40000, TcpFlags.Rst, 501).From(64)).Flow();

        Assert.Equal((Outcome.Established, true, new FlowReset(ResetOrigin.AnotherDevice, false, 64, 61)),
            (flow.Outcome, flow.WasCutOff, flow.Reset));
        Assert.Equal(new FrameReference(0, 4), flow.OutcomeFrame);
        Assert.Equal((null, null), (flow.StoppedBy, flow.StoppedHow));
    }

    [Fact]
    public void A_reset_in_the_originator_s_name_is_weighed_against_the_originator_s_packets()
    {
        var flow = Served(new ObservedTraffic(), 61)
            .At(2, Tcp(Client, 40000, Server, OpenPort, TcpFlags.Rst, 101).From(255)).Flow();

        // both stand beside the capture point
        Assert.Equal(new FlowReset(ResetOrigin.Unknown, true, 255, 64), flow.Reset);
        Assert.False(flow.WasCutOff);
    }

    [Theory]
    [InlineData(61)]
    [InlineData(60)]
    [InlineData(125)]
    public void A_connection_that_its_own_end_resets_was_not_cut_off(byte reset)
    {
        var flow = Served(new ObservedTraffic(), 61)
            .At(2, Tcp(Server, OpenPort, Client, 40000, TcpFlags.Rst, 501).From(reset)).Flow();

        Assert.False(flow.WasCutOff);
        Assert.Null(flow.OutcomeFrame);
    }

    [Fact]
    public void A_reset_that_comes_after_the_end_says_nothing()
    {
        var afterReset = Served(new ObservedTraffic(), 61)
            .At(2, Tcp(Client, 40000, Server, OpenPort, TcpFlags.Rst, 101))
            .At(2.1, Tcp(Server, OpenPort, Client, 40000, TcpFlags.Rst, 501).From(64)).Flow();
        var afterFin = Served(new ObservedTraffic(), 61)
            .At(2, Tcp(Client, 40000, Server, OpenPort, TcpFlags.Fin | TcpFlags.Ack, 101, 501))
            .At(2.1, Tcp(Server, OpenPort, Client, 40000, TcpFlags.Fin | TcpFlags.Ack, 501, 102).From(61))
            .At(2.2, Tcp(Server, OpenPort, Client, 40000, TcpFlags.Rst, 502).From(64)).Flow();

        Assert.Equal((false, new FlowReset(ResetOrigin.Host, true, 64, 64)), (afterReset.WasCutOff, afterReset.Reset));
        Assert.Equal((false, null), (afterFin.WasCutOff, afterFin.Reset));
    }

    [Fact]
    public void A_server_that_is_seen_as_near_as_the_reset_in_the_same_connection_may_have_sent_it()
    {
        var flow = Served(new ObservedTraffic(), 64)
            .At(1, Tcp(Server, OpenPort, Client, 40000, TcpFlags.Ack, 501, 101, [1]).From(61))
            .At(2, Tcp(Server, OpenPort, Client, 40000, TcpFlags.Rst, 502).From(64)).Flow();

        Assert.Equal(ResetOrigin.Host, flow.Reset?.Origin);
    }

    [Fact]
    public void A_reset_that_overtakes_the_answer_cuts_off_as_well()
    {
        var flow = new ObservedTraffic()
            .At(0, Tcp(Client, 40000, Server, OpenPort, TcpFlags.Syn, 100))
            .At(0.1, Tcp(Server, OpenPort, Client, 40000, RstAck, 0, 101).From(64))
            .At(0.2, Tcp(Server, OpenPort, Client, 40000, SynAck, 500, 101).From(61))
            .Flow();

        Assert.Equal((Outcome.HalfOpen, true), (flow.Outcome, flow.WasCutOff));
    }

    /// <summary>A connection to a port that the server serves, its packets with this hop limit.</summary>
    private static ObservedTraffic Served(ObservedTraffic traffic, byte hopLimit, ushort port = OpenPort,
        double at = 0) => traffic
        .At(at, Tcp(Client, 40000, Server, port, TcpFlags.Syn, 100))
        .At(at + 0.1, Tcp(Server, port, Client, 40000, SynAck, 500, 101).From(hopLimit))
        .At(at + 0.2, Tcp(Client, 40000, Server, port, TcpFlags.Ack, 101, 501));

    /// <summary>An attempt on another port that is reset.</summary>
    private static ObservedTraffic Tries(ObservedTraffic traffic, byte hopLimit) => traffic
        .At(5, Tcp(Client, 40001, Server, TriedPort, TcpFlags.Syn, 900))
        .At(5.1, Tcp(Server, TriedPort, Client, 40001, RstAck, 0, 901).From(hopLimit));
}
