using System.Text.Json.Nodes;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Small captures whose flows are easily called by the wrong name, with the right verdict. They lie beside the
/// checkout of those who have them.</summary>
public sealed class NamingCaseTests
{
    [NeedsTheory(Part.Cases)]
    [InlineData("20-bacnet-as-rtp", "bacnet", null)]
    [InlineData("plain-stun-then-rtp", "rtp", "stun")]
    [InlineData("k1-dcerpc-drs-to-http", "http", null)]
    [InlineData("k1-rdp-to-http", "http", null)]
    [InlineData("k1-tds-to-http", "http", null)]
    public void A_flow_is_named_by_what_the_responder_speaks(string capture, string protocol, string? startedAs)
    {
        var flow = Assert.Single(FlowsOf(capture));

        Assert.Equal((protocol, "payload", startedAs),
            ((string?)flow["protocol"], (string?)flow["protocol_basis"], (string?)flow["started_as"]));
    }

    [NeedsTheory(Part.Cases)]
    [InlineData("k1-dcerpc-drs-to-http")]
    [InlineData("k1-rdp-to-http")]
    [InlineData("k1-tds-to-http")]
    [InlineData("k3-drs-one-byte-answer")]
    public void A_request_that_was_not_accepted_makes_no_server_and_exercises_no_rule(string capture)
    {
        var roles = JsonNode.Parse(CommandRun.Of(["roles", PathOf(capture), "--format", "json"]).Output)!;
        var report = LyncEdge.AuditBy(PathOf("site", "yaml"), PathOf(capture));

        Assert.Empty(roles["hosts"]!.AsArray());
        Assert.Empty(roles["networks"]!.AsArray());
        Assert.DoesNotContain(report["rules"]!.AsArray(),
            rule => ((string)rule!["status"]!).StartsWith("seen", StringComparison.Ordinal));
    }

    [NeedsFact(Part.Cases)]
    public void One_zero_byte_proves_no_protocol() =>
        Assert.NotEqual("payload", (string?)Assert.Single(FlowsOf("k3-drs-one-byte-answer"))["protocol_basis"]);

    [NeedsFact(Part.Cases)]
    public void Initial_packets_of_quic_give_the_hello()
    {
        var flow = Assert.Single(FlowsOf("QU1_h3"));
        var tls = flow["tls"]!;

        Assert.Equal("quic", (string?)flow["protocol"]);
        Assert.NotNull((string?)tls["server_name"]);
        Assert.Equal("h3", (string?)Assert.Single(tls["alpn_offered"]!.AsArray()));
        Assert.Matches("^q13d[0-9]{4}h3_[0-9a-f]{12}_[0-9a-f]{12}$", (string?)tls["ja4"]);
    }

    [NeedsTheory(Part.Cases)]
    [InlineData("captured-exceeds-original", 16)]
    [InlineData("lengths-and-times-odd", 24)]
    public void A_sound_chain_of_odd_records_is_read_whole(string capture, int packets)
    {
        var run = CommandRun.Of(["flows", PathOf(capture), "--format", "csv"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(packets, FlowRows.Of(PathOf(capture)).Sum(flow => flow.Packets));
        Assert.Contains($"{packets} records have odd lengths or times", Assert.Single(run.Errors),
            StringComparison.Ordinal);
    }

    [NeedsTheory(Part.Cases)]
    [InlineData(true)]
    [InlineData(false)]
    public void Winrm_is_remote_administration_with_a_site_and_without(bool hasSite)
    {
        string[] site = hasSite ? ["--site", PathOf("site", "yaml")] : [];
        var run = CommandRun.Of(["audit", PathOf("winrm-in-range"), .. site, "--json", "-"]);
        var findings = JsonNode.Parse(run.Output)!["findings"]!.AsArray();
        var finding = Assert.Single(findings, found => (long)found!["flows"]! > 0)!;

        Assert.Equal(("remote-administration", "high", 2L),
            ((string)finding["kind"]!, (string)finding["severity"]!, (long)finding["flows"]!));
        Assert.DoesNotContain("rpc", (string)finding["explanation"]!, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("tcp 5985 to", (string)finding["remedy"]!, StringComparison.Ordinal);
    }

    [NeedsFact(Part.Cases)]
    public void A_refused_probe_is_low_and_about_the_prober()
    {
        var report = LyncEdge.AuditBy(LyncEdge.Site, PathOf("rdp-probe-answered-by-http-and-tls-outside"));
        var findings = report["findings"]!.AsArray().Where(finding => (long)finding!["flows"]! > 0).ToList();

        Assert.Equal(["low declined-request", "low declined-request"],
            findings.Select(finding => $"{finding!["severity"]} {finding["kind"]}"));
        Assert.All(findings, finding =>
            Assert.EndsWith("The server needs no change.", (string)finding!["remedy"]!, StringComparison.Ordinal));
    }

    [NeedsFact(Part.Cases)]
    public void A_hello_answered_in_clear_contradicts_the_rule_that_asks_for_tls()
    {
        var site = Path.GetTempFileName();
        try
        {
            File.WriteAllText(site, "site: s\ncatalogs: [windows-server]\nrules:\n  - { id: sip, title: SIP, "
                + "from: any, to: any, transport: tcp, ports: 5061, protocol: sip, security: tls }\n");
            var report = LyncEdge.AuditBy(site, PathOf("tls-hello-answered-by-clear-http-5061"));
            var finding = Assert.Single(report["findings"]!.AsArray());

            Assert.Equal(("cleartext", "high"), ((string)finding!["kind"]!, (string)finding["severity"]!));
            Assert.Contains("TLS is off there", (string)finding["explanation"]!, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(site);
        }
    }

    private static List<JsonNode> FlowsOf(string capture) =>
    [
        .. CommandRun.Of(["flows", PathOf(capture), "--format", "jsonl"]).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!),
    ];

    private static string PathOf(string name, string extension = "pcap") =>
        Path.Combine(Repository.Cases!, $"{name}.{extension}");
}
