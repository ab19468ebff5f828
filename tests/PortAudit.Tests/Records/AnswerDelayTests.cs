using PortAudit.Audit.Matching;
using PortAudit.Tests.Flows;
using PortAudit.Tests.Fragments;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Records;

public sealed class AnswerDelayTests
{
    private const string Client = "10.0.0.9";
    private const string Server = "10.0.0.2";

    private static readonly byte[] Syn = Tcp(Client, 40000, Server, 443, TcpFlags.Syn, 100);
    private static readonly byte[] SynAck = Tcp(Server, 443, Client, 40000, TcpFlags.Syn | TcpFlags.Ack, 700, 101);
    private static readonly byte[] Ask = Udp(Client, 40000, Server, 40001, [0]);
    private static readonly byte[] Reply = Udp(Server, 40001, Client, 40000, [0]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(1_234)]
    [InlineData(98_765)]
    [InlineData(3_141_592)]
    [InlineData(271_828_182)]
    [InlineData(59_999_999_999)]
    [InlineData(655_000_000_000)]
    public void A_delay_is_known_to_one_part_in_2048_or_a_nanosecond(long ns)
    {
        var delay = AnswerDelay.Between(7, 7 + ns);

        Assert.InRange(delay.Ns!.Value, ns - (ns / 2048) - 1, ns + (ns / 2048) + 1);
        Assert.Null(delay.Turn().Ns);
        Assert.Equal(delay, delay.Turn().Turn());
    }

    [Fact]
    public void None_is_none_and_what_is_longer_than_655_seconds_is_told_as_that()
    {
        Assert.Null(default(AnswerDelay).Ns);
        Assert.Null(default(AnswerDelay).Turn().Ns);
        Assert.Equal(655_040_000_000, AnswerDelay.Between(0, long.MaxValue).Ns);
        Assert.Equal(default, AnswerDelay.Between(10, 9));
    }

    [Fact]
    public void Of_tcp_it_is_from_the_first_syn_to_the_answer() => AssertDelay(1.25, new ObservedTraffic()
        .At(0, Syn).At(1, Tcp(Client, 40000, Server, 443, TcpFlags.Syn, 100)).At(1.25, SynAck)
        .At(1.5, Tcp(Client, 40000, Server, 443, TcpFlags.Ack, 101, 701)).At(9, SynAck).Flow());

    [Fact]
    public void A_reset_is_an_answer() => AssertDelay(0.25, new ObservedTraffic().At(0, Syn)
        .At(0.25, Tcp(Server, 443, Client, 40000, TcpFlags.Rst | TcpFlags.Ack, 0, 101)).Flow());

    [Fact]
    public void A_connection_met_in_its_middle_has_none() => Assert.Null(new ObservedTraffic()
        .At(0, Tcp(Client, 40000, Server, 443, TcpFlags.Ack, 100, 700, [1]))
        .At(0.25, Tcp(Server, 443, Client, 40000, TcpFlags.Ack, 700, 101, [1])).Flow().Answer.Ns);

    [Fact]
    public void An_answer_that_overtook_its_question_has_none() =>
        Assert.Null(new ObservedTraffic().At(0, SynAck).At(0.25, Syn).Flow().Answer.Ns);

    [Fact]
    public void Nor_has_what_nobody_answered() =>
        Assert.Null(new ObservedTraffic().At(0, Syn).At(1, Syn).Flow().Answer.Ns);

    [Fact]
    public void Nor_what_was_answered_before_it_was_asked_because_the_clock_was_set_back() =>
        Assert.Null(new ObservedTraffic().At(5, Ask).At(4, Reply).Flow().Answer.Ns);

    [Theory]
    [InlineData(Client, Server)]
    [InlineData(Server, Client)]
    public void Of_datagrams_it_is_from_the_first_to_the_first_the_other_way(string client,
        string server) => AssertDelay(0.75, new ObservedTraffic()
        .At(0, Udp(client, 40000, server, 3478, [0])).At(0.25, Udp(client, 40000, server, 3478, [1]))
        .At(0.75, Udp(server, 3478, client, 40000, [0])).At(2, Udp(server, 3478, client, 40000, [1])).Flow());

    [Fact]
    public void The_port_that_speaks_first_although_it_is_the_servers_answers_nothing() => Assert.Null(
        new ObservedTraffic()
            .At(0, Udp(Server, 3478, Client, 40000, [0])).At(0.25, Udp(Client, 40000, Server, 3478, [0]))
            .Flow().Answer.Ns);

    [Fact]
    public void Of_icmp_it_is_from_request_to_reply()
    {
        AssertDelay(0.5, new ObservedTraffic().At(0, Echo(Client, Server, isReply: false, 1, [0]))
            .At(0.5, Echo(Server, Client, isReply: true, 1, [0])).Flow());
        Assert.Null(new ObservedTraffic().At(0, Echo(Server, Client, isReply: true, 1, [0]))
            .At(0.5, Echo(Client, Server, isReply: false, 2, [0])).Flow().Answer.Ns);
    }

    [Fact]
    public void An_answer_in_fragments_began_with_the_first_that_came()
    {
        var fragments = FragmentFlowTests.Fragments(Udp(Server, 40001, Client, 40000, new byte[120]), 48, 48);

        AssertDelay(0.25, new ObservedTraffic().At(0, Ask).At(0.25, fragments[1]).At(0.5, fragments[0])
            .At(0.75, fragments[2]).Flow());
    }

    [Fact]
    public void It_turns_with_its_flow()
    {
        var flow = new ObservedTraffic().At(0, Ask).At(0.25, Reply).Flow();

        AssertDelay(0.25, flow);
        Assert.Null(flow.Turn().Answer.Ns);
        Assert.Equal(flow.Answer, flow.Turn().Turn().Answer);
    }

    private static void AssertDelay(double seconds, FlowRecord flow) =>
        Assert.Equal(AnswerDelay.Between(0, ObservedTraffic.Seconds(seconds)), flow.Answer);
}
