using System.Text;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Observers.Identification;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Protocols.Contract;

/// <summary>Conversations that go over to another protocol: STARTTLS, and proxies that step back.</summary>
public sealed class HandOverTests
{
    private const string Stream =
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='b' version='1.0'>";
    private const string StreamAnswer = "<stream:stream xmlns='jabber:client' "
        + "xmlns:stream='http://etherx.jabber.org/streams' from='b' id='1' version='1.0'><stream:features/>";
    private const string AskForTls = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private const string Proceed = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private static readonly RecogniserVector Handshake = RecogniserVector.Find("tls10-mutual");

    public static TheoryData<string, string[]> Openings => new()
    {
        { "smtp", ["S220 mail.example.com ESMTP\r\n", "CEHLO client\r\n", "S250-mail.example.com\r\n250 STARTTLS\r\n",
            "CSTARTTLS\r\n", "S220 2.0.0 Ready to start TLS\r\n"] },
        { "pop", ["S+OK POP3 ready\r\n", "CCAPA\r\n", "S+OK\r\nSTLS\r\n.\r\n", "CSTLS\r\n",
            "S+OK Begin TLS negotiation\r\n"] },
        { "pop", ["S+OK ready\r\n", "CSTLS\r\n", "S+OK Begin TLS negotiation\r\n"] },
        { "imap", ["S* OK IMAP4rev1 ready\r\n", "Ca1 CAPABILITY\r\n",
            "S* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK done\r\n", "Ca2 STARTTLS\r\n",
            "Sa2 OK Begin TLS negotiation now\r\n"] },
        { "nntp", ["S200 news.example.com NNTP ready\r\n", "CCAPABILITIES\r\n",
            "S101 Capability list:\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n", "CSTARTTLS\r\n",
            "S382 Continue with TLS negotiation\r\n"] },
        { "ftp", ["S220 FTP server ready\r\n", "CAUTH TLS\r\n", "S234 Proceed with negotiation.\r\n"] },
        { "ftp", ["S220 ready\r\n", "CUSER a\r\n", "S530 Use AUTH first.\r\n", "CAUTH SSL\r\n",
            "S234 AUTH SSL ok\r\n"] },
        { "irc", ["S:irc.example.com NOTICE AUTH :*** Hello\r\n", "CSTARTTLS\r\n",
            "S:irc.example.com 670 * :STARTTLS successful, go ahead\r\n"] },
        { "xmpp", ["C" + Stream, "S" + StreamAnswer, "C" + AskForTls, "S" + Proceed] },
        { "smtp", ["S220 mail.example.com ESMTP\r\n", "CEHLO client\r\nSTARTTLS\r\n", "S250 mail.example.com\r\n",
            "S220 go\r\n"] },
        { "smtp", ["S220 mail.example.com ESMTP\r\n", "CEHLO a\r\n", "S250-mail\r\n250 X-ANONYMOUSTLS\r\n",
            "CX-ANONYMOUSTLS\r\n", "S220 2.0.0 SMTP server ready\r\n"] },
        { "smtp", ["S220 mail.example.com ESMTP\r\n", "CMAIL FROM:<a@example.com>\r\n",
            "S530 5.7.0 Must issue a STARTTLS command first\r\n", "CSTARTTLS\r\n", "S220 go\r\n"] },
        { "smtp", ["S220-mail.example.com ESMTP\r\n220 hello\r\n", "CEHLO a\r\nAUTH LOGIN\r\n",
            "S250-mail\r\n250 STARTTLS\r\n538 5.7.11 Encryption required\r\n", "CSTARTTLS\r\n", "S220 go\r\n"] },
        { "imap", ["S* OK IMAP4 ready\r\n", "Ca1 LOGIN bob x\r\n", "Sa1 NO LOGINDISABLED\r\n", "Ca2 STARTTLS\r\n",
            "Sa2 OK begin\r\n"] },
        { "pop", ["S+OK POP3\r\n", "CUSER a\r\n", "S-ERR use STLS\r\n", "CSTLS\r\n", "S+OK go\r\n"] },
        { "ftp", ["S220 FTP\r\n", "CUSER bob\r\n", "S331 password\r\n", "CPASS x\r\n", "S530 TLS required\r\n",
            "CAUTH TLS\r\n", "S234 ok\r\n"] },
        { "nntp", ["S200 news.example.com NNTP ready\r\n", "CGROUP misc.test\r\n",
            "S483 Secure connection required\r\n", "CSTARTTLS\r\n", "S382 Continue\r\n"] },
        { "smtp", ["S220 mail.example.com ESMTP\r\n", "CSTARTTLS\r\n", "S454 TLS not available\r\n", "CSTARTTLS\r\n",
            "S220 go\r\n"] },
    };

