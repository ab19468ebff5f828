using PortAudit.Audit.Catalog;
using PortAudit.Audit.Roles;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Roles;

public sealed class ServiceUseTests
{
    private static readonly FlowRecord Kerberos = Of("10.0.0.1:50000 tcp 10.0.0.2:88").Proving("kerberos");

    [Fact]
    public void A_flow_that_was_answered_tells_server_client_and_service()
    {
        var use = ServiceUse.Of(Kerberos)!.Value;

        Assert.Equal("10.0.0.2 10.0.0.1 kerberos on tcp 88 Payload",
            $"{use.Server} {use.Client} {use.Thing} {use.Basis}");
    }

    [Fact]
    public void Who_was_not_answered_tells_nothing()
    {
        Assert.Null(ServiceUse.Of(Kerberos.Ending(Outcome.Unanswered)));
        Assert.Null(ServiceUse.Of(Kerberos.Ending(Outcome.Refused)));
        Assert.Null(ServiceUse.Of(Of("10.0.0.1:50000 udp 10.0.0.2:88").Proving("kerberos").Ending(Outcome.Undecided)));
    }

    [Fact]
    public void A_connection_that_carried_nothing_is_a_probe()
    {
        var empty = Kerberos with
        {
            Out = new DirectionCounters(3, 180, 0),
            In = new DirectionCounters(2, 120, 0),
            ProtocolBasis = IdentificationBasis.Port
        };

        Assert.Null(ServiceUse.Of(empty));
        Assert.True(ServiceUse.IsProbe(empty));
        Assert.True(ServiceUse.IsProbe(Kerberos.Ending(Outcome.Refused)));
        Assert.False(ServiceUse.IsProbe(Kerberos));
    }

    [Fact]
    public void A_port_names_no_protocol()
    {
        var use = ServiceUse.Of(Kerberos with { ProtocolBasis = IdentificationBasis.Port })!.Value;

        Assert.Equal((null, EvidenceBasis.Port), (use.Protocol, use.Basis));
    }

    [Theory]
    [InlineData(CarriedKind.Share, CarriedUse.FileShare, true)]
    [InlineData(CarriedKind.Interface, "srvsvc", false)]
    [InlineData(CarriedKind.Program, "ADMIN$", false)]
    public void A_file_server_is_told_by_a_share_and_not_by_pipes(CarriedKind kind, string name, bool isOne)
    {
        var flow = Of("10.0.0.1:50000 tcp 10.0.0.2:445").Proving("smb2", "srvsvc") with
        {
            Carried = [new CarriedUse(kind, name, 0, new PortAudit.Traffic.Capture.FrameReference(0, 1))],
        };
        var survey = SignSample.Survey("role: web, serves: { protocol: smb, service: file-share }, confidence: medium");

        Assert.Equal(isOne ? "10.0.0.2 web:medium" : "",
            survey.Propose(Confidence.Low, flow).Hosts.Where(host => host.Roles.Length > 0).Text());
    }

    [Theory]
    [InlineData(CarriedKind.Referral, CarriedUse.DomainReferral, "10.0.0.2 web:high")]
    [InlineData(CarriedKind.Share, CarriedUse.FileShare, "")]
    public void A_domain_controller_is_told_by_the_domains_that_it_names(CarriedKind kind, string name, string hosts)
    {
        var flow = Of("10.0.0.1:50000 tcp 10.0.0.2:445").Proving("smb2") with
        {
            Carried = [new CarriedUse(kind, name, 0, new PortAudit.Traffic.Capture.FrameReference(0, 1))],
        };
        var survey = SignSample.Survey(
            "role: web, serves: { protocol: smb, service: domain-referral }, confidence: high");

        Assert.Equal(hosts, survey.Propose(Confidence.Low, flow).Hosts.Where(host => host.Roles.Length > 0).Text());
    }

