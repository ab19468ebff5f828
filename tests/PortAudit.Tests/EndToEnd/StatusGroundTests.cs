using System.Text.Json.Nodes;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>What the samples show of the ground of a status: certificates in real handshakes (captures/README.md tells
/// of each port), hosts that took no part, points without captures.</summary>
public sealed class StatusGroundTests
{
    private const string Site = """
        site: Forms of TLS
        catalogs: [lync-server-2013]
        hosts: [{ name: both, addresses: [192.0.2.10], roles: [lync-front-end] }]
        rules:
          - { id: own.mutual, title: Both sides show certificates, from: any, to: both, transport: tcp,
              ports: 20010-20024, protocol: tls, security: mtls }
        """;

    [Fact]
    public void The_handshakes_without_client_certificates_are_one_finding_and_what_is_hidden_is_unknown()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder["site.yaml"], Site);
        var report = LyncEdge.AuditBy(folder["site.yaml"], Repository.PathOf("captures", "tls", "handshakes.pcapng"));
        var finding =
            report["findings"]!.AsArray().Single(candidate => (string?)candidate!["kind"] == "mutual-tls-missing")!;
        var reason = (string)report["rules"]!.AsArray().Single(row => (string?)row!["id"] == "own.mutual")!["reason"]!;

        Assert.Equal(("own.mutual", 6L, "20011,20014-20015,20017,20021,20023"),
            ((string?)finding["rule"], (long)finding["flows"]!, (string?)finding["port"]));
        Assert.Contains("in 5 flows the server did not ask for the client's; in 1 flow the client showed none when "
            + "asked, and the server went on.", (string)finding["explanation"]!, StringComparison.Ordinal);
        Assert.NotEmpty(finding["evidence"]!["frames"]!.AsArray());
        Assert.Contains(" In 8 flows it is unknown whether both sides showed a certificate", reason,
            StringComparison.Ordinal);
        Assert.Contains(" In 1 flow the server refused a client that showed no certificate, as the rule wants it.",
            reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_of_one_side_says_that_the_other_side_was_not_looked_at()
    {
        var sentences = LyncEdge.Audit(LyncEdge.Outside)["coverage"]!["cannot_say"]!.AsArray()
            .Select(sentence => (string)sentence!);

        Assert.Contains("No capture of this run belongs to capture point firewall-inside: nothing can be said about "
            + "traffic seen only there.", sentences);
    }

    [Fact]
    public void The_second_front_end_is_named_where_the_first_alone_took_part()
    {
        JsonNode Row(string id) => LyncEdge.Audit(LyncEdge.Outside, LyncEdge.Inside)["rules"]!.AsArray()
            .Single(row => (string?)row!["id"] == id && (string?)row["status"] != "not-applicable")!;

        Assert.Equal("""[{"host":"fe02","why":"not-tried"}]""",
            Row("lync.edge-internal.xmpp")["idle_originators"]!.ToJsonString());
        Assert.Equal("[]", Row("lync.edge-internal.sip-in")["idle_originators"]!.ToJsonString());
        Assert.Equal("""[{"host":"fe02","why":"misfit"}]""",
            Row("lync.edge-internal.sip-out")["idle_responders"]!.ToJsonString());
    }
}