    [Theory]
    [MemberData(nameof(Openings))]
    public void What_follows_starttls_is_tls_with_the_beginning_as_its_service(string protocol, string[] opening)
    {
        var flow = Observe([.. opening.Select(Text), (true, Handshake.FromOriginator),
            (false, Handshake.FromResponder)]);

        Assert.Equal(("tls", IdentificationBasis.Payload), (flow.Protocol, flow.ProtocolBasis));
        Assert.Equal((protocol, IdentificationBasis.Payload), (flow.Service, flow.ServiceBasis));
        Assert.Equal(protocol, flow.StartedAs);
        Assert.Equal("sip.example.com", flow.Tls?.ServerName);
        Assert.True(flow.Tls?.SawServerHello);
    }

    [Theory]
    [MemberData(nameof(Openings))]
    public void Without_the_client_starttls_is_followed_by_what_the_server_says(string protocol, string[] opening)
    {
        // What the server says before it agrees does not name the protocol everywhere.
        var said = opening.Select(Text).Where(turn => !turn.ByClient).ToArray();
        var flow = Observe([.. said, (false, Handshake.FromResponder)]);

        Assert.True(flow.StartedAs is null || (flow.StartedAs == protocol && flow.Protocol == "tls"),
            $"{flow.StartedAs} {flow.Protocol}");
        if (protocol is "imap" or "xmpp")
            Assert.Equal("tls", flow.Protocol);
    }

    [Fact]
    public void Without_the_server_starttls_is_followed_by_what_the_client_says()
    {
        var flow = Observe([Text("CEHLO client\r\n"), Text("CSTARTTLS\r\n"), (true, Handshake.FromOriginator)]);

        Assert.Equal(("tls", "smtp", "sip.example.com"), (flow.Protocol, flow.StartedAs, flow.Tls?.ServerName));
    }

    [Fact]
    public void Starttls_that_is_refused_changes_nothing()
    {
        var flow = Observe([Text("S220 mail.example.com ESMTP\r\n"), Text("CEHLO client\r\n"), Text("S250 mail\r\n"),
            Text("CSTARTTLS\r\n"), Text("S454 no\r\n"), Text("CQUIT\r\n")]);

        Assert.Equal(("smtp", null, null), (flow.Protocol, flow.StartedAs, flow.Tls));
    }

    [Theory]
    [InlineData("smtp", "S220 mail.example.com ESMTP\r\n", "CMAIL FROM:<a@example.com>\r\n", "S250 ok\r\n",
        "CSTARTTLS\r\n", "S220 go\r\n")]
    [InlineData("pop", "S+OK POP3 ready\r\n", "CUSER a\r\n", "S+OK\r\n", "CSTLS\r\n", "S+OK\r\n")]
    [InlineData("imap", "S* OK ready\r\n", "Ca1 LOGIN a b\r\n", "Sa1 OK done\r\n", "Ca2 STARTTLS\r\n",
        "Sa2 OK done\r\n")]
    [InlineData("ftp", "S220 FTP\r\n", "CUSER a\r\n", "S331 password\r\n", "CPASS b\r\n", "S230 logged in\r\n",
        "CAUTH TLS\r\n", "S234 ok\r\n")]
    public void Once_work_has_begun_nobody_waits_for_starttls(string protocol, params string[] turns)
    {
        var flow = Observe([.. turns.Select(Text), (true, Handshake.FromOriginator), (false, Handshake.FromResponder)]);

        Assert.Equal((protocol, null, null), (flow.Protocol, flow.StartedAs, flow.Tls));
    }

