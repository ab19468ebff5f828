using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Site;
using PortAudit.Reports.Roles;
using PortAudit.Tests.Audit;
using PortAudit.Tests.Audit.Roles;
using PortAudit.Tests.Catalog;
using PortAudit.Tests.Yaml;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Reports.Roles;

public sealed class RoleYamlTests
{
    private static readonly string[] Signs =
    [
        "role: web, serves: { protocol: http }, confidence: high",
        "role: client, uses: { protocol: http }, unless: web, many: yes, confidence: high",
    ];

    public static TheoryData<string> HostileNames =>
    [
        "a\nhosts: []",
        "a\r\nb",
        "a\u0085- { name: x }",
        "a\u2028b: c",
        "a\u2029b",
        "a # b",
        "a: b",
        "{x}",
        "[x]",
        "'",
        "\"",
        "*alias",
        "&anchor",
        "!tag",
        "- x",
        "---",
        "true",
        "null",
        "web",
        "any",
        "\u202Egnp",
        "\uFEFFx",
        "\uD800",
        "\u0000",
        "\u001B[2J",
        "x\\",
        "%directive",
        "a,b",
        new string('x', 300),
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void A_name_from_the_network_cannot_break_out(string name)
    {
        var text = Write(name);
        var site = Read(text);

        var host = Assert.Single(site.Hosts);
        Assert.Equal(("10.0.0.9", "web"), (host.Addresses[0].ToString(), host.Roles[0]));
        Assert.Equal("10.0.0.1/32", Assert.Single(site.Networks).Prefix.ToString());
        Assert.True(text.All(character => character is '\n' or (>= ' ' and <= '~')));
        Assert.True(host.Name == name || host.Name == "host-10-0-0-9", host.Name);
    }

    [Theory]
    [InlineData("dc1.contoso.test", "dc1.contoso.test")]
    [InlineData("true", "true")]
    [InlineData("web", "host-10-0-0-9")] // a role
    [InlineData("1and1", "host-10-0-0-9")] // a number for some reader
    public void A_harmless_name_is_the_host_s(string name, string expected) =>
        Assert.Equal(expected, Assert.Single(Read(Write(name)).Hosts).Name);

    [Fact]
    public void A_name_of_two_families_joins_no_hosts_and_is_told()
    {
        var text = Write("web1", "[fd00::9]");

        Assert.Equal(["web1 10.0.0.9", "host-fd00--9 fd00::9"],
            Read(text).Hosts.Select(host => $"{host.Name} {host.Addresses[0]}"));
        Assert.Contains("  #   shares a name with fd00::9: perhaps one host with both addresses", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_evidence_there_is_no_host_and_no_network_and_the_file_says_why()
    {
        var proposals = SignSample.Survey(Signs).Propose(Confidence.Low);
        var text = Text(proposals);
        var site = Read(text);

        Assert.Empty(site.Hosts);
        Assert.Empty(site.Networks);
        Assert.Contains("# NOTHING IS PROPOSED. Nothing shows what a host serves", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_meets_the_schema_of_sites()
    {
        var schema = new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema/site.schema.json")));
        var yaml = Texts.Yaml(Write("web1", "[fd00::9]"), out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Empty(schema.Check(YamlJson.Of(yaml!.Root)!.ToJsonString()));
    }

    [Fact]
    public void Of_many_clients_some_are_named()
    {
        var survey = SignSample.Survey(Signs);
        foreach (var client in Enumerable.Range(1, 5))
            survey.Add(Of($"10.0.0.{client}:50000 tcp 10.0.0.9:80").Proving("http"));
        var text = Text(survey.Propose(AuditBench.ObservationOf(TimeSpan.FromHours(1), ""), Confidence.Low));

        Assert.Contains("5 flows of 5 clients (10.0.0.1, 10.0.0.2, 10.0.0.3 and others)", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_proposed_is_called_so_and_what_is_doubtful_stays_a_comment()
    {
        var lines = Text(SignSample.Survey(Signs[0].Replace("high", "medium", StringComparison.Ordinal))
            .Propose(Confidence.High, Flow("10.0.0.9"))).Split('\n');

        Assert.Contains("# Every entry is a proposal: confirm, correct or remove it, then remove this comment.", lines);
        Assert.Contains("#   10.0.0.9: web medium (sign medium); serves http on tcp 80", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("hosts", StringComparison.Ordinal));
    }

    private static PortAudit.Traffic.Records.FlowRecord Flow(string server) =>
        Of($"10.0.0.1:50000 tcp {server}:80").Proving("http");

    private static string Write(string name, params string[] others)
    {
        var survey = SignSample.Survey(Signs);
        foreach (var server in others.Prepend("10.0.0.9"))
            survey.Add(Flow(server));
        var names = others.Select(other => other.Trim('[', ']')).Prepend("10.0.0.9")
            .Select(address => new NameSighting(AddressOf(address), name, NameBasis.DnsAnswer, 1, null, null));
        return Text(survey.Propose(AuditBench.ObservationOf(TimeSpan.FromHours(1), "") with { Names = [.. names] },
            Confidence.Low));
    }

    private static string Text(RoleProposals proposals)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        RoleYaml.Write(proposals, new RoleRun("1", proposals.Observation, ["evil\n.pcap: cut"], IsPartial: true),
            ["web", "client"], writer);
        return writer.ToString();
    }

    private static SiteFile Read(string text)
    {
        var site = Texts.Site(text, SignSample.Catalogs(Signs), out var diagnostics);
        Assert.Empty(diagnostics);
        return site!;
    }
}
