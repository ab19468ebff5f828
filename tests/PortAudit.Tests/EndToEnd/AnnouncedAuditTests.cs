using System.Text.Json.Nodes;

namespace PortAudit.Tests.EndToEnd;

/// <summary>The audit of the captures whose ports are announced finds what <c>captures/*/expected-findings.tsv</c>
/// lists, and nothing else.</summary>
public sealed class AnnouncedAuditTests
{
    [Theory]
    [InlineData("domain")]
    [InlineData("media")]
    [InlineData("administration")]
    public void The_findings_are_those_that_are_listed(string scenario)
    {
        var hosts = ExpectedAnnouncement.HostsOf(scenario + "/");
        var findings = LyncEdge.AuditBy(Repository.PathOf("captures", scenario, "site.yaml"),
            Repository.PathOf("captures", scenario))["findings"]!.AsArray()
            .Select(finding => $"{finding!["kind"]}\t{Names(finding["originators"]!)}\t{Names(finding["responders"]!)}")
            .Distinct();
        var expected = File.ReadLines(Repository.PathOf("captures", scenario, "expected-findings.tsv"))
            .Where(line => line is not ("" or ['#', ..]));

        Assert.Equal(expected.Order(StringComparer.Ordinal), findings.Order(StringComparer.Ordinal));

        string Names(JsonNode addresses) => string.Join(' ',
            addresses.AsArray().Select(address => hosts.GetValueOrDefault($"{address}", $"{address}")));
    }
}