    [Fact]
    public void A_tunnel_through_a_proxy_is_what_goes_through_it()
    {
        var flow = Observe(
        [
            Text("CCONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
            Text("SHTTP/1.1 200 Connection established\r\nVia: p\r\n\r\n"),
            (true, Handshake.FromOriginator), (false, Handshake.FromResponder),
        ]);

        Assert.Equal(("tls", null, "http"), (flow.Protocol, flow.Service, flow.StartedAs));
        Assert.Equal("sip.example.com", flow.Tls?.ServerName);
    }

    [Theory]
    [InlineData("SHTTP/1.1 407 Authenticate\r\nContent-Length: 5\r\n\r\nsorry")]
    [InlineData("SHTTP/1.1 407 Authenticate\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsorry\r\n0\r\n\r\n")]
    [InlineData("SHTTP/1.1 407 Authenticate\r\n\r\n")]
    public void A_tunnel_is_followed_after_the_proxy_asked_for_credentials(string refusal)
    {
        var flow = Observe(
        [
            Text("CCONNECT a:25 HTTP/1.1\r\n\r\n"), Text(refusal),
            Text("CCONNECT a:25 HTTP/1.1\r\nProxy-Authorization: NTLM x\r\n\r\n"), Text("SHTTP/1.1 200 OK\r\n\r\n"),
            Text("S220 mail.example.com ESMTP\r\n"), Text("CEHLO client\r\n"),
        ]);

        Assert.Equal(("smtp", "http"), (flow.Protocol, flow.StartedAs));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SHTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")]
    public void What_is_asked_for_through_a_tunnel_and_not_accepted_names_nothing(string answer)
    {
        var turns = new List<(bool, byte[])>
        {
            Text("CCONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
            Text("SHTTP/1.1 200 Connection established\r\n\r\n"),
            (true, Handshake.FromOriginator),
        };
        if (answer.Length > 0)
            turns.Add(Text(answer));
        var flow = Observe([.. turns]);

        Assert.Equal(("http", null, null), (flow.Protocol, flow.Declined, flow.Tls));
    }

    [Fact]
    public void A_tunnel_that_is_refused_stays_http()
    {
        var flow = Observe([Text("CCONNECT a:25 HTTP/1.1\r\n\r\n"),
            Text("SHTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"), (true, Handshake.FromOriginator)]);

        Assert.Equal(("http", null, null), (flow.Protocol, flow.StartedAs, flow.Tls));
    }

    [Fact]
    public void A_connection_through_socks_is_what_goes_through_it()
    {
        var flow = Observe(
        [
            (true, Convert.FromHexString("050200020103626f6205616c696365"[..8])), (false, [5, 2]),
            (true, Convert.FromHexString("0103626f6205616c696365")), (false, [1, 0]),
            (true, Convert.FromHexString("050100030161" + "0050")),
            (false, Convert.FromHexString("05000001000000000000")), Text("CGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            Text("SHTTP/1.1 200 OK\r\n\r\n"),
        ]);

        Assert.Equal(("http", null, "socks"), (flow.Protocol, flow.Service, flow.StartedAs));
    }

    [Fact]
    public void Socks_four_and_what_goes_through_it_in_one_segment_are_parted()
    {
        var flow = Observe([(true, [.. Convert.FromHexString("04010050c096bb0c00"), .. Handshake.FromOriginator]),
            (false, Convert.FromHexString("005a000000000000")), (false, Handshake.FromResponder)]);

        Assert.Equal(("tls", "socks", "sip.example.com"), (flow.Protocol, flow.StartedAs, flow.Tls?.ServerName));
    }

    [Theory]
    [MemberData(nameof(Openings))]
    public void Segments_of_one_byte_change_nothing(string protocol, string[] opening)
    {
        var turns = opening.Select(Text).SelectMany(turn => turn.Bytes.Select(one => (turn.ByClient, new[] { one })))
            .ToArray();
        if (turns.Length >= StreamIdentifier.MaximumSegments - 1)
            return; // nobody looks that far

        var flow = Observe([.. turns, (true, Handshake.FromOriginator), (false, Handshake.FromResponder)]);

        Assert.Equal(("tls", protocol), (flow.Protocol, flow.StartedAs));
    }

    [Fact]
    public void Behind_a_proxy_starttls_names_what_goes_on_inside()
    {
        var flow = Observe(
        [
            Text("CCONNECT a:25 HTTP/1.1\r\n\r\n"), Text("SHTTP/1.1 200 OK\r\n\r\n"),
            Text("S220 mail.example.com ESMTP\r\n"), Text("CSTARTTLS\r\n"), Text("S220 go\r\n"),
            (true, Handshake.FromOriginator), (false, Handshake.FromResponder),
        ]);

        Assert.Equal(("tls", "smtp", "http"), (flow.Protocol, flow.Service, flow.StartedAs));
    }

    [Fact]
    public void A_tunnel_is_followed_behind_an_interim_answer()
    {
        var flow = Observe(
        [
            Text("CCONNECT a:443 HTTP/1.1\r\n\r\n"), Text("SHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
            (true, Handshake.FromOriginator), (false, Handshake.FromResponder),
        ]);

        Assert.Equal(("tls", "http", "sip.example.com"), (flow.Protocol, flow.StartedAs, flow.Tls?.ServerName));
    }

    [Fact]
    public void Http_that_changes_to_tls_goes_on_inside()
    {
        var flow = Observe(
        [
            Text("COPTIONS * HTTP/1.1\r\nUpgrade: TLS/1.0\r\nConnection: Upgrade\r\n\r\n"),
            Text("SHTTP/1.1 101 Switching Protocols\r\nUpgrade: TLS/1.0, HTTP/1.1\r\n\r\n"),
            (true, Handshake.FromOriginator), (false, Handshake.FromResponder),
        ]);

        Assert.Equal(("tls", "http", "http", "sip.example.com"),
            (flow.Protocol, flow.Service, flow.StartedAs, flow.Tls?.ServerName));
    }

    [Fact]
    public void Ldap_starts_tls_after_a_bind_without_a_name()
    {
        var flow = Observe(
        [
            (true, Convert.FromHexString("300c020105600702010304008000")),
            (false, Convert.FromHexString("300c02010561070a010004000400")),
            (true, Convert.FromHexString("301d02010177188016312e332e362e312e342e312e313436362e3230303337")),
            (false, Convert.FromHexString("300c02010178070a010004000400")),
            (true, Handshake.FromOriginator), (false, Handshake.FromResponder),
        ]);

        Assert.Equal(("tls", "ldap", "ldap"), (flow.Protocol, flow.Service, flow.StartedAs));
    }

    public static TheoryData<string, string, string> ProxyHeaders => new()
    {
        { "PROXY TCP4 192.0.2.1 192.0.2.2 40001 25\r\n", "smtp", "proxy" },
        { "PROXY UNKNOWN\r\n", "smtp", "proxy" },
        { "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u000cabcdefghijkl", "smtp", "proxy" },
        { "\r\n\r\n\0\r\nQUIT\n\u0020\0\0\0", "smtp", "proxy" },
    };

    [Theory]
    [MemberData(nameof(ProxyHeaders))]
    public void What_follows_the_header_of_a_proxy_is_named(string header, string service, string startedAs)
    {
        var flow = Observe(
        [
            Text("C" + header), Text("S220 mail.example.com ESMTP\r\n"), Text("CSTARTTLS\r\n"), Text("S220 go\r\n"),
            (true, Handshake.FromOriginator), (false, Handshake.FromResponder),
        ]);
        var direct = Observe([(true, [.. Encoding.ASCII.GetBytes(header), .. Handshake.FromOriginator]),
            (false, Handshake.FromResponder)]);

        Assert.Equal(("tls", service, startedAs, "sip.example.com"),
            (flow.Protocol, flow.Service, flow.StartedAs, flow.Tls?.ServerName));
        Assert.Equal(("tls", null, startedAs, "sip.example.com"),
            (direct.Protocol, direct.Service, direct.StartedAs, direct.Tls?.ServerName));
    }

    [Theory]
    [InlineData("ldap-starts-tls", "ldap")]
    [InlineData("tds-goes-over-to-tls", "tds")]
    [InlineData("rdp-goes-over-to-tls", "rdp")]
    [InlineData("mysql-goes-over-to-tls", "mysql")]
    [InlineData("pgsql-goes-over-to-tls", "pgsql")]
    public void Where_the_server_is_never_seen_the_client_shows_that_tls_began(string name, string protocol)
    {
        var flow = Observe([(true, RecogniserVector.Find(name).FromOriginator)]);

        Assert.Equal(("tls", protocol, protocol), (flow.Protocol, flow.Service, flow.StartedAs));
    }

    [Fact]
    public void Where_the_server_is_never_seen_what_goes_through_proxies_is_named()
    {
        var through = Observe([(true, [5, 1, 0]), (true, Convert.FromHexString("050100010a01010101bb")),
            Text("CCONNECT a:443 HTTP/1.1\r\n\r\n"), (true, Handshake.FromOriginator)]);
        var xmpp = Observe([Text("C" + Stream), Text("C" + AskForTls), (true, Handshake.FromOriginator)]);

        Assert.Equal(("tls", null, "socks", "sip.example.com"),
            (through.Protocol, through.Service, through.StartedAs, through.Tls?.ServerName));
        Assert.Equal(("tls", "xmpp"), (xmpp.Protocol, xmpp.StartedAs));
    }

    [Fact]
    public void A_server_that_is_late_still_has_its_say()
    {
        var vector = RecogniserVector.Find("ldap-starts-tls");
        var refused = Observe([(true, vector.FromOriginator),
            (false, Convert.FromHexString("300c02010178070a010204000400"))]);
        var granted = Observe([(true, vector.FromOriginator), (false, vector.FromResponder),
            (false, Handshake.FromResponder)]);

        Assert.Equal(("ldap", null), (refused.Protocol, refused.StartedAs));
        Assert.Equal(("tls", "ldap", true), (granted.Protocol, granted.StartedAs, granted.Tls?.SawServerHello));
    }

    private static (bool ByClient, byte[] Bytes) Text(string turn) =>
        (turn[0] == 'C', Encoding.ASCII.GetBytes(turn[1..]));

    /// <summary>Shows a connection from its SYN, one segment a turn.</summary>
    private static FlowRecord Observe((bool ByClient, byte[] Bytes)[] turns)
    {
        const ushort Port = 4711;
        var traffic = new ObservedTraffic()
            .At(0, Tcp(Client, 40000, Server, Port, TcpFlags.Syn, 100))
            .At(0.1, Tcp(Server, Port, Client, 40000, TcpFlags.Syn | TcpFlags.Ack, 500, 101));
        var (sent, received, time) = (101u, 501u, 1.0);
        foreach (var (byClient, bytes) in turns)
        {
            traffic.At(time++, byClient
                ? Tcp(Client, 40000, Server, Port, TcpFlags.Ack, sent, received, bytes)
                : Tcp(Server, Port, Client, 40000, TcpFlags.Ack, received, sent, bytes));
            sent += byClient ? (uint)bytes.Length : 0;
            received += byClient ? 0 : (uint)bytes.Length;
        }

        return traffic.Flow();
    }
}
