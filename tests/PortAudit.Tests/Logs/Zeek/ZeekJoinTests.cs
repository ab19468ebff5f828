using PortAudit.Traffic.Logs.Zeek;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Zeek;

public sealed class ZeekJoinTests
{
    [Theory]
    [InlineData("tcp", "ssl", "tls", null)]
    [InlineData("udp", "ssl", "dtls", null)]
    [InlineData("tcp", "smtp,ssl", "tls", "smtp")]
    [InlineData("tcp", "ssl,http", "tls", "http")]
    [InlineData("tcp", "krb,smb,gssapi,dce_rpc", "smb2", null)]
    [InlineData("tcp", "gssapi,dce_rpc,ntlm", "dcerpc", null)]
    [InlineData("udp", "quic,ssl", "quic", null)]
    [InlineData("tcp", "krb_tcp", "kerberos", null)]
    public void Of_several_services_the_carrier_names_the_protocol(string transport, string service, string protocol,
        string? startedAs)
    {
        var flow = ZeekText.One(ZeekText.Tcp(5, "SF", "ShADadFf", 6, 5, service: service)
            .Replace("tcp\t", $"{transport}\t", StringComparison.Ordinal));

        Assert.Equal((protocol, IdentificationBasis.Payload, startedAs),
            (flow.Protocol, flow.ProtocolBasis, flow.StartedAs));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("ftp,-ftp")]
    [InlineData("unheard_of")]
    public void Without_a_confirmed_service_the_port_names_it(string service)
    {
        var flow = ZeekText.One(ZeekText.Tcp(5, "SF", "ShADadFf", 6, 5, service: service));

        Assert.Equal(("http", IdentificationBasis.Port), (flow.Protocol, flow.ProtocolBasis));
    }

    [Theory]
    [InlineData(5353, "mdns")]
    [InlineData(5355, "llmnr")]
    [InlineData(137, "nbns")]
    [InlineData(53, "dns")]
    [InlineData(4444, "dns")]
    public void What_is_shaped_like_dns_is_named_by_its_port(int port, string protocol)
    {
        var flow = ZeekText.One(
            $"1600000000.0\tC1\t10.0.0.1\t50000\t10.0.0.2\t{port}\tudp\tdns\t-\t1\t1\tSF\tDd\t1\t9\t1\t9");

        Assert.Equal(protocol, flow.Protocol);
    }

    [Fact]
    public void Every_service_has_a_name_of_the_registry()
    {
        Assert.All(ZeekService.All.SelectMany(row => new[] { row.Tcp, row.Udp }).OfType<string>(),
            name => Assert.NotNull(ProtocolRegistry.Find(name)));
        Assert.Equal(ZeekService.All.Length, ZeekService.All.Select(row => row.Name).Distinct().Count());
    }

    [Fact]
    public void Every_interface_has_a_name_of_ours()
    {
        Assert.All(ZeekRpc.Renamings, pair =>
        {
            Assert.Contains(pair.Value, RpcInterfaces.AllNames);
            Assert.DoesNotContain(pair.Key, RpcInterfaces.AllNames);
        });
        Assert.Equal("epm", ZeekRpc.InterfaceOf("epmapper"));
        Assert.Equal("drsuapi", ZeekRpc.InterfaceOf("drsuapi"));
        Assert.Equal("drsuapi", ZeekRpc.InterfaceOf("e3514235-4b06-11d1-ab04-00c04fc2dcd2"));
        Assert.Null(ZeekRpc.InterfaceOf("nothing"));
        Assert.Equal((ushort)7, ZeekRpc.OperationOf("samr", "unknown-7"));
        Assert.Null(ZeekRpc.OperationOf("samr", "unknown-x"));
    }

    [Fact]
    public void Rpc_rows_name_the_service_and_the_calls()
    {
        var rpc = ZeekText.Head("dce_rpc", "ts\tuid\tendpoint\toperation")
            + "1.0\tC5\tepmapper\tept_map\n1.0\tC5\tdrsuapi\tDRSBind\n1.0\tC5\tdrsuapi\tDRSGetNCChanges\n"
            + "1.0\tC6\tsamr\tSamrConnect5\n";
        var flow = ZeekText.One(ZeekText.Tcp(5, "SF", "ShADadFf", 6, 5, service: "dce_rpc"), ("dce_rpc.log", rpc));

        Assert.Equal(("drsuapi", IdentificationBasis.Payload), (flow.Service, flow.ServiceBasis));
        Assert.Equal([(CarriedKind.Interface, "epm", 0), (CarriedKind.Interface, "drsuapi", 0),
            (CarriedKind.Call, "drsuapi", 3)],
            flow.Carried.Select(use => (use.Kind, use.Name, (int)use.Operation)));
        Assert.Equal([(1, 9L), (1, 10L), (1, 11L)],
            flow.Carried.Select(use => (use.Frame.Capture, use.Frame.Number)));
        Assert.Null(flow.Announcement);
        Assert.False(flow.Log!.Source.KnowsAnnouncements);
    }

