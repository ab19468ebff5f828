using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>
/// Questions of a firewall owner (who may talk to whom over what, when, and which line says so) as <c>portaudit catalog
/// query</c> asks them, with the answers read by hand from the documents. Conditions are joined by "and" where all are
/// needed, by "or" where one suffices.
/// </summary>
public sealed class DocumentQuestionTests
{
    private static readonly RuleQuery Query = new(Shipped.Catalogs, site: null);

    [Theory]
    // Lync: SIP and replication to the Edge, configuration push, XMPP, media for OCS 2007 partners, version check among
    // Edge Servers.
    [InlineData("lync-director", "lync-edge-internal", "tcp", 5061, Need.Required, "lync.external-access",
        DocumentIds.Lync, 73)]
    [InlineData("lync-front-end-cms", "lync-edge-internal", "tcp", 4443, Need.Required, "lync.external-access",
        DocumentIds.Lync, 79)]
    [InlineData("lync-front-end-cms", "lync-mediation", "tcp", 445, Need.Required, "", DocumentIds.Lync, 54)]
    [InlineData("xmpp-partner", "lync-xmpp-proxy", "tcp", 5269, Need.Conditional,
        "lync.external-access and lync.xmpp-federation", DocumentIds.Lync, 86)]
    [InlineData("federation-partner", "lync-av-edge", "tcp", 55000, Need.Conditional,
        "lync.external-access and lync.ocs2007-federation", DocumentIds.Lync, 96)]
    [InlineData("lync-av-edge", "federation-partner", "udp", 3478, Need.Conditional,
        "lync.federation or lync.multiple-edge-pools", DocumentIds.Lync, 98)]
    // Federation: the SRV record points to 5061 of the Access Edge.
    [InlineData("federation-partner", "lync-access-edge", "tcp", 5061, Need.Conditional,
        "lync.external-access and lync.federation", DocumentIds.Federation, 95)]
    // Cisco Unity: a secondary server behind a firewall, SCCP over TLS, report share, unaware firewall, Voice
    // Connector, DNS.
    [InlineData("cisco-unity-secondary", "domain-controller", "udp", 88, Need.Conditional, "unity.secondary",
        DocumentIds.Unity, 125)]
    [InlineData("cisco-unity-secondary", "global-catalog", "tcp", 636, Need.Conditional,
        "unity.secondary and unity.monitored-gc", DocumentIds.Unity, 193)]
    [InlineData("cisco-unity", "cisco-ucm", "tcp", 2443, Need.Conditional, "unity.sccp and unity.sccp-tls",
        DocumentIds.Unity, 305)]
    [InlineData("admin-workstation", "cisco-unity", "tcp", 445, Need.Conditional, "unity.report-share",
        DocumentIds.Unity, 421)]
    [InlineData("exchange-server", "cisco-unity", "udp", 30000, Need.Conditional, "unity.firewall-not-exchange-aware",
        DocumentIds.Unity, 492)]
    [InlineData("exchange-voice-connector", "smtp-relay", "tcp", 25, Need.Conditional, "unity.bridge or unity.vpim",
        DocumentIds.Unity, 634)]
    [InlineData("cisco-unity", "dns-server", "udp", 53, Need.Required, "", DocumentIds.Unity, 226)]
    // Mobile Information Server: Kerberos for NTLM, IPsec in its stead, browsing Exchange 5.5.
    [InlineData("mobile-information-server", "internal-network", "tcp", 88, Need.Conditional,
        "mis.open-ports and mis.ntlm", DocumentIds.Mobile, 33)]
    [InlineData("mobile-information-server", "internal-network", "ip:50", 0, Need.Conditional, "mis.ipsec",
        DocumentIds.Mobile, 44)]
    [InlineData("mobile-information-server", "internal-network", "tcp", 2000, Need.Conditional,
        "mis.open-ports and mis.exchange-55-browse", DocumentIds.Mobile, 68)]
    // Windows: dynamic range of Active Directory, RPC over HTTPS, passive FTP, Group Policy, Operations Manager, PPTP,
    // SSDP, admin site.
    [InlineData("domain-client", "domain-controller", "tcp", 49200, Need.Required, "", DocumentIds.Windows, 98)]
    [InlineData("rpc-proxy", "exchange-server", "tcp", 6001, Need.Conditional, "exchange.rpc-over-https",
        DocumentIds.Windows, 261)]
    [InlineData("domain-client", "ftp-server", "tcp", 3000, Need.Optional, "", DocumentIds.Windows, 318)]
    [InlineData("domain-client", "domain-controller", "icmp", 0, Need.Required, "", DocumentIds.Windows, 338)]
    [InlineData("mom-agent", "mom-server", "tcp", 1270, Need.Required, "", DocumentIds.Windows, 442)]
    [InlineData("vpn-client", "vpn-server", "ip:47", 0, Need.Conditional, "windows.pptp", DocumentIds.Windows, 604)]
    [InlineData("domain-client", "windows-server", "tcp", 2869, Need.Conditional, "windows.ssdp-2869",
        DocumentIds.Windows, 725)]
    [InlineData("admin-workstation", "web-server", "tcp", 8098, Need.Conditional, "windows.iis-admin-site",
        DocumentIds.Windows, 879)]
    public void A_question_is_answered_with_need_condition_and_source(
        string from, string to, string transport, int port, Need need, string when, string document, int line)
    {
        var answers = Answers(from, to, transport, port).Where(rule => Cites(rule, document, line))
            .Select(rule => (rule.Need, WhenText(rule))).ToArray();

        Assert.Contains((need, when), answers);
    }

