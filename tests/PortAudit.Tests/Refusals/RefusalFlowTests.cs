using System.Text;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Refusals;

/// <summary>Answers that refuse, in whole flows: which one is kept, with which frame.</summary>
public sealed class RefusalFlowTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private const string Get = "GET / HTTP/1.1|Host: a||";
    private const string Connect = "CONNECT a:443 HTTP/1.1|Host: a:443||";
    private const string Challenge = "HTTP/1.1 407 No|Proxy-Authenticate: NTLM|Content-Length: 0||";
    private const string Forbidden = "HTTP/1.1 403 Forbidden|Via: 1.1 p||";

    [Fact]
    public void The_frame_is_that_by_which_the_head_was_complete() => Assert.Equal(
        new Refusal("HTTP", 403, RefusalReason.Forbidden, RefusalBasis.Via, new FrameReference(0, 5)),
        Http(new ObserverOptions(), Get, "<" + Forbidden[..20], "<" + Forbidden[20..], "<and a body").Refusal);

    [Fact]
    public void A_request_that_was_served_is_not_refused_by_what_becomes_of_the_next() =>
        Assert.Null(Http(new ObserverOptions(), Get, "<HTTP/1.1 200 OK|Content-Length: 0||", Get,
            "<" + Forbidden).Refusal);

    [Fact]
    public void A_page_that_wants_tls_declines_the_request_wherever_it_is_cut()
    {
        var flow = Http(new ObserverOptions(), Get, "<HTTP/1.1 400 Bad Request|Content-Length: 60||",
            "<400 The plain HTTP request was sent ", "<to HTTPS port         ");

        Assert.Equal(("http", "http", RefusalReason.NeedsTls), (flow.Declined, flow.Protocol, flow.Refusal?.Reason));
    }

    [Fact]
    public void A_tunnel_that_the_proxy_refuses_is_told_with_its_frame() => Assert.Equal(
        new Refusal("HTTP", 403, RefusalReason.Forbidden, RefusalBasis.AskedProxy, new FrameReference(0, 4)),
        Http(new ObserverOptions(), Connect, "<HTTP/1.1 403 Forbidden|Content-Length: 0||").Refusal);

    [Fact]
    public void Credentials_that_were_asked_for_are_a_refusal_until_they_are_taken()
    {
        Assert.Equal((407, 4L), Http(new ObserverOptions(), Get, "<" + Challenge).Refusal is { } open
            ? (open.Code, open.Frame.Number)
            : default);
        Assert.Null(Http(new ObserverOptions(), Get, "<" + Challenge, Get,
            "<HTTP/1.1 200 OK|Content-Length: 0||").Refusal);
        Assert.Null(Http(new ObserverOptions(), Connect, "<" + Challenge, Connect, "<HTTP/1.1 200 OK||").Refusal);
    }

    [Fact]
    public void Who_reads_no_names_reads_no_answers_either() =>
        Assert.Null(Http(new ObserverOptions { ReadNames = false }, Get, "<" + Forbidden).Refusal);

    [Theory]
    [InlineData("SIP/2.0 403 Forbidden", "INVITE", "403 Forbidden None")]
    [InlineData("SIP/2.0 503 Service Unavailable", "REGISTER", "503 Unavailable None")]
    [InlineData("SIP/2.0 480 Temporarily Unavailable", "INVITE", "480 Unavailable None")]
    [InlineData("SIP/2.0 488 Not Acceptable Here", "INVITE", "488 NotAcceptable None")]
    [InlineData("SIP/2.0 606 Not Acceptable", "INVITE", "606 NotAcceptable None")]
    [InlineData("SIP/2.0 603 Decline", "INVITE", "603 Declined None")]
    [InlineData("SIP/2.0 504 Server Time-out", "INVITE", "504 GatewayTimeout GatewayStatus")]
    [InlineData("SIP/2.0 407 Proxy Authentication Required", "INVITE", "407 ProxyCredentials ProxyAuthentication")]
    [InlineData("SIP/2.0 200 OK", "INVITE", null)]
    [InlineData("SIP/2.0 180 Ringing", "INVITE", null)]
    [InlineData("SIP/2.0 401 Unauthorized", "REGISTER", null)]
    [InlineData("SIP/2.0 486 Busy Here", "INVITE", null)]
    [InlineData("SIP/2.0 503 Service Unavailable", "OPTIONS", null)]
    public void Final_answers_of_sip_are_read_as_well(string line, string method, string? expected)
    {
        var flow = Sip(Request(method), "<" + Answer(line, method));

        Assert.Equal(expected, flow.Refusal is { Protocol: "SIP", Frame.Number: 2 } known
            ? $"{known.Code} {known.Reason} {known.Basis}"
            : null);
    }

    [Fact]
    public void Of_sip_the_first_final_answer_counts_and_credentials_are_asked_for_before_it()
    {
        var (challenge, ok, forbidden) = ("<" + Answer("SIP/2.0 407 Proxy", "INVITE"),
            "<" + Answer("SIP/2.0 200 OK", "INVITE"), "<" + Answer("SIP/2.0 403 No", "INVITE"));

        Assert.Null(Sip(Request("INVITE"), challenge, Request("INVITE"), ok, Request("INVITE"), forbidden).Refusal);
        Assert.Equal((403, 4L), Sip(Request("INVITE"), challenge, Request("INVITE"), forbidden).Refusal is { } refusal
            ? (refusal.Code, refusal.Frame.Number)
            : default);
        // who asked does not refuse itself
        Assert.Null(Sip(Request("INVITE"), Answer("SIP/2.0 403 No", "INVITE")).Refusal);
    }

    [Fact]
    public void Evidence_has_the_frame_that_refused()
    {
        var flow = Http(new ObserverOptions(), Get, "<" + Forbidden) with
        {
            Refusal =
            new Refusal("HTTP", 403, RefusalReason.Forbidden, RefusalBasis.Via, new FrameReference(0, 900))
        };

        Assert.Contains(new FrameReference(0, 900), EvidencePass.OfKept(flow).Frames);
    }

    private static string Request(string method) =>
        $"{method} sip:b@x SIP/2.0|Call-ID: 1@a|CSeq: 1 {method}|Content-Length: 0||";

    private static string Answer(string line, string method) =>
        $"{line}|Call-ID: 1@a|CSeq: 1 {method}|Content-Length: 0||";

    private static FlowRecord Sip(params string[] messages)
    {
        var traffic = new ObservedTraffic();
        for (var i = 0; i < messages.Length; i++)
        {
            traffic.At(i, messages[i][0] == '<'
                ? FrameBuilder.Udp(Server, 5060, Client, 5060, Bytes(messages[i][1..]))
                : FrameBuilder.Udp(Client, 5060, Server, 5060, Bytes(messages[i])));
        }

        return traffic.Flow();
    }

    /// <summary>A connection in which the client says what is given, and the server what stands behind a
    /// <c>&lt;</c>.</summary>
    private static FlowRecord Http(ObserverOptions options, params string[] segments)
    {
        var (sent, received) = (101u, 501u);
        var traffic = new ObservedTraffic(options)
            .At(0, FrameBuilder.Tcp(Client, 40000, Server, 8080, TcpFlags.Syn, 100))
            .At(0.1, FrameBuilder.Tcp(Server, 8080, Client, 40000, TcpFlags.Syn | TcpFlags.Ack, 500, 101));
        foreach (var segment in segments)
        {
            var isAnswer = segment[0] == '<';
            var bytes = Bytes(isAnswer ? segment[1..] : segment);
            traffic.At(traffic.Shown, isAnswer
                ? FrameBuilder.Tcp(Server, 8080, Client, 40000, TcpFlags.Ack, received, sent, bytes)
                : FrameBuilder.Tcp(Client, 40000, Server, 8080, TcpFlags.Ack, sent, received, bytes));
            if (isAnswer)
                received += (uint)bytes.Length;
            else
                sent += (uint)bytes.Length;
        }

        return traffic.Flow();
    }

    private static byte[] Bytes(string text) =>
        Encoding.ASCII.GetBytes(text.Replace("|", "\r\n", StringComparison.Ordinal));
}