    [Fact]
    public void A_domain_controller_is_told_by_a_secure_channel_of_Netlogon_and_its_member_by_the_use()
    {
        var flow = Of("10.0.0.1:50000 tcp 10.0.0.2:139").Proving("smb", "lsarpc") with
        {
            Carried = [new CarriedUse(CarriedKind.Channel, CarriedUse.NetlogonChannel, 0,
                new PortAudit.Traffic.Capture.FrameReference(0, 1))],
        };
        var survey = SignSample.Survey(
            "role: dc, serves: { protocol: [dcerpc, smb], service: netlogon-channel }, confidence: high",
            "role: fe, uses: { protocol: [dcerpc, smb], service: netlogon-channel }, unless: dc, confidence: high");

        Assert.Equal("10.0.0.1 fe:high\n10.0.0.2 dc:high", survey.Propose(Confidence.Low, flow).Hosts.Text());
    }

    [Theory]
    [InlineData("winrm", "")]
    [InlineData("upnp", "10.0.0.2 web:high")]
    [InlineData(null, "10.0.0.2 web:high")]
    public void Remote_control_inside_HTTP_tells_no_web_server(string? service, string hosts)
    {
        var survey = SignSample.Survey("role: web, serves: { protocol: http }, confidence: high");
        var proposals = survey.Propose(Confidence.Low, Of("10.0.0.1:50000 tcp 10.0.0.2:5985").Proving("http", service));

        Assert.Equal(hosts, proposals.Hosts.Where(host => host.Roles.Length > 0).Text());
        Assert.DoesNotContain(proposals.Rules, rule => service == "winrm" && rule.Ports.Contains((ushort)5985));
    }

    [Fact]
    public void Remote_desktop_that_goes_on_in_TLS_tells_its_server()
    {
        var flow = Of("10.0.0.1:50000 tcp 10.0.0.2:3389").Proving("tls", "rdp") with { StartedAs = "rdp" };
        var survey = SignSample.Survey("role: web, serves: { protocol: rdp }, confidence: high",
            "role: db, serves: { protocol: tls }, confidence: high");

        Assert.Equal("10.0.0.2 web:high", survey.Propose(Confidence.Low, flow).Hosts.Text());
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(0, null)] // begun before the capture
    [InlineData(1, "encrypted")]
    [InlineData(0, "srvsvc")]
    public void SMB_that_shows_no_share_tells_no_file_server(int syns, string? service)
    {
        var flow = Of("10.0.0.1:50000 tcp 10.0.0.2:445").Proving("smb2", service) with { SynCount = syns };
        var survey = SignSample.Survey("role: web, serves: { protocol: smb, service: file-share }, confidence: medium");

        Assert.Empty(survey.Propose(Confidence.Low, flow).Hosts.Where(host => host.Roles.Length > 0));
    }

    [Fact]
    public void A_guessed_direction_tells_nothing() =>
        Assert.Null(ServiceUse.Of(Kerberos.Basis(DirectionBasis.FirstPacket)));

    [Fact]
    public void One_direction_of_a_conversation_is_worth_less()
    {
        Assert.Equal(EvidenceBasis.OneDirection, ServiceUse.Of(Kerberos.Ending(Outcome.OneWay))!.Value.Basis);
        var answers =
            Of("10.0.0.1:68 udp 10.0.0.2:67").Proving("dhcp") with { Out = default, Outcome = Outcome.Undecided };
        Assert.Equal(EvidenceBasis.OneDirection, ServiceUse.Of(answers)!.Value.Basis);
        Assert.Null(ServiceUse.Of(Kerberos.Ending(Outcome.OneWay) with { ProtocolBasis = IdentificationBasis.Port }));
    }

    [Fact]
    public void Datagrams_of_the_server_alone_show_it_and_those_of_a_client_show_nothing()
    {
        var answers =
            Of("10.0.0.1:68 udp 10.0.0.2:67").Proving("dhcp") with { Out = default, Outcome = Outcome.Unanswered };

        Assert.Equal(EvidenceBasis.OneDirection, ServiceUse.Of(answers)!.Value.Basis);
        Assert.Null(ServiceUse.Of(Of("10.0.0.1:68 udp 10.0.0.2:67").Proving("dhcp").Ending(Outcome.Unanswered)));
    }

