using PortAudit.Tests.Flows;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Observers.Identification;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Observers.Identification;

/// <summary>Protocols that follow one another on the same ports.</summary>
public sealed class DatagramIdentifierTests
{
    private const string One = "10.0.0.1";
    private const string Other = "10.0.0.2";
    private const string Check =
        "0001001C2112A442000102030405060708090A0B 00060004613A6264 002400046E7F00FF 802A00080011223344556677";
    private const string CheckAnswer = "0101000C2112A442000102030405060708090A0B 002000080001A1475E12A443";
    private const string PlainRequest = "000100002112A442000102030405060708090A0B";
    private const string ClientHello = "16FEFF0000000000000000000E 010000020000000000000002 FEFD";
    private const string ServerHello = "16FEFF0000000000000000000E 020000020000000000000002 FEFD";
    private const string MarkedIke =
        "000000001122334455667788000000000000000021202208000000000000002C00000010000102030405060708090A0B";
    private const string ReceiverReport = "80C9000101932DB4";

    [Fact]
    public void Media_takes_the_name_from_the_checks_of_ice()
    {
        var flow = Observe(Check, "<" + CheckAnswer, "<" + Check, Media(1), CheckAnswer, Media(2), Media(3));

        Assert.Equal(("rtp", "stun"), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void Dtls_takes_the_name_from_the_checks_of_ice()
    {
        var flow = Observe(Check, "<" + CheckAnswer, ClientHello, "<" + ServerHello);

        Assert.Equal(("dtls", "stun"), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void A_hello_that_nobody_answers_takes_no_name()
    {
        var flow = Observe(Check, "<" + CheckAnswer, ClientHello, "<" + CheckAnswer, ClientHello);

        Assert.Equal(("stun", null), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void A_hello_of_the_end_that_answers_checks_takes_the_name_when_it_is_answered()
    {
        var asked = Observe(Check, "<" + CheckAnswer, "<" + ClientHello, "<" + ClientHello);
        var answered = Observe(Check, "<" + CheckAnswer, "<" + ClientHello, Check, ServerHello);

        Assert.Equal(("stun", null), (asked.Protocol, asked.StartedAs));
        Assert.Equal(("dtls", "stun"), (answered.Protocol, answered.StartedAs));
    }

    [Fact]
    public void Where_the_other_end_is_never_seen_a_hello_takes_the_name()
    {
        var flow = Observe(Check, ClientHello, ClientHello);

        Assert.Equal(("dtls", "stun"), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void Media_takes_the_name_from_checks_though_a_hello_was_not_answered()
    {
        var flow = Observe(Check, "<" + CheckAnswer, ClientHello, Media(1), Media(2), Media(3));

        Assert.Equal(("rtp", "stun"), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void Checks_alone_stay_what_they_are()
    {
        var flow = Observe(Check, "<" + CheckAnswer, Check, "<" + CheckAnswer);

        Assert.Equal(("stun", null), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void Media_takes_the_name_from_a_plain_request_on_the_same_ports()
    {
        var flow = Observe(PlainRequest, "<" + CheckAnswer, Media(1), Media(2), Media(3));

        Assert.Equal(("rtp", "stun"), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void A_plain_request_that_nothing_follows_stays_what_it_is()
    {
        var flow = Observe(PlainRequest, "<" + CheckAnswer, PlainRequest, "<" + CheckAnswer);

        Assert.Equal(("stun", null), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void Media_takes_the_name_from_rtcp_on_the_same_ports()
    {
        var flow = Observe(Check, "<" + CheckAnswer, ReceiverReport, ReceiverReport, Media(1), Media(2), Media(3));

        Assert.Equal(("rtp", "stun"), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void Later_checks_do_not_take_the_name_back()
    {
        var flow = Observe(Check, "<" + CheckAnswer, ReceiverReport, ReceiverReport, Check, "<" + CheckAnswer);

        Assert.Equal(("rtcp", "stun"), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void Two_packets_of_media_name_a_flow_that_has_no_more()
    {
        var flow = Observe(Media(1), Media(2));

        Assert.Equal("rtp", flow.Protocol);
    }

    [Theory]
    [InlineData("FF")]
    [InlineData("0D0A0D0A")]
    [InlineData("0D0A")]
    [InlineData("00000000")]
    public void What_keeps_a_mapping_alive_takes_no_datagrams_place(string keepAlive)
    {
        var before = Enumerable.Repeat(keepAlive, DatagramIdentifier.MaximumDatagrams);
        var flow = Observe([.. before, Check, "<" + CheckAnswer]);

        Assert.Equal("stun", flow.Protocol);
    }

    [Fact]
    public void Esp_takes_the_name_from_the_key_exchange_on_the_shared_port()
    {
        var flow = Observe(MarkedIke, "<" + MarkedIke, "FF", Esp(1), "<" + MarkedIke);

        Assert.Equal(("esp", "isakmp", DirectionBasis.Payload), (flow.Protocol, flow.StartedAs, flow.DirectionBasis));
    }

    [Fact]
    public void A_key_exchange_without_the_marker_is_followed_by_no_esp()
    {
        var unmarked = MarkedIke[8..];
        var alone = Observe(MarkedIke, "<" + MarkedIke, "FF", MarkedIke);
        var flow = Observe(unmarked, "<" + unmarked, Esp(1), Esp(2), Esp(3));

        Assert.Equal(("isakmp", null), (alone.Protocol, alone.StartedAs));
        Assert.Equal(("isakmp", null), (flow.Protocol, flow.StartedAs));
    }

    private static string Esp(int number) => $"C1A2B3C4{number:X8}" + string.Concat(
        Enumerable.Range(0, 28).Select(at => $"{(byte)((at * 89) + (number * 151)):X2}"));

    private static string Media(int number) => $"8000{number:X4}{number * 160:X8}7D2D3E1FD5D5D5D5";

    /// <summary>The flow of some datagrams, those with an arrow from the other end.</summary>
    private static FlowRecord Observe(params string[] datagrams)
    {
        var traffic = new ObservedTraffic();
        for (var i = 0; i < datagrams.Length; i++)
        {
            var isBack = datagrams[i][0] == '<';
            var payload = Hex.Bytes(datagrams[i].TrimStart('<'));
            traffic = traffic.At(i,
                isBack ? Udp(Other, 57344, One, 50012, payload) : Udp(One, 50012, Other, 57344, payload));
        }

        return traffic.Flow();
    }
}
