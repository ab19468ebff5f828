using System.Buffers.Binary;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

public sealed class SctpFlowTests
{
    private const string Client = "10.0.0.9";
    private const string Server = "10.0.0.2";
    private const byte Data = 0;
    private const byte Init = 1;
    private const byte InitAck = 2;
    private const byte Sack = 3;
    private const byte Abort = 6;
    private const byte CookieEcho = 10;
    private const byte CookieAck = 11;

    [Fact]
    public void An_association_was_opened_by_who_sent_the_init()
    {
        var flow = new ObservedTraffic().At(0, FromClient(Init)).At(0.1, FromServer(InitAck))
            .At(0.2, FromClient(CookieEcho)).At(0.3, FromServer(CookieAck)).At(0.4, FromServer(Abort)).Flow();

        Assert.Equal((Client, DirectionBasis.Payload, Outcome.Established, "Dd"),
            (flow.Originator.Address.ToString(), flow.DirectionBasis, flow.Outcome, flow.History));
        Assert.Null(flow.StoppedHow);
    }

    [Fact]
    public void An_init_that_is_answered_by_abort_is_refused()
    {
        var flow = new ObservedTraffic().At(0, FromClient(Init)).At(0.1, FromServer(Abort)).At(1, FromClient(Init))
            .At(1.1, FromServer(Abort)).Flow();

        Assert.Equal((Client, Outcome.Refused, Server, "SCTP ABORT", IcmpReason.None),
            (flow.Originator.Address.ToString(), flow.Outcome, flow.StoppedBy?.ToString(), flow.StoppedHow,
                flow.IcmpReason));
        Assert.Null(flow.Reset);
    }

    [Fact]
    public void An_init_without_an_answer_is_unanswered()
    {
        Assert.Equal((Client, Outcome.Unanswered),
            Told(new ObservedTraffic().At(0, FromClient(Init)).At(3, FromClient(Init)).Flow()));
        Assert.Equal((Client, Outcome.Unanswered),
            Told(new ObservedTraffic().At(0, FromClient(Init)).At(3, FromClient(Abort)).Flow()));
        Assert.Equal((Client, Outcome.Undecided), Told(new ObservedTraffic().At(0, FromClient(Init)).Flow()));
    }

    [Fact]
    public void A_refusal_before_its_init_is_one()
    {
        var flow = new ObservedTraffic().At(0, FromServer(Abort)).At(0.000_02, FromClient(Init)).Flow();

        Assert.Equal((Client, Outcome.Refused), Told(flow));
    }

    [Theory]
    [InlineData(InitAck, true)]
    [InlineData(CookieAck, true)]
    [InlineData(CookieEcho, false)]
    public void What_answers_an_init_names_who_asked(byte chunk, bool fromServer)
    {
        var flow = new ObservedTraffic().At(0, fromServer ? FromServer(chunk) : FromClient(chunk))
            .At(1, fromServer ? FromServer(Sack) : FromClient(Sack)).Flow();

        Assert.Equal((Client, Outcome.OneWay), Told(flow));
        Assert.Equal(DirectionBasis.Payload, flow.DirectionBasis);
    }

    [Fact]
    public void One_direction_of_an_association_is_one_way_and_both_are_established()
    {
        Assert.Equal(Outcome.OneWay,
            new ObservedTraffic().At(0, FromClient(Data)).At(1, FromClient(Sack)).Flow().Outcome);
        Assert.Equal((Client, Outcome.OneWay),
            Told(new ObservedTraffic().At(0, FromClient(Init)).At(1, FromClient(CookieEcho)).Flow()));
        Assert.Equal(Outcome.Established,
            new ObservedTraffic().At(0, FromClient(Data)).At(1, FromServer(Abort)).Flow().Outcome);
    }

    [Fact]
    public void An_init_whose_chunk_was_not_captured_is_a_packet_like_any()
    {
        var cut = FromClient(Init)[..(14 + 20 + 12)];

        Assert.Equal(DirectionBasis.FirstPacket,
            new ObservedTraffic().At(0, cut, originalLength: 100).Flow().DirectionBasis);
    }

    private static (string, Outcome) Told(FlowRecord flow) => (flow.Originator.Address.ToString(), flow.Outcome);

    private static byte[] FromClient(byte chunk) => Packet(Client, 36_412, Server, 36_413, chunk);

    private static byte[] FromServer(byte chunk) => Packet(Server, 36_413, Client, 36_412, chunk);

    private static byte[] Packet(string from, ushort fromPort, string to, ushort toPort, byte chunk)
    {
        var packet = new byte[12 + 20];
        BinaryPrimitives.WriteUInt16BigEndian(packet, fromPort);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), toPort);
        packet[12] = chunk;
        packet[15] = 20;
        return Ip(from, to, IpProtocol.Sctp, packet, null);
    }
}
