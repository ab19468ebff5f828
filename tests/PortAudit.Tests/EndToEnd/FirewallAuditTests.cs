using System.Text.Json.Nodes;

namespace PortAudit.Tests.EndToEnd;

/// <summary>
/// Attempts that a firewall or a host let through, dropped, rejected, reset or refused, each judged from one side of
/// the firewall: the audit says what the lab that made them says, and nothing else.
/// </summary>
public sealed class FirewallAuditTests
{
    private static readonly Dictionary<string, Lazy<JsonObject>> Reports = new[] { "traffic", "alone", "scan" }
        .SelectMany(capture => new[] { "outside", "inside" }.Select(side => FirewallCase.CaptureOf(capture, side)))
        .ToDictionary(file => file, file =>
            new Lazy<JsonObject>(() => LyncEdge.AuditBy(Path.Combine(FirewallCase.Captures, "site.yaml"), file)));

    public static TheoryData<FirewallCase> Cases => [.. FirewallCase.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Flows_have_the_outcome_of_their_case(FirewallCase expected)
    {
        if (expected.Attempt is not { } attempt)
            return;
        var outcomes = FlowRows.Of(expected.Capture)
            .Where(flow => flow.Transport == attempt.Transport && flow.ResponderPort == attempt.Port
                && Hosts[flow.Responder] == attempt.To)
            .Select(flow => flow.Outcome)
            .ToList();

        Assert.Equal(expected.Outcome is { } outcome ? [outcome, outcome] : [], outcomes);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rules_have_the_status_of_their_case(FirewallCase expected)
    {
        Assert.Equal(expected.Status, (string?)RowOf(expected)?["status"]);
    }

    [Theory]
    [InlineData("traffic", "outside")]
    [InlineData("traffic", "inside")]
    [InlineData("alone", "outside")]
    [InlineData("alone", "inside")]
    public void Findings_are_those_of_the_cases_each_once(string capture, string side)
    {
        var file = FirewallCase.CaptureOf(capture, side);
        var expected = FirewallCase.All
            .Where(line => line.Finding is not null && line.Capture == file)
            .Select(line => line.Status is null
                ? $"{line.Finding} {line.Attempt!.Transport}/{line.Attempt.Port}"
                : $"{line.Finding} {line.Rule}");
        var actual = Reports[file].Value["findings"]!.AsArray()
            .Select(finding => $"{finding!["kind"]} {finding["severity"]} "
                + $"{(string?)finding["rule"] ?? $"{finding["transport"]}/{finding["port"]}"}");

        Assert.Equal(expected.Order(StringComparer.Ordinal),
            actual.Where(finding => !IsOfOtherCapture(finding, capture)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("outside", "reset", "another device in the responder's name")]
    [InlineData("outside", "closed", "refused by the responder (TCP RST with the host's usual TTL")]
    [InlineData("inside", "closed", "refused by the responder (TCP RST with the host's usual TTL")]
    [InlineData("outside", "alone-reset", "it is unknown whether the host sent it or a firewall")]
    [InlineData("outside", "alone-closed", "it is unknown whether the host sent it or a firewall")]
    [InlineData("outside", "cut", "cut off by a reset that another device sent")]
    [InlineData("outside", "host-prohibited", "a firewall on the host")]
    [InlineData("outside", "prohibited", "ICMP 3/13 communication administratively prohibited from 203.0.113.1")]
    [InlineData("outside", "udp-unreachable", "ICMP 3/3 port unreachable from 203.0.113.1")]
    [InlineData("outside", "proxy", "a proxy or gateway answered instead of the server: HTTP 403")]
    [InlineData("inside", "dropped", "would not be seen there")]
    [InlineData("inside", "alone-reset", "The host web3 sent no packet")]
    [InlineData("outside", "print", "The host printer sent no packet")]
    [InlineData("outside", "backup", "the flow is due once a day")]
    public void Reasons_say_who_it_was_and_what_cannot_be_known(string side, string name, string said)
    {
        var expected = FirewallCase.All.Single(line => line.Side == side && line.Name == name);

        Assert.Contains(said, (string)RowOf(expected)!["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void From_both_sides_it_is_known_which_attempts_the_firewall_stopped()
    {
        var stopped = FirewallCase.All
            .Where(line => line.Side == "outside" && line.Attempt is not null && line.Status is "blocked" or "refused")
            .ToDictionary(line => line.Rule, Disposition);
        var both = FirewallCase.All.Select(line => line.Capture).Distinct();
        var findings = LyncEdge.AuditBy(Path.Combine(FirewallCase.Captures, "site.yaml"), [.. both])["findings"]!
            .AsArray()
            .Where(finding => (string?)finding!["kind"] is
                "required-flow-blocked" or "required-flow-refused" or "service-down")
            .ToDictionary(finding => (string)finding!["rule"]!, finding => (string)finding!["explanation"]!);

        Assert.Equal(stopped.Keys.Order(StringComparer.Ordinal), findings.Keys.Order(StringComparer.Ordinal));
        Assert.All(findings, finding => Assert.Contains(stopped[finding.Key], finding.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void From_behind_the_firewall_nobody_knows_that_it_cut_a_conversation_off() =>
        Assert.DoesNotContain("cut off",
            (string)RowOf(FirewallCase.All.Single(line => line is { Side: "inside", Name: "cut" }))!["reason"]!,
            StringComparison.Ordinal);

    [Fact]
    public void A_scan_is_one_finding_that_tells_what_answered()
    {
        var finding = Assert.Single(Reports[FirewallCase.CaptureOf("scan", "outside")].Value["findings"]!.AsArray())!;

        Assert.Equal("port-scan", (string?)finding["kind"]);
        Assert.Contains("3 answered: 10.0.0.10 tcp 22, 10.0.0.10 tcp 80, 10.0.0.10 tcp 3128",
            (string)finding["explanation"]!, StringComparison.Ordinal);
    }

    [NeedsFact(Part.Tshark)]
    public void A_dropped_attempt_is_proved_by_its_SYNs()
    {
        var file = FirewallCase.CaptureOf("traffic", "outside");
        var finding =
            Reports[file].Value["findings"]!.AsArray().Single(finding => (string?)finding!["rule"] == "lab.dropped")!;
        var numbers = Assert.Single(finding["evidence"]!["frames"]!.AsArray())!["numbers"]!.AsArray()
            .Select(number => (long)number!);

        Assert.Equal(Tshark.Select(file, "tcp.dstport == 8081 && tcp.flags.syn == 1"), numbers);
    }

    // What the firewall stopped has no flows behind it.
    private static string Disposition(FirewallCase outside) => FirewallCase.All.Single(line =>
        line.Side == "inside" && line.Name == outside.Name).Outcome is null
        ? "behind-firewall, on the path according to the site, watched all the time and recorded none of them: they "
            + "were stopped between there and before-firewall"
        : "The devices between the capture points before-firewall and behind-firewall let all attempts through.";

    private static JsonNode? RowOf(FirewallCase expected) => Reports[expected.Capture].Value["rules"]!.AsArray()
        .SingleOrDefault(row => (string?)row!["id"] == expected.Rule);

    private static Dictionary<string, string> Hosts { get; } = ExpectedAnnouncement.HostsOf("firewall/").ToDictionary();

    // What one capture tries is never seen in the other.
    private static bool IsOfOtherCapture(string finding, string capture) =>
        finding.StartsWith("required-flow-never-seen", StringComparison.Ordinal)
        && FirewallCase.All.Any(line => line.Attempt is { } attempt && attempt.Capture != capture
            && finding.EndsWith($" {line.Rule}", StringComparison.Ordinal));
}
