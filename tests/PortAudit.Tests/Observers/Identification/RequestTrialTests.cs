using System.Text;
using PortAudit.Tests.Flows;
using PortAudit.Tests.Protocols;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Observers.Identification;

/// <summary>A request names a connection only as long as its server does not answer in another protocol.</summary>
public sealed class RequestTrialTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private const ushort Port = 39999;
    private static readonly byte[] BadRequest =
        Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n");
    private static readonly byte[] Banner = Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.2\r\n");
    private static readonly byte[] Get = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    private static readonly byte[] Alert = [0x15, 3, 3, 0, 2, 2, 70];

    /// <summary>Vectors of requests that prove their protocol alone, but those of HTTP, SSH, and of DNS on other ports
    /// than its own.</summary>
    public static TheoryData<string> Requests => [.. RecogniserVector.All
        .Where(vector => vector is
        {
            Protocol: not (null or "http" or "ssh" or "llmnr" or "mdns"), Transport: var transport
        }
            && transport == IpProtocol.Tcp && IsProvedByRequest(vector))
        .Select(vector => vector.Name)];

    [Fact]
    public void Many_protocols_are_named_by_a_request_alone() => Assert.True(Requests.Cast<object>().Count() > 30);

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_that_a_web_server_does_not_understand_is_http(string name)
    {
        var flow = Exchange(RecogniserVector.Find(name).FromOriginator, BadRequest);

        Assert.Equal(("http", IdentificationBasis.Payload), (flow.Protocol, flow.ProtocolBasis));
        Assert.Equal(RecogniserVector.Find(name).Protocol, flow.Declined);
        Assert.Null(flow.Tls);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_to_which_ssh_answers_is_ssh(string name)
    {
        var flow = Exchange(RecogniserVector.Find(name).FromOriginator, Banner);

        Assert.Equal(("ssh", RecogniserVector.Find(name).Protocol), (flow.Protocol, flow.Declined));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_that_is_answered_by_one_zero_byte_names_nothing(string name)
    {
        var flow = Exchange(RecogniserVector.Find(name).FromOriginator, [0]);

        Assert.Equal((null, IdentificationBasis.None), (flow.Protocol, flow.ProtocolBasis));
        Assert.Null(flow.Service);
        Assert.Equal(RecogniserVector.Find(name).Protocol, flow.Declined);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_whose_answer_was_not_seen_names_the_connection(string name)
    {
        var flow = Exchange(RecogniserVector.Find(name).FromOriginator, []);

        Assert.Equal((RecogniserVector.Find(name).Protocol, null),
            (flow.StartedAs ?? flow.Protocol, flow.Declined));
    }

    [Theory]
    [InlineData("0300002B26E00000000000436F6F6B69653A206D737473686173683D61646D696E0D0A0100080001000000",
        "0300002B0003008001", "rdp")]
    [InlineData("05000B03100000004800000001000000B810B8100000000001000000000001000883AFE11F5DC91191A408002B14A0FA"
        + "03000000045D888AEB1CC9119FE808002B10486002000000", "05000B030003008001", "dcerpc")]
    public void An_answer_that_breaks_off_in_its_first_message_accepts_nothing(string request, string answer,
        string declined)
    {
        var flow = Exchange(Convert.FromHexString(request), Convert.FromHexString(answer));

        Assert.Equal((null, declined), (flow.Protocol, flow.Declined));
    }

    [Fact]
    public void A_request_for_http_that_a_tls_server_refuses_by_an_alert_is_tls()
    {
        var flow = Exchange(Get, Alert);

        Assert.Equal(("tls", "http"), (flow.Protocol, flow.Declined));
    }

    [Fact]
    public void Bytes_of_no_known_protocol_are_named_by_their_answer()
    {
        var flow = Exchange([0xE7, 0, 0x11, 0x95, 0, 2, 1], BadRequest);

        Assert.Equal(("http", null), (flow.Protocol, flow.Declined));
    }

    [Fact]
    public void An_answer_that_comes_in_pieces_is_weighed_when_it_says_enough()
    {
        var flow = Exchange(Get, Encoding.ASCII.GetBytes("HT"), Encoding.ASCII.GetBytes("TP/1.1 200 OK\r\n\r\n"));

        Assert.Equal(("http", null), (flow.Protocol, flow.Declined));
    }

    [Fact]
    public void The_inside_of_a_message_contradicts_no_request()
    {
        var flow = new ObservedTraffic()
            .At(1, Tcp(Server, Port, Client, 40000, TcpFlags.Ack, 7000, 101, [0xEE, 0xEE, 0xEE, 0xEE]))
            .At(2, Tcp(Client, 40000, Server, Port, TcpFlags.Ack, 101, 7004, Get))
            .At(3, Tcp(Server, Port, Client, 40000, TcpFlags.Ack, 7004, 101, [0xEE, 0xEE, 0xEE, 0xEE]))
            .Flow();

        Assert.Equal(("http", null), (flow.Protocol, flow.Declined));
    }

    private static bool IsProvedByRequest(RecogniserVector vector)
    {
        var row = ProtocolRegistry.Find(vector.Protocol!)!;
        var answer = vector.Ask(row, vector.FromOriginator, [], isWhole: true, out var recognition);
        return answer == RecogniserAnswer.Match && recognition is
        {
            Strength: MatchStrength.Proof, Client: ClientSide.Originator or ClientSide.Unknown, Next: null,
        };
    }

    private static FlowRecord Exchange(byte[] request, params byte[][] answers)
    {
        var traffic = new ObservedTraffic()
            .At(0, Tcp(Client, 40000, Server, Port, TcpFlags.Syn, 100))
            .At(0.1, Tcp(Server, Port, Client, 40000, TcpFlags.Syn | TcpFlags.Ack, 500, 101))
            .At(0.2, Tcp(Client, 40000, Server, Port, TcpFlags.Ack, 101, 501, request));
        var (time, next) = (0.3, 501u);
        foreach (var answer in answers.Where(answer => answer.Length > 0))
        {
            traffic.At(time += 0.1, Tcp(Server, Port, Client, 40000, TcpFlags.Ack, next,
                (uint)(101 + request.Length), answer));
            next += (uint)answer.Length;
        }

        traffic.At(2, Tcp(Server, Port, Client, 40000, TcpFlags.Ack | TcpFlags.Fin, next,
            (uint)(101 + request.Length)));
        return traffic.Flow();
    }
}
