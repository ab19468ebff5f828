using System.Text.Json.Nodes;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Every handshake of <c>captures/tls</c> is what its entry in <c>captures/README.md</c> says.</summary>
public sealed class TlsHandshakeCaptureTests
{
    private static readonly IReadOnlyList<JsonObject> Flows =
        [.. CommandRun.Of("flows", Capture, "--format", "jsonl").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static string Capture => Repository.PathOf("captures", "tls", "handshakes.pcapng");

    /// <summary>Port, which of its connections, version, client authentication, resumption, certificates of server and
    /// client, alert.</summary>
    [Theory]
    [InlineData(20010, 0, "TLS 1.0", "presented", "none", 3, 2, "")]
    [InlineData(20011, 0, "TLS 1.1", "not-requested", "none", 3, 0, "")]
    [InlineData(20012, 0, "TLS 1.2", "presented", "none", 3, 2, "")]
    [InlineData(20013, 0, "TLS 1.3", "unknown", "none", 0, 0, "")]
    [InlineData(20014, 0, "TLS 1.2", "not-requested", "none", 3, 0, "")]
    [InlineData(20014, 1, "TLS 1.2", "unknown", "ticket", 0, 0, "")]
    [InlineData(20015, 0, "TLS 1.2", "not-requested", "none", 3, 0, "")]
    [InlineData(20015, 1, "TLS 1.2", "unknown", "session-id", 0, 0, "")]
    [InlineData(20016, 0, "TLS 1.3", "unknown", "none", 0, 0, "")]
    [InlineData(20016, 1, "TLS 1.3", "unknown", "psk", 0, 0, "")]
    [InlineData(20017, 0, "TLS 1.2", "not-requested", "none", 3, 0, "client fatal unknown_ca")]
    [InlineData(20018, 0, "TLS 1.2", "requested-not-presented", "none", 3, 0, "server fatal handshake_failure")]
    [InlineData(20019, 0, "TLS 1.3", "unknown", "unknown", 0, 0, "server fatal protocol_version")]
    [InlineData(20020, 0, "TLS 1.3", "unknown", "none", 0, 0, "")]
    [InlineData(20021, 0, "TLS 1.2", "not-requested", "none", 2, 0, "")]
    [InlineData(20022, 0, "TLS 1.3", "unknown", "unknown", 0, 0, "server fatal no_application_protocol")]
    [InlineData(20023, 0, "TLS 1.2", "requested-not-presented", "none", 1, 0, "")]
    [InlineData(20024, 0, "TLS 1.2", "presented", "none", 3, 2, "server fatal unknown_ca")]
    public void A_handshake_shows_what_it_was(int port, int which, string version, string client, string resumption,
        int serverCertificates, int clientCertificates, string alert)
    {
        var tls = Handshake(port, which);

        Assert.Equal((version, client, resumption),
            ($"{tls["version"]}", $"{tls["client_certificate"]}", $"{tls["resumption"]}"));
        Assert.Equal((serverCertificates, clientCertificates),
            (tls["server_certificates"]!.AsArray().Count, tls["client_certificates"]!.AsArray().Count));
        Assert.Equal(alert, string.Join(", ",
            tls["alerts"]!.AsArray().Select(one => $"{one!["from"]} {one["level"]} {one["description"]}")));
    }

    /// <summary>tshark calls its frames 4 and 6 SSLv2 Client Hello and Server Hello.</summary>
    [NeedsFact(Part.Corpus)]
    public void A_server_of_the_corpus_chose_ssl_2()
    {
        var flow = JsonNode.Parse(CommandRun.Of("flows", Path.Combine(Repository.Corpus!, "zeek_zeek__ssl-v2.pcap"),
            "--format", "jsonl").Output)!;

        Assert.Equal(("tls", "SSL 2.0", true),
            ((string)flow["protocol"]!, (string)flow["tls"]!["version"]!, (bool)flow["tls"]!["server_hello_seen"]!));
    }

    [Fact]
    public void Alpn_names_the_service() =>
        Assert.Equal(("sip", "handshake"), ($"{Find(20012, 0)["service"]}", $"{Find(20012, 0)["service_basis"]}"));

    [Fact]
    public void Early_data_is_told_where_it_was_announced()
    {
        Assert.False((bool)Handshake(20016, 0)["early_data_offered"]!);
        Assert.True((bool)Handshake(20016, 1)["early_data_offered"]!);
    }

    [Fact]
    public void A_second_hello_after_a_retry_request_is_the_one_that_counts()
    {
        var tls = Handshake(20020, 0);

        Assert.Equal("TLS_AES_256_GCM_SHA384", $"{tls["cipher_suite_name"]}");
        Assert.NotNull(tls["ja3s"]);
    }

    [Fact]
    public void Certificates_show_names_usage_and_validity()
    {
        var ecdsa = Handshake(20012, 0)["server_certificates"]!.AsArray();
        Assert.Equal("sip.example.test,access.example.test", string.Join(',', ecdsa[0]!["dns_names"]!.AsArray()));
        Assert.Equal("192.0.2.10,2001:db8::10", string.Join(',', ecdsa[0]!["ip_addresses"]!.AsArray()));
        Assert.Equal("serverAuth,sipDomain,1.2.3.4.5", string.Join(',', ecdsa[0]!["extended_key_usage"]!.AsArray()));
        Assert.Equal("digitalSignature", string.Join(',', ecdsa[0]!["key_usage"]!.AsArray()));
        Assert.Equal("keyCertSign,cRLSign", string.Join(',', ecdsa[1]!["key_usage"]!.AsArray()));
        Assert.Equal([false, false, true], ecdsa.Select(certificate => (bool)certificate!["self_signed"]!));

        var expired = Handshake(20021, 0)["server_certificates"]![0]!;
        Assert.Equal(("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"),
            ($"{expired["not_before"]}", $"{expired["not_after"]}"));
        Assert.Equal("CN=sip.example.test,O=Müller\\, Söhne", $"{Handshake(20010, 0)["server_subject"]}");
        Assert.True((bool)Handshake(20023, 0)["server_certificates"]![0]!["self_signed"]!);
    }

    private static JsonObject Handshake(int port, int which) => Find(port, which)["tls"]!.AsObject();

    private static JsonObject Find(int port, int which) =>
        Flows.Where(flow => (int)flow["responder_port"]! == port).ElementAt(which);
}
