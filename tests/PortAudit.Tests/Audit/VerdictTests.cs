using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class VerdictTests
{
    private const string FeToEdge = "10.0.0.1:50000 tcp 10.1.0.1:5061";

    private static readonly Rule Replication = RuleSample.Of("dfsr fe edge tcp 1024-65535 dcerpc any")
        with
    { AnnouncedBy = ["dcerpc"], Services = ["frstrans"] };

    [Theory]
    // rule's protocols, its security, what was proved, what the handshake names; verdict
    [InlineData("sip", "any", "sip", null, Verdict.Expected)]
    [InlineData("sip", "any", null, null, Verdict.ExpectedByPort)]
    [InlineData("-", "any", "ssh", null, Verdict.Expected)]
    [InlineData("-", "any", null, null, Verdict.ExpectedByPort)]
    [InlineData("sip,psom", "any", "psom", null, Verdict.Expected)]
    [InlineData("sip", "any", "ssh", null, Verdict.WrongProtocol)]
    [InlineData("sip", "none", "sip", null, Verdict.Expected)]
    [InlineData("sip", "none", "tls", null, Verdict.WrongProtocol)]
    [InlineData("sip,tls", "none", "tls", null, Verdict.Expected)]
    [InlineData("sip", "any", "tls", null, Verdict.ExpectedByPort)]
    [InlineData("sip", "tls", "tls", null, Verdict.ExpectedByPort)]
    [InlineData("sip", "mtls", "tls", null, Verdict.ExpectedByPort)]
    [InlineData("sip", "tls", "tls", "sip", Verdict.Expected)]
    [InlineData("http", "tls", "tls", "http2", Verdict.Expected)]
    [InlineData("tls", "tls", "tls", null, Verdict.Expected)]
    [InlineData("-", "tls", "tls", "http", Verdict.Expected)]
    [InlineData("sip", "tls", "tls", "http", Verdict.WrongProtocol)]
    [InlineData("sip", "tls", "sip", null, Verdict.Cleartext)]
    [InlineData("sip", "mtls", "sip", null, Verdict.Cleartext)]
    [InlineData("-", "mtls", "sip", null, Verdict.Cleartext)]
    [InlineData("psom", "tls", "ssh", null, Verdict.WrongProtocol)]
    [InlineData("sip", "tls", null, null, Verdict.ExpectedByPort)]
    [InlineData("http", "any", "http2", null, Verdict.Expected)]
    [InlineData("http2", "any", "http", null, Verdict.WrongProtocol)]
    [InlineData("smb", "any", "smb2", null, Verdict.Expected)]
    [InlineData("stun", "any", "msturn", null, Verdict.WrongProtocol)]
    [InlineData("stun,msturn", "any", "msturn", null, Verdict.Expected)]
    public void What_the_bytes_prove_is_compared_with_what_the_rule_asks(string protocols, string security,
        string? proved, string? service, Verdict expected)
    {
        var bench = new AuditBench(RuleSample.Of($"r fe edge tcp 5061 {protocols} {security}"));
        var flow = proved is null ? Of(FeToEdge) : Of(FeToEdge).Proving(proved, service);

        Assert.Equal(expected, bench.Judge(flow).Verdict);
    }

    [Theory]
    [InlineData("smtp", Outcome.OneWay, Verdict.ExpectedByPort)]
    [InlineData("ldap", Outcome.OneWay, Verdict.ExpectedByPort)]
    [InlineData("smtp", Outcome.Established, Verdict.Cleartext)]
    [InlineData("smtp", Outcome.Midstream, Verdict.Cleartext)]
    [InlineData("sip", Outcome.OneWay, Verdict.Cleartext)]
    [InlineData("http", Outcome.OneWay, Verdict.Cleartext)]
    public void One_direction_alone_does_not_tell_that_a_protocol_stayed_in_clear_which_may_start_tls(string protocol,
        Outcome outcome, Verdict expected)
    {
        var bench = new AuditBench(RuleSample.Of($"r fe edge tcp 5061 {protocol} tls"));

        Assert.Equal(expected, bench.Judge(Of(FeToEdge).Proving(protocol).Ending(outcome)).Verdict);
    }

    [Theory]
    [InlineData(IdentificationBasis.Port)]
    [InlineData(IdentificationBasis.Behaviour)]
    [InlineData(IdentificationBasis.Announced)]
    public void A_name_that_bytes_do_not_prove_neither_proves_nor_contradicts(IdentificationBasis basis)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));

        Assert.Equal(Verdict.ExpectedByPort,
            bench.Judge(Of(FeToEdge) with { Protocol = "ssh", ProtocolBasis = basis }).Verdict);
        Assert.Equal(Verdict.ExpectedByPort,
            bench.Judge(Of(FeToEdge) with { Protocol = "sip", ProtocolBasis = basis }).Verdict);
    }

    [Fact]
    public void A_server_name_does_not_contradict_a_rule_as_ALPN_does()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip tls"));
        var named = Of(FeToEdge).Proving("tls", "http");

        Assert.Equal(Verdict.ExpectedByPort,
            bench.Judge(named with { Tls = named.Tls! with { SelectedAlpn = null, ServerName = "www" } }).Verdict);
    }

    [Fact]
    public void TLS_that_a_protocol_starts_itself_is_not_in_clear()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 xmpp mtls"));
        var handshake = Of(FeToEdge).Proving("tls").Tls;

        Assert.Equal(Verdict.Expected, bench.Judge(Of(FeToEdge).Proving("xmpp") with { Tls = handshake }).Verdict);
        Assert.Equal(Verdict.Cleartext, bench.Judge(Of(FeToEdge).Proving("xmpp")).Verdict);
    }

    [Fact]
    public void Inside_TLS_the_only_protocol_of_the_rule_is_named_by_place()
    {
        var one = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip tls")).Judge(Of(FeToEdge).Proving("tls")).Flow;
        var two =
            new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip,psom tls")).Judge(Of(FeToEdge).Proving("tls")).Flow;

        Assert.Equal(("sip", IdentificationBasis.Port), (one.Service, one.ServiceBasis));
        Assert.Null(two.Service);
    }

    [Fact]
    public void The_best_of_all_rules_that_cover_a_flow_is_its_verdict()
    {
        var wrong = RuleSample.Of("a.exact fe edge tcp 5061 psom any");
        var right = RuleSample.Of("b.range fe edge tcp 5000-5100 sip any");
        var judgement = new AuditBench(wrong, right).Judge(Of(FeToEdge).Proving("sip"));

        Assert.Equal((Verdict.Expected, "b.range"), (judgement.Verdict, judgement.Shown!.Rule.Id));
        Assert.Equal(2, judgement.Rules.Length);
    }

    [Theory]
    [InlineData("sip", "tls", "psom", "any", "sip", Verdict.Cleartext)] // cleartext before wrong protocol
    [InlineData("sip", "any", "psom", "any", null, Verdict.ExpectedByPort)]
    public void Verdicts_have_an_order(string first, string firstSecurity, string second, string secondSecurity,
        string? proved, Verdict expected)
    {
        var bench = new AuditBench(RuleSample.Of($"a fe edge tcp 5061 {first} {firstSecurity}"),
            RuleSample.Of($"b fe edge tcp 5061 {second} {secondSecurity}"));

        Assert.Equal(expected, bench.Judge(proved is null ? Of(FeToEdge) : Of(FeToEdge).Proving(proved)).Verdict);
    }

    [Fact]
    public void A_port_that_has_to_be_announced_and_was_not_is_unexplained()
    {
        var dynamic = RuleSample.Of("dyn fe edge tcp 1024-65535 dcerpc any") with { AnnouncedBy = ["dcerpc"] };

        Assert.Equal(Verdict.UnexplainedDynamic, new AuditBench(dynamic).Judge(Of(FeToEdge).Proving("dcerpc")).Verdict);
        Assert.Equal(Verdict.WrongProtocol, new AuditBench(dynamic,
            RuleSample.Of("sip fe edge tcp 5061 sip any")).Judge(Of(FeToEdge).Proving("ssh")).Verdict);
    }

    [Theory]
    [InlineData(AnnouncementGrade.ToThisClient)]
    [InlineData(AnnouncementGrade.ToAnotherClient)]
    [InlineData(AnnouncementGrade.OnPortItself)]
    public void A_port_that_was_announced_is_explained_by_every_grade(AnnouncementGrade grade)
    {
        var bench = new AuditBench(Replication);

        Assert.Equal(Verdict.ExpectedDynamic, bench.Judge(Of(FeToEdge).Announced("frstrans", grade)).Verdict);
        Assert.Equal(Verdict.ExpectedDynamic,
            bench.Judge(Of(FeToEdge).Proving("dcerpc").Announced("frstrans", grade)).Verdict);
    }

    [Theory]
    // what the bytes name, their service, what was announced; verdict
    [InlineData(null, null, "netlogon", Verdict.ExpectedDynamic)] // another service: explained all the same
    [InlineData(null, null, null, Verdict.ExpectedDynamic)] // a service without a name
    [InlineData("dcerpc", "netlogon", "frstrans", Verdict.ExpectedDynamic)]
    [InlineData("ssh", null, "frstrans", Verdict.WrongProtocol)]
    [InlineData("ssh", null, "netlogon", Verdict.WrongProtocol)]
    public void Bytes_contradict_an_announcement_and_another_service_does_not(string? proved, string? service,
        string? announced, Verdict expected)
    {
        var flow = proved is null ? Of(FeToEdge) : Of(FeToEdge).Proving(proved, service);

        Assert.Equal(expected, new AuditBench(Replication).Judge(flow.Announced(announced)).Verdict);
    }

    [Fact]
    public void An_announcement_by_another_protocol_explains_nothing() => Assert.Equal(
        Verdict.UnexplainedDynamic,
        new AuditBench(Replication with { AnnouncedBy = ["ftp"], Services = [] }).Judge(Of(FeToEdge)
            .Announced("frstrans")).Verdict);

    [Fact]
    public void A_site_rule_that_forbids_beats_every_rule_that_allows()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));
        bench.Site = bench.Site with
        {
            Rules =
            [RuleSample.Of("no fe01 any tcp - - any") with { Verdict = RuleVerdict.Forbidden, Catalog = "site" }]
        };
        var judgement = bench.Judge(Of(FeToEdge).Proving("sip"));

        Assert.Equal((Verdict.Forbidden, "no"), (judgement.Verdict, judgement.Shown!.Rule.Id));
        Assert.Equal(Verdict.Unexpected, bench.Judge(Of("10.0.0.2:50000 tcp 10.1.0.1:80")).Verdict);
    }

    [Theory]
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:8080", Verdict.Unexpected)] // another port
    [InlineData("10.0.0.1:50000 udp 10.1.0.1:5061", Verdict.Unexpected)] // another transport
    [InlineData("10.0.0.3:50000 tcp 10.1.0.1:5061", Verdict.Unexpected)] // another role
    [InlineData("10.0.0.2:50000 tcp 10.1.0.1:5061", Verdict.ExpectedByPort)] // a kind of fe
    [InlineData("10.1.0.1:5061 tcp 10.0.0.1:50000", Verdict.WrongDirection)]
    [InlineData("10.1.0.1:50000 tcp 10.0.0.1:5061", Verdict.Unexpected)]
    [InlineData("8.8.8.8:50000 tcp 192.168.0.1:5061", Verdict.OutOfScope)]
    [InlineData("8.8.8.8:50000 tcp 10.1.0.1:5061", Verdict.Unexpected)]
    public void Roles_transport_port_and_direction_decide_what_is_covered(string flow, Verdict expected) =>
        Assert.Equal(expected, new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Judge(Of(flow)).Verdict);

    [Fact]
    public void A_rule_from_any_to_any_does_not_draw_in_hosts_without_roles()
    {
        var bench = new AuditBench(RuleSample.Of("r any any udp 53 dns any"));

        Assert.Equal(Verdict.OutOfScope, bench.Judge(Of("8.8.8.8:50000 udp 192.168.0.1:53")).Verdict);
        Assert.Equal(Verdict.ExpectedByPort, bench.Judge(Of("8.8.8.8:50000 udp 10.0.0.3:53")).Verdict);
    }

    [Fact]
    public void Any_of_the_roles_of_a_host_may_match_and_that_role_is_shown()
    {
        var judgement =
            new AuditBench(RuleSample.Of("r fe dc tcp 389 ldap any")).Judge(Of("10.0.0.2:50000 tcp 10.0.0.3:389"));

        Assert.Equal(Verdict.ExpectedByPort, judgement.Verdict);
        Assert.Equal(("fe-cms", "dc"), (judgement.FromRole, judgement.ToRole));
        Assert.Equal("db", new AuditBench().Judge(Of("10.0.0.2:50000 tcp 10.0.0.3:389")).ToRole);
    }

    [Fact]
    public void Built_in_roles_and_conditions_and_parameters_are_resolved()
    {
        var bench = new AuditBench(
            RuleSample.Of("in internet edge tcp 443 - any"),
            RuleSample.Of("off fe edge tcp 1 - any") with { When = new Applicability(["off-by-default"], false) },
            RuleSample.Of("any-of fe edge tcp 2 - any")
                with
            { When = new Applicability(["off-by-default", "on-by-default"], true) },
            RuleSample.Of("param fe edge tcp - - any") with { PortParameter = "dcom-range" },
            RuleSample.Of("unset fe edge udp - - any") with { PortParameter = "static-port" });

        Assert.Equal(Verdict.ExpectedByPort, bench.Judge(Of("8.8.8.8:50000 tcp 10.1.0.1:443")).Verdict);
        Assert.Equal(Verdict.Unexpected, bench.Judge(Of("192.168.0.1:50000 tcp 10.1.0.1:443")).Verdict);
        Assert.Equal(Verdict.Unexpected, bench.Judge(Of("10.0.0.1:50000 tcp 10.1.0.1:1")).Verdict);
        Assert.Equal(Verdict.ExpectedByPort, bench.Judge(Of("10.0.0.1:50000 tcp 10.1.0.1:2")).Verdict);
        Assert.Equal(Verdict.ExpectedByPort, bench.Judge(Of("10.0.0.1:50000 tcp 10.1.0.1:5020")).Verdict);
        Assert.Equal(Verdict.Unexpected, bench.Judge(Of("10.0.0.1:50000 tcp 10.1.0.1:5021")).Verdict);
        Assert.Equal(Verdict.Unexpected, bench.Judge(Of("10.0.0.1:50000 udp 10.1.0.1:7")).Verdict);

        bench.Site = bench.Site with
        {
            Conditions = bench.Site.Conditions.Add("off-by-default", true),
            Parameters = bench.Site.Parameters.Add("static-port", [new PortRange(7, 7)])
        };
        Assert.Equal(Verdict.ExpectedByPort, bench.Judge(Of("10.0.0.1:50000 tcp 10.1.0.1:1")).Verdict);
        Assert.Equal(Verdict.ExpectedByPort, bench.Judge(Of("10.0.0.1:50000 udp 10.1.0.1:7")).Verdict);
    }

    [Theory]
    [InlineData("10.0.0.1:138 udp 255.255.255.255:138", Verdict.Background)]
    [InlineData("10.2.0.9:138 udp 10.2.255.255:138", Verdict.Background)] // broadcast of a network
    [InlineData("10.0.0.1:5353 udp 224.0.0.251:5353", Verdict.Background)]
    [InlineData("10.0.0.1:0 ip:2 224.0.0.22:0", Verdict.Background)] // IGMP
    [InlineData("[fe80::1]:135 icmp6 [fe80::2]:0", Verdict.Background)] // neighbour solicitation
    [InlineData("[fe80::1]:143 icmp6 [ff02::16]:0", Verdict.Background)] // listener report
    [InlineData("10.0.0.1:8 icmp 10.1.0.1:0", Verdict.Unexpected)] // echo
    [InlineData("10.1.0.1:3 icmp 10.0.0.1:13", Verdict.Unexpected)] // an error about nothing that was seen
    [InlineData("10.0.0.1:67 udp 255.255.255.255:67", Verdict.ExpectedByPort)] // a rule covers it
    public void Link_housekeeping_is_told_from_traffic(string flow, Verdict expected) =>
        Assert.Equal(expected, new AuditBench(RuleSample.Of("dhcp fe any udp 67 - any")).Judge(Of(flow)).Verdict);

    [Theory]
    [InlineData("10.0.0.1:520 udp 192.168.7.255:520", "rip", Verdict.Background)]
    [InlineData("10.0.0.1:520 udp 192.168.7.25:520", "rip", Verdict.Unexpected)]
    [InlineData("10.0.0.1:521 udp 192.168.7.255:521", null, Verdict.Unexpected)]
    public void Routes_that_a_router_broadcasts_are_background(string line, string? protocol, Verdict verdict)
    {
        var flow = Of(line).Ending(Outcome.Unanswered);
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any"));

        Assert.Equal(verdict, bench.Judge(protocol is null ? flow : flow.Proving(protocol)).Verdict);
    }

    [Fact]
    public void The_question_whether_an_address_is_free_is_background() => Assert.Equal(Verdict.Background,
        new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Judge(Of("10.0.0.1:8 icmp 10.1.0.1:0")
            .Ending(Outcome.Unanswered) with
        { IsOfferProbe = true }).Verdict);

    [Fact]
    public void A_broadcast_of_NetBIOS_in_a_network_that_the_site_does_not_list_is_background()
    {
        var bench = new AuditBench();
        var asked = Of("10.0.0.1:137 udp 192.168.7.255:137").Proving("nbns") with { In = default };
        // a broadcast in a network that the site does not list
        Assert.Equal(Verdict.Background, bench.Judge(asked).Verdict);
        Assert.NotEqual(Verdict.Background,
            bench.Judge(asked with { ProtocolBasis = IdentificationBasis.Port }).Verdict);
        // a host that answers
        Assert.NotEqual(Verdict.Background, bench.Judge(asked with { In = new DirectionCounters(1, 60, 20) }).Verdict);
    }

    [Fact]
    public void An_ICMP_error_about_a_flow_is_background_and_an_echo_is_judged_by_its_rule()
    {
        var bench = new AuditBench(RuleSample.Of("ping fe edge icmp - - any"));

        Assert.Equal(Verdict.Background,
            bench.Judge(Of("10.1.0.1:3 icmp 10.0.0.1:13") with { QuotesSeenFlow = true }).Verdict);
        Assert.Equal(Verdict.Expected, bench.Judge(Of("10.0.0.1:8 icmp 10.1.0.1:0")).Verdict);
        Assert.Equal(Verdict.WrongDirection,
            bench.Judge(Of("10.1.0.1:8 icmp 10.0.0.1:0").Basis(DirectionBasis.Payload)).Verdict);
    }

    [Fact]
    public void Exact_ports_stand_before_ranges_narrow_before_wide_and_announced_ranges_last()
    {
        var bench = new AuditBench(
            RuleSample.Of("dynamic fe edge tcp 5061-5062 - any") with { AnnouncedBy = ["dcerpc"] },
            RuleSample.Of("every fe edge tcp - - any"),
            RuleSample.Of("wide fe edge tcp 1024-65535 - any"),
            RuleSample.Of("narrow fe edge tcp 5000-5100,5060-5062 - any"),
            RuleSample.Of("z.exact fe edge tcp 5061 - any"),
            RuleSample.Of("a.exact fe edge tcp 5061 - any"));
        var judgement = bench.Judge(Of(FeToEdge));

        Assert.Equal("a.exact z.exact narrow wide every dynamic",
            string.Join(' ', judgement.Rules.Select(rule => rule.Rule.Rule.Id)));
        Assert.Equal("a.exact", judgement.Shown!.Rule.Id);
    }
}
