using PortAudit.Tests.Cli;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Zeek;

/// <summary>http.log and sip.log beside conn.log.</summary>
public sealed class ZeekRequestTests
{
    private const string HttpColumns = "ts\tuid\ttrans_depth\tmethod\thost\turi\tuser_agent\trequest_body_len\t"
        + "status_code\tusername";

    private const string SipColumns = "ts\tuid\ttrans_depth\tmethod\turi\tcall_id\trequest_body_len\tstatus_code";

    /// <summary>Depth, method, target and status of each transaction; the expected code, reason and basis.</summary>
    [Theory]
    [InlineData("1 GET / 403", "403 Forbidden None")]
    [InlineData("1 GET http://a/ 403", "403 Forbidden AskedProxy")]
    [InlineData("1 CONNECT a:443 404", "404 NoTunnel AskedProxy")]
    [InlineData("1 GET / 504", "504 GatewayTimeout GatewayStatus")]
    [InlineData("1 GET / 407", "407 ProxyCredentials ProxyAuthentication")]
    [InlineData("1 GET / 407,2 GET / 407,3 GET / 503", "503 Unavailable None")]
    [InlineData("1 GET / 407,2 GET / 200,3 GET / 403", null)]
    [InlineData("1 GET / 200,2 GET / 403", null)]
    [InlineData("2 GET / 403", null)]
    [InlineData("1 GET / -,2 GET / 403", null)]
    [InlineData("1 GET / 404", null)]
    [InlineData("1 CONNECT a:443 200", null)]
    public void The_first_final_response_of_http_refuses(string transactions, string? expected)
    {
        var rows = transactions.Split(',').Select(text => text.Split(' '))
            .Select(part => $"1600000000.2\tCone\t{part[0]}\t{part[1]}\ta\t{part[2]}\t-\t0\t{part[3]}\t-\n");

        var flow = ZeekText.One(ZeekText.Row, ("http.log", ZeekText.Head("http", HttpColumns) + string.Concat(rows)));

        Assert.Equal(expected is null ? null : $"HTTP {expected}", flow.Refusal is { } refusal
            ? $"{refusal.Protocol} {refusal.Code} {refusal.Reason} {refusal.Basis}" : null);
    }

    [Theory]
    [InlineData("INVITE 486", null)]
    [InlineData("INVITE 100,INVITE 603", "603 Declined None")]
    [InlineData("INVITE 407,INVITE 488", "488 NotAcceptable None")]
    [InlineData("REGISTER 401,REGISTER 200,INVITE 403", null)]
    [InlineData("REGISTER 407", "407 ProxyCredentials ProxyAuthentication")]
    [InlineData("OPTIONS 503", null)]
    public void The_first_final_response_of_sip_refuses(string transactions, string? expected)
    {
        var rows = transactions.Split(',').Select(text => text.Split(' '))
            .Select(part => $"1600000000.2\tCone\t0\t{part[0]}\tsip:a@b\tx@y\t0\t{part[1]}\n");

        var flow = ZeekText.One(ZeekText.Row.Replace("http", "sip", StringComparison.Ordinal),
            ("sip.log", ZeekText.Head("sip", SipColumns) + string.Concat(rows)));

        Assert.Equal(expected is null ? null : $"SIP {expected}", flow.Refusal is { } refusal
            ? $"{refusal.Protocol} {refusal.Code} {refusal.Reason} {refusal.Basis}" : null);
    }

    [Theory]
    [InlineData("POST", "/wsman?PSVersion=5.1", "-", "winrm")]
    [InlineData("POST", "/x", "Microsoft WinRM Client", "winrm")]
    [InlineData("RPC_IN_DATA", "/rpc/rpcproxy.dll?a:6001", "-", "rpc-http")]
    [InlineData("GET", "/wsmanx", "-", null)]
    public void Services_of_http_are_named(string method, string target, string client, string? service)
    {
        var flow = ZeekText.One(ZeekText.Row, ("http.log", ZeekText.Head("http", HttpColumns)
            + $"1600000000.2\tCone\t1\t{method}\ta\t{target}\t{client}\t0\t200\t-\n"));

        Assert.Equal((service, service is null ? IdentificationBasis.None : IdentificationBasis.Payload),
            (flow.Service, flow.ServiceBasis));
    }

    [Fact]
    public void A_user_of_basic_authentication_gave_a_password_and_is_not_kept()
    {
        var flow = ZeekText.One(ZeekText.Row, ("http.log", """
            {"ts":1600000000.1,"uid":"Cone","trans_depth":1,"method":"GET","request_body_len":0,"status_code":401}
            {"ts":1600000000.2,"uid":"Cone","trans_depth":2,"method":"GET","request_body_len":0,"username":"secretary"}

            """));

        Assert.Equal((CredentialUse.Password, 2L), (flow.Credentials!.Use, flow.Credentials.Frame!.Value.Number));
        Assert.DoesNotContain("secretary", flow.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_tells_the_refusal()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["conn.log"], ZeekText.Connections(ZeekText.Row));
        ZeekText.Write(directory["http.log"], ZeekText.Head("http", HttpColumns)
            + "1600000000.2\tCone\t1\tGET\ta\t/\t-\t0\t403\t-\n");
        ZeekText.Write(directory["site.yaml"], """
            site: test
            catalogs: [windows-server]
            hosts:
              - { name: client, addresses: [10.0.0.1], roles: [domain-client] }
              - { name: server, addresses: [10.0.0.2], roles: [domain-controller] }
            """);

        var run = CommandRun.Of("audit", directory["conn.log"], directory["http.log"], "--site",
            directory["site.yaml"]);

        Assert.Contains("HTTP 403 forbidden", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
