namespace PortAudit.Tests.Cli.Commands;

public sealed class CatalogQueryCommandTests : IDisposable
{
    private readonly CatalogRules _rules = new();

    [Theory]
    [InlineData("--from app-head --to store", "small.exact small.parameter small.wide")]
    [InlineData("--from app --to store", "small.parameter small.wide")]
    [InlineData("--from app-head --to store --port 6000", "small.exact small.parameter small.wide")]
    [InlineData("--from app-head --to store --port 5010", "small.parameter small.wide")]
    [InlineData("--from app-head --to store --transport udp --port 5010", "small.parameter")]
    [InlineData("--from app-head --to store --transport udp", "small.parameter")]
    [InlineData("--from app-head --to store --transport tcp --port 443", "small.exact")]
    [InlineData("--from watcher --to store", "small.parameter")]
    [InlineData("--from watcher --to app --transport icmp", "small.ping")]
    [InlineData("--from internet --to app-head", "small.ping")]
    [InlineData("--to store", "small.exact small.parameter small.wide")]
    [InlineData("--to store --port 5010", "small.parameter small.wide")]
    [InlineData("--to app-head", "small.ping")]
    [InlineData("--from app", "small.parameter small.ping small.wide")]
    [InlineData("--from watcher --transport udp", "small.parameter")]
    [InlineData("--port 443", "small.exact")]
    [InlineData("--port 443 --transport udp", "")]
    [InlineData("--from store --to app --port 443", "")]
    [InlineData("--from app-head --to store --port 80", "")]
    public void The_rules_come_in_the_order_of_preference(string question, string ids) =>
        Assert.Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries), Ids($"--catalog small {question}"));

    [Fact]
    public void The_answer_says_need_condition_security_and_source()
    {
        var run = _rules.Run("query --catalog small --from app-head --to store --transport tcp --port 443");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """
            1 rule for app-head to store over tcp 443, in the order of preference:

            small.exact: Store, "main" port | A
              over       tcp 6000 443
              from       app-head
              to         store
              protocol   http or tls, security tls
              need       conditional
              when       small.watched: Somebody watches (off by default)
              source     First handbook; S2; line 9
                         Second handbook; T1; lines 7-8
                         First handbook; S3; line 6
              note       Read twice.

            """,
            run.Output);
    }

    [Fact]
    public void The_answer_names_the_services_of_an_announced_port() => Assert.Contains(
        "  via        announced-by: dcerpc\n  services   drsuapi, samr\n",
        _rules.Run("query --catalog small --from app --to store --port 1024").Output,
        StringComparison.Ordinal);

    [Fact]
    public void No_rule_is_an_answer_too()
    {
        var run = _rules.Run("query --catalog small --from store --to app --port 80");

        Assert.Equal((0, "No rule covers store to app over 80.\n"), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("--to store --port 80", "No rule covers every role to store over 80.\n")]
    [InlineData("--from any --to store --port 443",
        "No rule covers any (a host without another role) to store over 443.\n")]
    public void A_question_says_whether_every_role_was_asked_of(string question, string answer) =>
        Assert.Equal(answer, _rules.Run($"query --catalog small {question}").Output);

    [Fact]
    public void A_question_of_a_whole_names_its_parts_which_have_rules_of_their_own() => Assert.StartsWith(
        "No rule covers lync-client to lync-edge (without its parts lync-access-edge, "
            + "lync-av-edge,\nlync-edge-internal, lync-webconf-edge, lync-xmpp-proxy) over tcp 443.",
        CommandRun.Of("catalog", "query", "--catalog", "lync-server-2013", "--from", "lync-client", "--to", "lync-edge",
            "--transport", "tcp", "--port", "443").Output,
        StringComparison.Ordinal);

    [Fact]
    public void A_site_sets_conditions_and_parameters_and_adds_hosts_and_rules()
    {
        var site = _rules.Write("site.yaml", """
            site: S
            catalogs: [small]
            parameters: { small.range: 7000 }
            hosts:
              - { name: host1, addresses: [10.0.0.1], roles: [app-head] }
              - { name: host2, addresses: [10.0.0.2], roles: [store] }
            rules:
              - { id: own, title: Own, from: host1, to: host2, transport: tcp, ports: 443, verdict: forbidden }
            """);
        var question = $"--site {site} --from host1 --to host2";

        Assert.Equal(["own", "small.parameter", "small.wide", "small.exact"], Ids(question));
        Assert.Equal(["small.parameter", "small.wide", "small.exact"],
            Ids($"--site {site} --from app-head --to store"));
        Assert.Equal(["small.parameter", "small.wide"], Ids($"{question} --port 7000"));
        var text = _rules.Run($"query {question} --port 443").Output;
        Assert.Contains("need       forbidden", text, StringComparison.Ordinal);
        Assert.Contains("off        The condition small.watched is off in this site.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--transport tcp", "Name --from, --to or --port; 'portaudit catalog list' lists every rule.")]
    [InlineData("--from app --to stor", "unknown role 'stor'; did you mean 'store'?")]
    [InlineData("--from app --to store --transport tpc",
        "'tpc' is not a transport; use tcp, udp, icmp, icmp6, sctp or ip:N with N from 0 to 255.")]
    [InlineData("--from app --to store --port 0", "'0' is not a port; ports run from 1 to 65535.")]
    [InlineData("--from app --to store --port 65536", "'65536' is not a port; ports run from 1 to 65535.")]
    [InlineData("--from app --to store --transport icmp --port 1", "icmp has no ports.")]
    [InlineData("--from app --to store --site s.yaml --catalog small",
        "--site and --catalog exclude each other: the site names its catalogs.")]
    [InlineData("--from app --to store --format xml",
        "--format: 'xml' is unknown; known: text, table, csv, json, markdown")]
    [InlineData("--from app --to store --site none.yaml", "none.yaml: no such file")]
    public void A_wrong_question_is_told_and_makes_exit_code_2(string question, string expected)
    {
        var run = _rules.Run($"query {question}");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"error: {expected}", run.Errors);
    }

    public void Dispose() => _rules.Dispose();

    private IEnumerable<string> Ids(string question)
    {
        var run = _rules.Run($"query {question} --format csv");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',')[1]).Distinct();
    }
}