    [Fact]
    public void An_answer_of_DHCP_to_all_shows_the_server()
    {
        var offer = Of("10.0.0.2:67 udp 255.255.255.255:68").Proving("dhcp").Ending(Outcome.Unanswered)
            .Basis(DirectionBasis.FirstPacket);

        var use = ServiceUse.Of(offer)!.Value;
        Assert.Equal("10.0.0.2 dhcp on udp 67 OneDirection", $"{use.Server} {use.Thing} {use.Basis}");
        Assert.Null(ServiceUse.Of(Of("10.0.0.1:68 udp 255.255.255.255:67").Proving("dhcp").Ending(Outcome.Unanswered)));
    }

    [Theory]
    [InlineData("10.0.0.1:68 udp 10.0.0.2:67", DirectionBasis.Payload)]
    [InlineData("10.0.0.2:67 udp 255.255.255.255:68", DirectionBasis.FirstPacket)]
    public void An_answer_to_a_request_that_went_to_all_is_no_half_of_a_conversation(string flow, DirectionBasis basis)
    {
        var answer = Of(flow).Proving("dhcp").Basis(basis) with
        {
            RequestedAt = Of("0.0.0.0:68 udp 255.255.255.255:67").Responder,
        };
        if (basis == DirectionBasis.Payload)
            answer = answer with { Out = default };

        var use = ServiceUse.Of(answer)!.Value;

        Assert.Equal(("10.0.0.2", EvidenceBasis.Payload), (use.Server.ToString(), use.Basis));
    }

    [Fact]
    public void Groups_and_nobody_are_no_hosts()
    {
        Assert.Null(ServiceUse.Of(Of("10.0.0.1:5353 udp 224.0.0.251:5353").Proving("mdns")));
        Assert.Null(ServiceUse.Of(Of("0.0.0.0:68 udp 10.0.0.2:67").Proving("dhcp")));
    }

    [Theory]
    [InlineData("http", "ssh", "http on tcp 3128")]
    [InlineData("socks", "tls", "socks on tcp 3128")]
    [InlineData("smtp", "tls", "tls on tcp 3128")] // STARTTLS: the same server goes on
    public void What_is_behind_a_proxy_is_not_the_proxy(string began, string protocol, string expected)
    {
        var use =
            ServiceUse.Of(Of("10.0.0.1:50000 tcp 10.0.0.2:3128").Proving(protocol) with { StartedAs = began })!.Value;

        Assert.Equal((expected, began == "smtp" ? began : null), (use.Thing.ToString(), use.BeganAs));
    }

    [Fact]
    public void What_is_behind_a_relayed_address_is_not_the_relay()
    {
        var relayed = Of("10.0.0.1:50000 udp 10.0.0.2:50010").Proving("rtp").Announced(1, "stun", "relay");
        relayed = relayed with
        {
            Announcement = new AnnouncementMatch(relayed.Announcement!.Announcement
            with
            { IsStanding = false }, AnnouncementGrade.ToThisClient)
        };

        Assert.Null(ServiceUse.Of(relayed));
    }

    [Fact]
    public void An_answer_from_another_port_speaks_for_the_port_that_was_asked()
    {
        var data = Of("10.0.0.2:54120 udp 10.0.0.1:52467").Proving("tftp").Basis(DirectionBasis.FirstPacket);
        var asked = AnnouncementSample.Of(data, 1, "tftp", null) with
        {
            IsStanding = false,
            Announcer = new Endpoint(AddressOf("10.0.0.2"), 69),
            Server = new Endpoint(AddressOf("10.0.0.1"), 52467)
        };
        var use = ServiceUse.Of(data
            with
        { Announcement = new AnnouncementMatch(asked, AnnouncementGrade.ToThisClient) })!.Value;

        Assert.Equal("10.0.0.2 10.0.0.1 tftp on udp 69", $"{use.Server} {use.Client} {use.Thing}");
    }
}
