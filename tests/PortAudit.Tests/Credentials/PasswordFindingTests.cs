using System.Text;
using PortAudit.Audit.Findings;
using PortAudit.Tests.Audit;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Credentials;

/// <summary>From frames to the finding about a password in clear: that it is there, with which frame, and that the
/// password is not.</summary>
public sealed class PasswordFindingTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.1.0.1";
    private const string Secret = "Tr0ub4dor";
    private const string Stream = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
        + "xmlns:stream='http://etherx.jabber.org/streams' ";

    [Theory]
    [InlineData("<query xmlns='jabber:iq:auth'><username>a</username><password>" + Secret + "</password></query>", 6)]
    [InlineData("<query xmlns='jabber:iq:register'><password>" + Secret + "</password></query>", 6)]
    [InlineData("<query xmlns='jabber:iq:auth'><username>a</username></query>", null)]
    public void Of_xmpp(string query, int? frame) => AssertFinding("XMPP with a password in clear", frame,
        Connection(5222, Stream + "to='a'>", ">" + Stream + "from='a' id='1'><stream:features/>",
            "<iq type='get'><query xmlns='jabber:iq:auth'/></iq>", $"<iq type='set'>{query}</iq>"));

    [Theory]
    // the reply proves that it is HTTP
    [InlineData(4, "POST /login HTTP/1.1|Content-Type: application/x-www-form-urlencoded|Content-Length: 27||"
        + "user=bob&password=" + Secret, ">HTTP/1.1 302 Found|Location: /||")]
    // the body comes by itself, behind an interim reply
    [InlineData(5, "POST / HTTP/1.1|Content-Type: application/x-www-form-urlencoded|Content-Length: 13|Expect: "
        + "100-continue||", ">HTTP/1.1 100 Continue||", "pwd=" + Secret)]
    // on a connection that served a picture before
    [InlineData(6, "GET /logo.png HTTP/1.1||", ">HTTP/1.1 200 OK|Content-Type: image/png|Content-Length: 10||12345",
        ">67890", "POST /login HTTP/1.1|Content-Type: application/x-www-form-urlencoded|Content-Length: 20||u=bob&pass="
        + Secret)]
    [InlineData(null, "GET / HTTP/1.1||", ">HTTP/1.1 200 OK|Content-Length: 0||", "POST / HTTP/1.1|Content-Type: "
        + "application/x-www-form-urlencoded|Content-Length: 16||bypass=" + Secret)]
    [InlineData(null, "POST / HTTP/1.1|Content-Type: application/x-www-form-urlencoded|Content-Length: 16||"
        + "bypass=" + Secret)]
    [InlineData(null, "POST / HTTP/1.1|Content-Type: text/plain|Content-Length: 18||password=" + Secret)]
    public void Of_a_form(int? frame, params string[] segments) =>
        AssertFinding("HTTP with a password in clear", frame, Connection(8080, segments));

    [Fact]
    public void Of_a_form_behind_all_that_is_kept_of_a_connection()
    {
        var reply = ">HTTP/1.1 401 Unauthorized|Content-Length: 90000||" + new string('a', 1000);
        string[] segments = ["GET / HTTP/1.1||", reply, .. Enumerable.Repeat(">" + new string('a', 1000), 100),
            "POST / HTTP/1.1|Content-Type: application/x-www-form-urlencoded|Content-Length: 18||password=" + Secret];

        AssertFinding("HTTP with a password in clear", 2 + segments.Length, Connection(80, segments));
    }

    [Theory]
    [InlineData("ff03c02301010012" + "03626f62" + "0954723075623464" + "6f72", 3)]
    [InlineData("ff03c22301010012" + "03626f62" + "0954723075623464" + "6f72", null)] // CHAP
    public void Of_ppp_within_l2tp(string frame, int? expected) =>
        AssertFinding("PPP with a password in clear (PAP)", expected, new ObservedTraffic()
            .At(0, Datagram(Client, Server, "c8020022000000000000000080080000000000018008000000020100800600000009"))
            .At(0.1, Datagram(Server, Client, "c802001c000100000000000180080000000000028008000000090007"))
            .At(0.2, Datagram(Client, Server, "000200070001" + frame)).Flow());

    [Theory]
    [InlineData("16", 5)]
    [InlineData("30", null)] // another kind of credentials
    public void Of_a_bind_of_x400(string tag, int? expected) =>
        AssertFinding("X.400 with a password in clear", expected, Connection(102, Latin("0300000b06e00000000000"),
            ">" + Latin("0300000b06d00000123400"),
            Latin("0300003602f0800d2d060456000106a325a023b021a11f80106d7461312e6578616d706c652e636f6da10b"
                + tag + "09547230756234646f72")));

    /// <summary>A segment of these bytes.</summary>
    private static string Latin(string hex) => Encoding.Latin1.GetString(Convert.FromHexString(hex));

    private static byte[] Datagram(string from, string to, string hex) =>
        FrameBuilder.Udp(from, 1701, to, 1701, Convert.FromHexString(hex));

    private static void AssertFinding(string title, int? frame, FlowRecord flow)
    {
        var findings = new AuditBench().Run(flow).Findings
            .Where(finding => finding.Kind == FindingKind.ObsoleteService).ToList();

        Assert.Equal((long?)frame, flow.Credentials?.Frame?.Number);
        Assert.Equal(frame is null ? [] : [$"{title} {Severity.Medium}"],
            findings.Select(found => $"{found.Explanation.Split(" was used")[0]} {found.Severity}"));
        Assert.DoesNotContain(findings, found => $"{found.Explanation}{found.Remedy}".Contains(Secret,
            StringComparison.Ordinal));
    }

    /// <summary>A connection in which the server says what stands behind a <c>&gt;</c>, and the client
    /// everything else; its third frame is the first with payload.</summary>
    private static FlowRecord Connection(ushort port, params string[] segments)
    {
        var (sent, received) = (101u, 501u);
        var traffic = new ObservedTraffic()
            .At(0, FrameBuilder.Tcp(Client, 40000, Server, port, TcpFlags.Syn, 100))
            .At(0.1, FrameBuilder.Tcp(Server, port, Client, 40000, TcpFlags.Syn | TcpFlags.Ack, 500, 101));
        foreach (var segment in segments)
        {
            var isAnswer = segment[0] == '>';
            var bytes = Encoding.Latin1.GetBytes((isAnswer ? segment[1..] : segment)
                .Replace("|", "\r\n", StringComparison.Ordinal));
            traffic.At(traffic.Shown, isAnswer
                ? FrameBuilder.Tcp(Server, port, Client, 40000, TcpFlags.Ack, received, sent, bytes)
                : FrameBuilder.Tcp(Client, 40000, Server, port, TcpFlags.Ack, sent, received, bytes));
            if (isAnswer)
                received += (uint)bytes.Length;
            else
                sent += (uint)bytes.Length;
        }

        return traffic.Flow();
    }
}