    [Theory]
    [InlineData("fingerprint", "cert_chain_fps")]
    [InlineData("id", "cert_chain_fuids")]
    public void Certificates_are_joined_by_fingerprint_or_file(string key, string chain)
    {
        var tls = ZeekText.Head("ssl", $"ts\tuid\tversion\tserver_name\tnext_protocol\tssl_history\t{chain}")
            + "1.0\tC5\tTLSv12\twww.example.org\th2\tCsxknGIi\tFa,Fb\n";
        var certificates = ZeekText.Head("x509", $"ts\t{key}\tcertificate.serial\tcertificate.subject\t"
            + "certificate.issuer\tcertificate.not_valid_before\tcertificate.not_valid_after\tsan.dns\tsan.ip")
            + "1.0\tFb\t02\tCN=ca\tCN=ca\t100.0\t200.0\t-\t-\n"
            + "1.0\tFa\t0A\tCN=www\\x2cO=x\tCN=ca\t100.000000\t200.0\ta.example.org,b.example.org\t10.0.0.2\n";
        var flow = ZeekText.One(ZeekText.Tcp(5, "SF", "ShADadFf", 6, 5, service: "ssl"), ("ssl.log", tls),
            ("x509.log", certificates));

        var handshake = flow.Tls!;
        Assert.Equal(["CN=www,O=x", "CN=ca"], handshake.ServerCertificates.Select(known => known.Subject));
        Assert.Equal(["a.example.org", "b.example.org"], handshake.ServerNames.Select(name => name));
        Assert.Equal((100, 200), (handshake.ServerCertificates[0].NotBeforeSeconds,
            handshake.ServerCertificates[0].NotAfterSeconds));
        Assert.True(handshake.ServerCertificates[1].IsSelfSigned);
        Assert.Equal(ClientCertificate.NotRequested, handshake.ClientCertificate);
        Assert.Equal(("http", IdentificationBasis.Handshake), (flow.Service, flow.ServiceBasis));
    }

    [Fact]
    public void Logs_beside_it_name_hosts()
    {
        const string Ends = "id.orig_h\tid.orig_p\tid.resp_h\tid.resp_p";
        var (_, observation) = ZeekText.Read(
            ("conn.log", ZeekText.Connections(ZeekText.Row)),
            ("dns.log", ZeekText.Head("dns", $"ts\tuid\t{Ends}\tquery\tanswers")
                + "1.0\tCd\t10.0.0.1\t5\t10.0.0.9\t53\tWww.example.org\talias.example.org,10.0.0.2\n"),
            ("kerberos.log", ZeekText.Head("kerberos", $"ts\tuid\t{Ends}\trequest_type\tclient")
                + "1.0\tCk\t10.0.0.1\t5\t10.0.0.9\t88\tAS\tPC1$/EXAMPLE.ORG\n"
                + "1.0\tCk\t10.0.0.4\t5\t10.0.0.9\t88\tAS\tuser/EXAMPLE\n"),
            ("ntlm.log", ZeekText.Head("ntlm", $"ts\tuid\t{Ends}\thostname\tserver_nb_computer_name")
                + "1.0\tCn\t10.0.0.1\t5\t10.0.0.3\t445\tPC1\tFILES\n"),
            ("smb_mapping.log", ZeekText.Head("smb_mapping", $"ts\tuid\t{Ends}\tpath\tshare_type")
                + "1.0\tCone\t10.0.0.1\t5\t10.0.0.3\t445\t\\\\\\\\files.example.org\\\\data\tDISK\n"));

        Assert.Equal(
            [
                ("10.0.0.1", "pc1", NameBasis.Ntlm), ("10.0.0.1", "pc1", NameBasis.Kerberos),
                ("10.0.0.2", "www.example.org", NameBasis.DnsAnswer),
                ("10.0.0.3", "files", NameBasis.Ntlm), ("10.0.0.3", "files.example.org", NameBasis.Smb),
            ],
            observation.Names.Select(name => (name.Address.ToString(), name.Name, name.Basis)));
    }
}
