using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Logs.Suricata;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Suricata;

public sealed class SuricataJoinTests
{
    public static readonly string Tls = EveText.Event("tls",
        """
        {"subject":"CN=www.example.org","issuerdn":"CN=ca","serial":"00:9C:E1","fingerprint":"aa:bb",
        "sni":"www.example.org","version":"TLS 1.2","notbefore":"2020-01-01T00:00:00",
        "notafter":"2021-01-01T00:00:00","subjectaltname":["a.example.org","10.0.0.2"],
        "ja3":{"hash":"0a","string":"1,2"},"ja3s":{"hash":"0b","string":"771,49199,65281"},"server_alpns":["h2"]}
        """, 443);

    public static readonly string Bind = EveText.Event("dcerpc",
        """
        {"request":"BIND","interfaces":[
        {"uuid":"e3514235-4b06-11d1-ab04-00c04fc2dcd2","version":"4.0","ack_result":2},
        {"uuid":"e3514235-4b06-11d1-ab04-00c04fc2dcd2","version":"4.0","ack_result":0},
        {"uuid":"12345778-1234-abcd-ef00-0123456789ac","version":"1.0","ack_result":2}],
        "response":"BINDACK","call_id":2}
        """, 49700);

    public static readonly string Answer = EveText.Event("dns",
        """
        {"version":2,"type":"answer","rrname":"Www.example.org","answers":[
        {"rrname":"Www.example.org","rrtype":"CNAME","rdata":"x.example.org"},
        {"rrname":"x.example.org","rrtype":"A","rdata":"10.0.0.7"},{"rrtype":"SOA","soa":{"mname":"a"}},
        {"rrtype":"AAAA","rdata":"2001:db8::7"}]}
        """, 53);

    [Fact]
    public void A_handshake_is_joined_wherever_it_stands()
    {
        var flow = EveText.Tcp("1b", "1b", 6, 5, port: 443, rest: "\"app_proto\":\"tls\",");
        FlowRecord[] read =
        [
            EveText.One(Tls, flow), EveText.One(flow, Tls),
            Assert.Single(ZeekText.Read(("a.json", EveText.Of(flow)), ("b.json", EveText.Of(Tls))).Flows),
        ];

        Assert.All(read, flow =>
        {
            var handshake = flow.Tls!;
            Assert.Equal((0x0303, 0xC02F, true), (handshake.Version, (int)handshake.CipherSuite!,
                handshake.SawServerHello));
            Assert.Equal(("www.example.org", "0a", "0b", "h2"), (handshake.ServerName, handshake.Ja3, handshake.Ja3S,
                handshake.SelectedAlpn));
            var certificate = Assert.Single(handshake.ServerCertificates);
            Assert.Equal(("CN=www.example.org", "CN=ca", "9ce1", "", false), (certificate.Subject, certificate.Issuer,
                certificate.SerialNumber, certificate.Sha256, certificate.IsSelfSigned));
            Assert.Equal((1577836800, 1609459200), (certificate.NotBeforeSeconds, certificate.NotAfterSeconds));
            Assert.Equal(["a.example.org"], certificate.DnsNames.AsEnumerable());
            Assert.Equal(["10.0.0.2"], certificate.Addresses.AsEnumerable());
            Assert.Equal(ClientCertificate.Unknown, handshake.ClientCertificate);
            Assert.Equal(("http", IdentificationBasis.Handshake), (flow.Service, flow.ServiceBasis));
        });
    }

    [Fact]
    public void A_hello_without_an_answer_says_so()
    {
        var hello = EveText.Event("tls", """{"sni":"a","version":"UNDETERMINED","ja3":{"hash":"0a"},"ja3s":{}}""", 443);
        var flow = EveText.One(hello, EveText.Tcp("1b", "1b", 6, 5, port: 443, rest: "\"app_proto\":\"tls\","));

        Assert.Equal((false, 0, TlsResumption.Unknown), (flow.Tls!.SawServerHello, flow.Tls.Version,
            flow.Tls.Resumption));
    }

    [Fact]
    public void An_identifier_of_another_sensor_is_not_joined()
    {
        var flow = EveText.Tcp("1b", "1b", 6, 5, port: 443, rest: "\"app_proto\":\"tls\",");

        Assert.Null(EveText.One(Tls.Replace("10.0.0.1", "10.0.0.9", StringComparison.Ordinal), flow).Tls);
    }

    [Fact]
    public void Accepted_interfaces_name_the_service_and_its_calls()
    {
        const string Call = """{"request":"REQUEST","req":{"opnum":3},"response":"RESPONSE","call_id":3}""";
        var flow = EveText.One(Bind, EveText.Event("dcerpc", Call, 49700),
            EveText.Tcp("1b", "1b", 6, 5, port: 49700, rest: "\"app_proto\":\"dcerpc\","));

        Assert.Equal(("dcerpc", "drsuapi", IdentificationBasis.Payload), (flow.Protocol, flow.Service,
            flow.ServiceBasis));
        Assert.Equal([(CarriedKind.Interface, "drsuapi", 0, 1L), (CarriedKind.Call, "drsuapi", 3, 2L)],
            flow.Carried.Select(use => (use.Kind, use.Name, (int)use.Operation, use.Frame.Number)));
    }

    [Fact]
    public void A_call_behind_an_altered_context_may_be_of_another_interface()
    {
        const string Alter = """{"request":"ALTER_CONTEXT","response":"ALTER_CONTEXT_RESP","call_id":2}""";
        const string Call = """{"request":"REQUEST","req":{"opnum":3},"response":"RESPONSE","call_id":3}""";
        var flow = EveText.One(Bind, EveText.Event("dcerpc", Alter, 49700), EveText.Event("dcerpc", Call, 49700),
            EveText.Tcp("1b", "1b", 6, 5, port: 49700, rest: "\"app_proto\":\"dcerpc\","));

        Assert.Equal([CarriedKind.Interface], flow.Carried.Select(use => use.Kind));
    }

