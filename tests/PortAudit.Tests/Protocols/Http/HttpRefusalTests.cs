using System.Text;
using PortAudit.Traffic.Protocols.Http;

namespace PortAudit.Tests.Protocols.Http;

/// <summary>Which answers of HTTP refuse, and what tells that an intermediary gave them.</summary>
public sealed class HttpRefusalTests
{
    private const string Get = "GET / HTTP/1.1|Host: a||";
    private const string Proxied = "GET http://a/ HTTP/1.1|Host: a||";
    private const string Connect = "CONNECT a:443 HTTP/1.1|Host: a:443||";
    private const string Challenge =
        "HTTP/1.1 407 Proxy Authentication Required|Proxy-Authenticate: NTLM|Content-Length: 3||no!";

    private const string Nginx = "HTTP/1.1 400 Bad Request|Server: nginx|Content-Length: 248||<html>|"
        + "<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>|";

    [Theory]
    [InlineData(Get, "HTTP/1.1 200 OK||", null)]
    [InlineData(Get, "HTTP/1.1 404 Not Found|Via: 1.1 p||", null)]
    [InlineData(Get, "HTTP/1.1 401 Unauthorized||", null)]
    [InlineData(Get, "HTTP/1.1 101 Switching Protocols||", null)]
    [InlineData(Get, "HTTP/1.1 403 Forbidden||", "403 Forbidden None")]
    [InlineData(Get, "HTTP/1.1 503 Service Unavailable||", "503 Unavailable None")]
    [InlineData(Get, "HTTP/1.1 403 Forbidden|vIA: 1.1 p||", "403 Forbidden Via")]
    [InlineData(Get, "HTTP/1.1 502 Bad Gateway||", "502 BadGateway GatewayStatus")]
    [InlineData(Get, "HTTP/1.0 504 Gateway Timeout|Via: 1.1 p||", "504 GatewayTimeout GatewayStatus")]
    [InlineData(Get, Challenge, "407 ProxyCredentials ProxyAuthentication")]
    [InlineData(Get, "HTTP/1.1 503 No|Proxy-Status: p; error=destination_unavailable|Via: 1.1 p||",
        "503 Unavailable ProxyStatus")]
    [InlineData(Proxied, "HTTP/1.1 403 Forbidden|Via: 1.1 p||", "403 Forbidden AskedProxy")]
    [InlineData(Proxied, "HTTP/1.1 404 Not Found||", null)]
    [InlineData(Connect, "HTTP/1.1 200 Connection established||", null)]
    [InlineData(Connect, "HTTP/1.1 405 Method Not Allowed||", "405 NoTunnel AskedProxy")]
    [InlineData(Connect, "HTTP/1.1 403 Forbidden||", "403 Forbidden AskedProxy")]
    [InlineData(Get, "HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints||HTTP/1.1 403 Forbidden||", "403 Forbidden None")]
    [InlineData(Get, "HTTP/1.1 200 OK|Content-Length: 0||HTTP/1.1 403 Forbidden||", null)] // the second request's
    [InlineData(Get, Challenge + Challenge + "HTTP/1.1 200 OK||", null)] // the credentials were good
    [InlineData(Get, Challenge + Challenge + "HTTP/1.1 403 Forbidden||", "403 Forbidden None")]
    [InlineData("", "HTTP/1.1 502 Bad Gateway||", "502 BadGateway GatewayStatus")]
    [InlineData(Get, Nginx, "400 NeedsTls None")]
    [InlineData(Get, "HTTP/1.1 400 Bad Request||Reason: You're speaking plain HTTP to an SSL-enabled server port.",
        "400 NeedsTls None")]
    [InlineData(Get, "HTTP/1.0 400 Bad Request||Client sent an HTTP request to an HTTPS server.", "400 NeedsTls None")]
    [InlineData(Get, "HTTP/1.1 400 ||Bad Request|This combination of host and port requires TLS.|",
        "400 NeedsTls None")]
    [InlineData(Get, "HTTP/1.1 400 Bad Request||Bad Request", null)]
    [InlineData(Get, "HTTP/1.1 200 OK||The plain HTTP request was sent to HTTPS port", null)]
    [InlineData(Get, "SSH-2.0-x||", null)]
    [InlineData(Get, Get, null)]
    public void The_first_final_answer_counts(string client, string server, string? expected)
    {
        HttpRefusal.Read(Bytes(client), Bytes(server), out var refusal);

        Assert.Equal(expected, refusal is { } known ? $"{known.Code} {known.Reason} {known.Basis}" : null);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK||", true)]
    [InlineData("HTTP/1.1 403 Forbidden||", true)]
    [InlineData("HTTP/1.1 403 Forbidden|Via: 1", false)]
    [InlineData("HTTP/1.1 100 Continue||", false)]
    [InlineData(Challenge, false)]
    [InlineData("HTTP/1.1 407 No|Content-Length: 30||not all of it", false)]
    [InlineData("", false)]
    [InlineData(Nginx, true)]
    [InlineData("HTTP/1.1 400 Bad Request||", false)]
    [InlineData("HTTP/1.1 400 Bad Request|Content-Length: 3||no", false)]
    [InlineData("HTTP/1.1 400 Bad Request|Content-Length: 3||no!", true)]
    [InlineData("SSH-2.0-x||", true)]
    public void It_is_over_when_more_would_change_nothing(string server, bool isOver) =>
        Assert.Equal(isOver, HttpRefusal.Read(Bytes(Get), Bytes(server), out _));

    [Fact]
    public void No_bytes_throw_and_answers_without_end_are_left()
    {
        var endless = Bytes(string.Concat(Enumerable.Repeat(Challenge, 50)));
        Assert.True(HttpRefusal.Read(Bytes(Get), endless, out _));

        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var changed = endless[..random.Next(endless.Length)];
            for (var change = 0; change < 5 && changed.Length > 0; change++)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            HttpRefusal.Read(changed, changed, out _);
        }
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var (client, server) = (Bytes(Get), Bytes(Challenge));
        Assert.Equal(0, Allocation.LeastMeasured(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            HttpRefusal.Read(client, server, out _);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    private static byte[] Bytes(string text) =>
        Encoding.ASCII.GetBytes(text.Replace("|", "\r\n", StringComparison.Ordinal));
}