    // Directions that the documents print one way only.
    [Theory]
    [InlineData("lync-xmpp-proxy", "xmpp-partner", "tcp", 5269)]
    [InlineData("federation-partner", "lync-access-edge", "tcp", 80)]
    [InlineData("cisco-unity", "vnc-client", "tcp", 5900)]
    [InlineData("mom-server", "mom-agent", "tcp", 1270)]
    [InlineData("exchange-server", "rpc-proxy", "tcp", 6001)]
    public void What_no_line_prints_is_not_answered(string from, string to, string transport, int port) =>
        Assert.DoesNotContain(Answers(from, to, transport, port), rule => !rule.Source!.Lines.IsEmpty);

    // Who may reach a port, and what a host may reach: every row of the documents that prints it is in the answer.
    [Theory]
    [InlineData(null, "lync-front-end", "tcp", 5062, DocumentIds.Lync, 19)]
    [InlineData(null, "lync-edge-internal", "tcp", 5062, DocumentIds.Lync, 76)]
    [InlineData(null, "mobile-information-server", "tcp", 443, DocumentIds.Mobile, 61)]
    [InlineData("cisco-unity", null, "tcp", 8443, DocumentIds.Unity, 307)]
    [InlineData(null, null, "tcp", 443, DocumentIds.Lync, 25)]
    [InlineData(null, null, "tcp", 443, DocumentIds.Lync, 107)]
    [InlineData(null, null, "tcp", 443, DocumentIds.Windows, 272)]
    public void A_question_of_one_party_or_of_a_port_alone_is_answered(string? from, string? to, string transport,
        int port, string document, int line) =>
        Assert.Contains(Answers(from, to, transport, port), rule => Cites(rule, document, line));

    [Fact]
    public void An_exact_port_comes_first_and_the_dynamic_range_last()
    {
        var answers = Answers("domain-client", "global-catalog", "tcp", 3268);

        Assert.Contains(answers.TakeWhile(rule => rule.AnnouncedBy.IsEmpty),
            rule => Cites(rule, DocumentIds.Windows, 90));
        Assert.Contains(answers.SkipWhile(rule => rule.AnnouncedBy.IsEmpty),
            rule => Cites(rule, DocumentIds.Windows, 98));
        Assert.DoesNotContain(answers.SkipWhile(rule => rule.AnnouncedBy.IsEmpty), rule => rule.AnnouncedBy.IsEmpty);
    }

    private static ImmutableArray<Rule> Answers(string? from, string? to, string transport, int port)
    {
        Assert.True(IpProtocol.TryParse(transport, out var protocol));
        return [.. Query.Ask(from, to, protocol, protocol.HasPorts ? (ushort)port : null)
            .Select(answer => answer.Rule)];
    }

    private static bool Cites(Rule rule, string document, int line) =>
        rule.Source!.All.Any(source => source.Document == document && source.Lines.Contains(line));

    private static string WhenText(Rule rule) => string.Join(rule.When.AnyOf ? " or " : " and ", rule.When.Conditions);
}