    [Theory]
    [InlineData("3.11", "smb2")]
    [InlineData("NT LM 0.12", "smb")]
    [InlineData("NT LANMAN 1.0", "smb")]
    [InlineData("unknown", "smb2")]
    public void Smb_is_named_by_its_dialect(string dialect, string protocol)
    {
        var share = $$"""{"dialect":"{{dialect}}","status_code":"0x0","share":"\\\\FILES\\data","share_type":"FILE"}""";
        var (flows, observation) = EveText.Read(EveText.Event("smb", share, 445),
            EveText.Tcp("1b", "1b", 6, 5, port: 445, rest: "\"app_proto\":\"smb\","));

        Assert.Equal(protocol, flows[0].Protocol);
        Assert.Equal((CarriedKind.Share, CarriedUse.FileShare), (flows[0].Carried[0].Kind, flows[0].Carried[0].Name));
        Assert.Equal(("10.0.0.2", "files", NameBasis.Smb), Assert.Single(observation.Names.Select(name =>
            (name.Address.ToString(), name.Name, name.Basis))));
    }

    [Theory]
    [InlineData("""{"dialect":"3.11","status_code":"0xc0000022","share":"\\\\FILES\\data","share_type":"FILE"}""")]
    [InlineData("""{"dialect":"3.11","status_code":"0x0","share":"\\\\FILES\\C$","share_type":"FILE"}""")]
    [InlineData("""{"dialect":"3.11","status_code":"0x0","named_pipe":"\\\\FILES\\IPC$","share_type":"PIPE"}""")]
    public void No_other_share_is_kept(string share) => Assert.Empty(EveText.One(EveText.Event("smb", share, 445),
        EveText.Tcp("1b", "1b", 6, 5, port: 445, rest: "\"app_proto\":\"smb\",")).Carried);

    [Fact]
    public void Events_name_hosts()
    {
        var (_, observation) = EveText.Read(
            Answer,
            EveText.Event("dns", """
                {"version":3,"type":"response","queries":[{"rrname":"b.example.org"}],"grouped":{"A":["10.0.0.8"]}}
                """, 53),
            EveText.Event("dns", """{"type":"answer","rrname":"c.example.org","rrtype":"A","rdata":"10.0.0.9"}""", 53),
            EveText.Event("dns", """{"type":"answer","rrname":"d.example.org","rdata":"10.0.0.9"}""", 5353),
            EveText.Event("krb5", """{"msg_type":"KRB_AS_REP","cname":"PC1$"}""", 88),
            EveText.Event("krb5", """{"msg_type":"KRB_ERROR","error_code":"X","cname":"PC2$"}""", 88),
            EveText.Event("smb", """{"ntlmssp":{"domain":"D","user":"u","host":"PC1"}}""", 445),
            EveText.Event("dhcp", """{"type":"reply","assigned_ip":"10.0.0.5","hostname":"phone"}""", 67),
            EveText.Flow);

        Assert.Equal(
            [
                ("10.0.0.1", "pc1", NameBasis.Ntlm), ("10.0.0.1", "pc1", NameBasis.Kerberos),
                ("10.0.0.5", "phone", NameBasis.Dhcp), ("10.0.0.7", "www.example.org", NameBasis.DnsAnswer),
                ("10.0.0.8", "b.example.org", NameBasis.DnsAnswer), ("10.0.0.9", "c.example.org", NameBasis.DnsAnswer),
                ("2001:db8::7", "www.example.org", NameBasis.DnsAnswer),
            ],
            observation.Names.Select(name => (name.Address.ToString(), name.Name, name.Basis)));
    }

    [Theory]
    [InlineData("\"app_proto\":\"tls\",\"app_proto_orig\":\"smtp\",", "tls", IdentificationBasis.Payload, "smtp")]
    [InlineData("\"app_proto\":\"ftp-data\",\"parent_id\":3,", "ftp-data", IdentificationBasis.Announced, null)]
    [InlineData("\"app_proto_ts\":\"ssh\",", "ssh", IdentificationBasis.Payload, null)]
    [InlineData("\"app_proto\":\"failed\",", "http", IdentificationBasis.Port, null)]
    [InlineData("\"app_proto\":\"ftp\",\"app_proto_tc\":\"failed\",", "http", IdentificationBasis.Port, null)]
    [InlineData("\"app_proto\":\"unheard\",", "http", IdentificationBasis.Port, null)]
    [InlineData("", "http", IdentificationBasis.Port, null)]
    public void What_was_detected_in_both_directions_names_the_protocol(string text, string protocol,
        IdentificationBasis basis, string? startedAs)
    {
        var flow = EveText.One(EveText.Tcp("1b", "1b", 6, 5, rest: text));

        Assert.Equal((protocol, basis, startedAs), (flow.Protocol, flow.ProtocolBasis, flow.StartedAs));
    }

    [Fact]
    public void Every_protocol_has_a_name_of_the_registry()
    {
        Assert.All(SuricataProtocol.All.SelectMany(row => new[] { row.Tcp, row.Udp }).OfType<string>(),
            name => Assert.NotNull(ProtocolRegistry.Find(name)));
        Assert.Equal(SuricataProtocol.All.Length, SuricataProtocol.All.Select(row => row.Name).Distinct().Count());
        Assert.Equal(Enum.GetValues<EveField>().Length, EveFields.Paths.Length);
        Assert.All(EveFields.Paths.SelectMany(path => path.Split(' ')),
            path => Assert.InRange(path.Length, 1, EveFields.MaximumPath));
    }
}
