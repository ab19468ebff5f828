using System.Text.Json.Nodes;

namespace PortAudit.Tests.EndToEnd;

/// <summary>
/// Attempts that a firewall or a host let through, dropped, rejected, reset or refused, each judged from one side of the firewall: the audit says what the lab that made them
/// says, and nothing else.
/// </summary>
public sealed class FirewallAuditTests
{
    private static readonly Dictionary<string, Lazy<JsonObject>> Reports = new[] { "traffic", "alone", "scan" }
        .SelectMany(capture => new[] { "outside", "inside" }.Select(side => FirewallCase.CaptureOf(capture, side)))
        .ToDictionary(file => file, file => new Lazy<JsonObject>(() => LyncEdge.AuditBy(Path.Combine(FirewallCase.Captures, "site.yaml"), file)));

    public static TheoryData<FirewallCase> Cases => [.. FirewallCase.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Flows_have_the_outcome_of_their_case(FirewallCase expected)
    {
        if (expected.Attempt is not { } attempt)
            return;
        var outcomes = FlowRows.Of(expected.Capture)
            .Where(flow => flow.Transport == attempt.Transport && flow.ResponderPort == attempt.Port && Hosts[flow.Responder] == attempt.To)
            .Select(flow => flow.Outcome)
            .ToList();

        Assert.Equal(expected.Outcome is { } outcome ? [outcome, outcome] : [], outcomes);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rules_have_the_status_of_their_case(FirewallCase expected)
    {
        var row = Reports[expected.Capture].Value["rules"]!.AsArray().SingleOrDefault(row => (string?)row!["id"] == expected.Rule);

        Assert.Equal(expected.Status, (string?)row?["status"]);
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
            .Select(line => line.Status is null ? $"{line.Finding} {line.Attempt!.Transport}/{line.Attempt.Port}" : $"{line.Finding} {line.Rule}");
        var actual = Reports[file].Value["findings"]!.AsArray()
            .Select(finding => $"{finding!["kind"]} {finding["severity"]} {(string?)finding["rule"] ?? $"{finding["transport"]}/{finding["port"]}"}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Where(finding => !IsOfOtherCapture(finding, capture)).Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Hosts { get; } = ExpectedAnnouncement.HostsOf("firewall/").ToDictionary();

    // What one capture tries is never seen in the other.
    private static bool IsOfOtherCapture(string finding, string capture) =>
        finding.StartsWith("required-flow-never-seen", StringComparison.Ordinal)
        && FirewallCase.All.Any(line => line.Attempt is { } attempt && attempt.Capture != capture && finding.EndsWith($" {line.Rule}", StringComparison.Ordinal));
}
