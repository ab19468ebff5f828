using System.Text;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Observers.Announcements;

public sealed class AnnouncementObserverTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private const string Greeting = "220 files ready\r\n";
    private const string Passive = "227 Entering Passive Mode (10,0,0,2,195,80).\r\n";
    private const string Request = "0001626F6F742E636667006F6374657400";

    [Fact]
    public void A_port_that_is_announced_explains_the_connection_to_it()
    {
        var traffic = Opened().At(1, FromServer(0, Greeting)).At(2, FromServer(17, Passive));
        var flows = Connect(traffic, 3, Client).Flows();

        AssertExplained(flows[1], AnnouncementGrade.ToThisClient, frame: 5);
        Assert.Equal(("ftp-data", IdentificationBasis.Announced), (flows[1].Protocol, flows[1].ProtocolBasis));
        Assert.Null(flows[0].Announcement);
        Assert.Equal([("ftp", 1L, 1L, 0L)], traffic.Channels.Select(channel =>
            (channel.Protocol, channel.Flows, channel.Announcements, channel.Skipped)));
    }

    [Theory]
    [InlineData("220 mail.example.com ESMTP ready\r\n", "", "ftp-data", IdentificationBasis.Announced)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "", "ftp-data", IdentificationBasis.Announced)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", "http",
        IdentificationBasis.Payload)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "", "ssh", IdentificationBasis.Payload)]
    public void A_file_may_hold_what_looks_like_a_protocol(string fromServer, string fromClient, string protocol,
        IdentificationBasis basis)
    {
        var traffic = Connect(Opened().At(1, FromServer(0, Greeting)).At(2, FromServer(17, Passive)), 3, Client);
        if (fromClient.Length > 0)
            traffic.At(4, FrameBuilder.Tcp(Client, 41_000, Server, 50_000, TcpFlags.Ack, sequence: 1, acknowledgment: 2,
                payload: Encoding.ASCII.GetBytes(fromClient)));
        traffic.At(5, FrameBuilder.Tcp(Server, 50_000, Client, 41_000, TcpFlags.Ack, sequence: 2, acknowledgment: 1,
            payload: Encoding.ASCII.GetBytes(fromServer)));
        var flow = traffic.Flows()[1];

        Assert.Equal((protocol, basis, basis == IdentificationBasis.Payload),
            (flow.Protocol, flow.ProtocolBasis, flow.ProtocolFrame is not null));
    }

    [Fact]
    public void Another_client_on_the_announced_port_is_told_from_the_one_that_it_was_for()
    {
        var flows = Connect(Opened().At(1, FromServer(0, Greeting)).At(2, FromServer(17, Passive)), 3, "10.0.0.9")
            .Flows();

        AssertExplained(flows[1], AnnouncementGrade.ToAnotherClient, frame: 5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_port_that_is_announced_behind_tls_is_read_again(bool isClearAgain)
    {
        var traffic = Opened();
        var (sent, received) = (0u, 0u);
        Say("", Greeting);
        Say("AUTH TLS\r\n", "234 go on\r\n");
        Say(Record(22, $"\x01\0\0\x29\x03\x03{new string('a', 32)}\0\0\x02\0\x2F\x01\0"),
            Record(22, $"\x02\0\0\x26\x03\x03{new string('b', 32)}\0\0\x2F\0"));
        Say(Record(20, "\x01") + Record(22, new string('\xF1', 300)), Record(20, "\x01") + Record(22, "\xF1\xF2\n"));
        Say(Record(23, "\xF1 227 (10,0,0,2,195,81)\n"), Record(23, "227 (10,0,0,2,195,82)\r\n"));
        if (isClearAgain)
        {
            Say("", Record(21, "\xF1\xF2"));
            Say(Record(21, "\xF1\xF2"), "");
            Say("PASV\r\n", Passive);
        }

        var flow = traffic.Flow();

        Assert.Equal(isClearAgain ? [50_000] : [], traffic.Announced.Select(use => (int)use.Announcement.Server.Port));
        Assert.Equal([("ftp", isClearAgain ? 1L : 0L, 1L)], traffic.Channels.Select(channel =>
            (channel.Protocol, channel.Announcements, channel.Hidden)));
        Assert.Equal(("tls", "ftp", isClearAgain ? 0L : 1L),
            (flow.Protocol, flow.Service, Assert.Single(traffic.Points).EncryptedFlows));

        void Say(string client, string server)
        {
            traffic.At(1 + (sent / 1e6), FromClient(sent, client)).At(1 + (sent / 1e6), FromServer(received, server));
            (sent, received) = (sent + (uint)client.Length, received + (uint)server.Length);
        }

        static string Record(int type, string content) =>
            $"{(char)type}\x03\x03{(char)(content.Length >> 8)}{(char)(content.Length & 0xFF)}{content}";
    }

    [Fact]
    public void Use_and_refusal_are_told_of_an_announcement()
    {
        var traffic = Opened().At(1, FromServer(0, Greeting))
            .At(2, FromServer(17, Passive + Passive.Replace("80", "81", StringComparison.Ordinal)));
        traffic.At(3, FrameBuilder.Tcp(Client, 41_000, Server, 50_000, TcpFlags.Syn))
            .At(3.1, FrameBuilder.Tcp(Server, 50_000, Client, 41_000, TcpFlags.Rst | TcpFlags.Ack));
        traffic.Flows();

        Assert.Equal([(50_000, 1L), (50_001, 0L)],
            traffic.Announced.Select(use => ((int)use.Announcement.Server.Port, use.Flows)));
    }

    [Fact]
    public void Segments_out_of_order_are_put_in_order()
    {
        var half = Passive.Length / 2;
        var traffic = Opened().At(1, FromServer(0, Greeting)).At(2, FromServer((uint)(17 + half), Passive[half..]))
            .At(2.1, FromServer(17, Passive[..half]));
        var flows = Connect(traffic, 3, Client).Flows();

        AssertExplained(flows[1], AnnouncementGrade.ToThisClient, frame: 6);
    }

    [Fact]
    public void A_hole_that_is_filled_late_hides_nothing()
    {
        var traffic = Named();
        for (var line = 0u; line < ControlStream.MaximumWaits - 1; line++)
            traffic.At(2, FromServer(17 + (uint)Passive.Length + (line * 8), "200 ok\r\n"));
        traffic.At(2.5, FromServer(17, Passive));
        var flows = Connect(traffic, 3, Client).Flows();

        AssertExplained(flows[1], AnnouncementGrade.ToThisClient, frame: 5 + ControlStream.MaximumWaits);
    }

    [Fact]
    public void Behind_a_hole_that_is_never_filled_reading_goes_on()
    {
        var traffic = Named();
        for (var line = 0u; line < ControlStream.MaximumWaits + 1; line++)
            traffic.At(2, FromServer(117 + (line * 8), "200 ok\r\n"));
        traffic.At(2.5, FromServer(117 + (8 * (ControlStream.MaximumWaits + 1)), Passive));
        var flows = Connect(traffic, 3, Client).Flows();

        AssertExplained(flows[1], AnnouncementGrade.ToThisClient, frame: 7 + ControlStream.MaximumWaits);
    }

    [Fact]
    public void What_waits_behind_a_hole_is_read_when_the_conversation_ends()
    {
        var traffic = Named().At(2, FromServer(117, "200 ok\r\n" + Passive));
        traffic.Flows();

        var announcement = Assert.Single(traffic.Announced).Announcement;
        Assert.Equal((50_000, 6L), (announcement.Server.Port, announcement.Frame.Number));
    }

    [Fact]
    public void What_was_sent_before_the_protocol_was_named_is_read_even_at_the_end()
    {
        var traffic = Opened().At(1, FromServer(0, "220 FTP server ready\r\n"))
            .At(2, FromServer(117, "200 ok\r\n" + Passive));
        var flow = Assert.Single(traffic.Flows());

        Assert.Equal("ftp", flow.Protocol);
        Assert.Equal(50_000, Assert.Single(traffic.Announced).Announcement.Server.Port);
    }

    [Fact]
    public void Retransmitted_segments_announce_once()
    {
        var traffic = Opened().At(1, FromServer(0, Greeting)).At(2, FromServer(17, Passive))
            .At(2.5, FromServer(17, Passive));
        traffic.Flows();

        Assert.Equal(1, Assert.Single(traffic.Announced).Announcement.Times);
    }

    [Fact]
    public void A_stream_longer_than_the_window_is_read_to_its_end()
    {
        var traffic = Named();
        var at = 17u;
        for (var segment = 0; segment < 40; segment++, at += 1200)
            traffic.At(2 + (segment * 0.01), FromServer(at, string.Concat(Enumerable.Repeat("200 ok\r\n", 150))));
        var flows = Connect(traffic.At(3, FromServer(at, Passive)), 4, Client).Flows();

        AssertExplained(flows[1], AnnouncementGrade.ToThisClient, frame: 46);
    }

    [Fact]
    public void A_line_longer_than_the_window_is_given_up_and_counted()
    {
        var traffic = Named();
        var at = 17u;
        for (var segment = 0; segment < 30; segment++, at += 1200)
            traffic.At(2 + (segment * 0.01), FromServer(at, new string('x', 1200)));
        traffic.At(3, FromServer(at, "\r\n" + Passive)).Flows();

        Assert.Single(traffic.Announced);
        Assert.True(Assert.Single(traffic.Channels).NotRead > 0);
    }

    [Fact]
    public void A_datagram_announces_the_end_to_which_it_is_answered()
    {
        var flows = new ObservedTraffic()
            .At(1, FrameBuilder.Udp(Client, 50_000, Server, 69, Convert.FromHexString(Request)))
            .At(1.1, FrameBuilder.Udp(Server, 40_000, Client, 50_000, [0, 3, 0, 1, 1]))
            .At(1.2, FrameBuilder.Udp(Client, 50_000, Server, 40_000, [0, 4, 0, 1]))
            .Flows();

        AssertExplained(flows[1], AnnouncementGrade.ToThisClient, frame: 1);
        Assert.Equal((40_000, DirectionBasis.FirstPacket), (flows[1].Originator.Port, flows[1].DirectionBasis));
        Assert.Null(flows[0].Announcement);
    }

    [Fact]
    public void A_flow_that_is_met_from_the_other_side_turns_to_the_announced_end()
    {
        var flows = new ObservedTraffic()
            .At(1, FrameBuilder.Udp(Client, 50_000, Server, 69, Convert.FromHexString(Request)))
            .At(1.2, FrameBuilder.Udp(Client, 50_000, Server, 40_000, [0, 4, 0, 1]))
            .At(1.3, FrameBuilder.Udp(Server, 40_000, Client, 50_000, [0, 3, 0, 2, 1]))
            .Flows();

        AssertExplained(flows[1], AnnouncementGrade.ToThisClient, frame: 1);
        Assert.Equal((40_000, DirectionBasis.Announcement), (flows[1].Originator.Port, flows[1].DirectionBasis));
        Assert.StartsWith("^", flows[1].History, StringComparison.Ordinal);
    }

    [Fact]
    public void A_candidate_does_not_turn_a_flow_and_explains_no_other_server_of_its_host()
    {
        var request = Convert.FromHexString("000100002112A442" + "AABBCCDDEEFF001122334455");
        var flows = new ObservedTraffic()
            .At(1, FrameBuilder.Udp(Client, 50_000, Server, 3478, request))
            .At(1.1, FrameBuilder.Udp(Server, 3478, Client, 50_000,
                [.. Convert.FromHexString("0101000C2112A442AABBCCDDEEFF001122334455" + "000100080001C3500A000001")]))
            .At(1.2, FrameBuilder.Udp(Client, 50_000, "10.0.0.3", 19_302, request))
            .At(1.3, FrameBuilder.Udp(Client, 50_000, "10.0.0.4", 40_000, [0x55, 1, 2, 3, 4, 5, 6, 7]))
            .Flows();

        Assert.Equal([null, null, "reflexive"], flows.Select(flow => flow.Announcement?.Announcement.Service));
        Assert.Equal((50_000, DirectionBasis.FirstPacket), (flows[2].Originator.Port, flows[2].DirectionBasis));
    }

    [Fact]
    public void A_conversation_that_is_ended_early_keeps_what_it_announced_and_is_begun_anew()
    {
        var traffic = new ObservedTraffic(new ObserverOptions { MaximumFlows = 2 });
        Open(traffic).At(1, FromServer(0, Greeting)).At(2, FromServer(17, Passive));
        for (var port = 1; port <= 4; port++)
            traffic.At(2.1, FrameBuilder.Udp("10.0.0.8", (ushort)port, "10.0.0.9", 9, [1]));
        traffic.At(2.5, FromServer(17 + (uint)Passive.Length,
            "226 Transfer complete\r\n227 Entering Passive Mode (10,0,0,2,195,81).\r\n"));
        var flows = Connect(traffic, 3, Client).Flows();

        Assert.True(traffic.Evicted > 0);
        AssertExplained(flows.Single(flow => flow.Responder.Port == 50_000), AnnouncementGrade.ToThisClient, frame: 5);
        Assert.Equal([50_000, 50_001], traffic.Announced.Select(use => (int)use.Announcement.Server.Port));
    }

    [Fact]
    public void Beyond_the_bound_conversations_are_not_followed_but_counted()
    {
        var traffic = new ObservedTraffic();
        var request = Convert.FromHexString("000100002112A442" + "AABBCCDDEEFF001122334455");
        for (var flow = 0; flow <= ControlConversationPool.MaximumConversations; flow++)
            traffic.At(1, FrameBuilder.Udp($"10.1.{flow >> 8 & 0xFF}.{flow & 0xFF}", (ushort)(50_000 + (flow >> 16)),
                Server, 3478, request));

        var channel = Assert.Single(traffic.Channels);

        Assert.Equal((ControlConversationPool.MaximumConversations, 1), (channel.Flows, channel.Skipped));
        traffic.Flows();
    }

    private static void AssertExplained(FlowRecord flow, AnnouncementGrade grade, long frame) =>
        Assert.Equal((grade, frame),
            flow.Announcement is { } match ? (match.Grade, match.Announcement.Frame.Number) : default);

    /// <summary>A control connection of three frames.</summary>
    private static ObservedTraffic Opened() => Open(new ObservedTraffic());

    /// <summary>A control connection of five frames whose protocol is known.</summary>
    private static ObservedTraffic Named() =>
        Opened().At(1, FromServer(0, Greeting)).At(1.1, FromClient(0, "TYPE A\r\n"));

    private static ObservedTraffic Open(ObservedTraffic traffic) => traffic
        .At(0, FrameBuilder.Tcp(Client, 40_000, Server, 21, TcpFlags.Syn, sequence: 999))
        .At(0.1, FrameBuilder.Tcp(Server, 21, Client, 40_000, TcpFlags.Syn | TcpFlags.Ack, sequence: 1999,
            acknowledgment: 1000))
        .At(0.2, FrameBuilder.Tcp(Client, 40_000, Server, 21, TcpFlags.Ack, sequence: 1000, acknowledgment: 2000));

    /// <summary>A connection to the announced port 50000.</summary>
    private static ObservedTraffic Connect(ObservedTraffic traffic, double seconds, string client) => traffic
        .At(seconds, FrameBuilder.Tcp(client, 41_000, Server, 50_000, TcpFlags.Syn))
        .At(seconds + 0.1, FrameBuilder.Tcp(Server, 50_000, client, 41_000, TcpFlags.Syn | TcpFlags.Ack, sequence: 1,
            acknowledgment: 1))
        .At(seconds
            + 0.2, FrameBuilder.Tcp(client, 41_000, Server, 50_000, TcpFlags.Ack, sequence: 1, acknowledgment: 2));

    private static byte[] FromServer(uint offset, string text) =>
        FrameBuilder.Tcp(Server, 21, Client, 40_000, TcpFlags.Ack, sequence: 2000 + offset, acknowledgment: 1000,
            payload: Encoding.Latin1.GetBytes(text));

    private static byte[] FromClient(uint offset, string text) =>
        FrameBuilder.Tcp(Client, 40_000, Server, 21, TcpFlags.Ack, sequence: 1000 + offset, acknowledgment: 2000,
            payload: Encoding.Latin1.GetBytes(text));
}
