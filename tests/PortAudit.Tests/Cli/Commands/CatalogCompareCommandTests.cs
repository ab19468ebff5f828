using System.Text.Json.Nodes;
using PortAudit.Tests.Reports;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Cli.Commands;

public sealed class CatalogCompareCommandTests : IDisposable
{
    private readonly ScratchDirectory _directory = new();
    private readonly string _old;
    private readonly string _new;

    public CatalogCompareCommandTests()
    {
        _directory.Write("sources.yaml", $$"""
            documents:
              - { id: one, title: First handbook, sha256: {{new string('1', 64)}} }
              - { id: two, title: Second page, url: "https://example.com/ports", read: "2026-02-01" }
            """);
        _old = _directory.Write("old.yaml", """
            catalog: old
            title: Old
            roles:
              client: { title: Client }
              phone: { title: Phone, aliases: [Desk phone] }
              fax: { title: Fax }
              server: { title: Server }
              head: { title: Head, isA: server }
            parameters:
              - { id: old.port, title: Port of choice, source: { document: one, section: S, lines: [9] } }
            rules:
              - { id: old.web, title: Web, from: client, to: server, transport: tcp, ports: [80, 443], need: required,
                  source: { document: one, section: S, lines: [1, 2] } }
              - { id: old.range, title: Range, from: client, to: server, transport: tcp, ports: 1024-65535,
                  need: optional, source: { document: one, section: S, lines: [3] } }
              - { id: old.media, title: Media, from: client, to: server, transport: udp, ports: 100-200,
                  need: optional, source: { document: one, section: S, lines: [4] } }
              - { id: old.chosen, title: Chosen, from: client, to: server, transport: sctp,
                  ports: { parameter: old.port }, need: optional,
                  source: { document: one, section: S, lines: [5] } }
              - { id: old.ping, title: Ping, from: any, to: server, transport: icmp, need: optional,
                  source: { document: one, section: S, lines: [6] } }
              - { id: old.phone, title: Call, from: phone, to: server, transport: tcp, ports: 5060, need: optional,
                  source: { document: one, section: S, lines: [7] } }
              - { id: old.fax, title: Fax, from: fax, to: server, transport: tcp, ports: 25, need: optional,
                  source: { document: one, section: S, lines: [8] } }
            """);
        _new = _directory.Write("new.yml", """
            catalog: new
            title: New
            roles:
              client: { title: Client }
              softphone: { title: desk PHONE }
              mailer: { title: Mailer }
              server: { title: Server }
              head: { title: Head, isA: server }
              tail: { title: Tail, isA: server }
            rules:
              - { id: new.web, title: Web, from: client, to: server, transport: tcp, ports: 443, need: required,
                  source: { document: two, section: Web / Clients } }
              - { id: new.range, title: Range, from: client, to: server, transport: tcp, ports: 49152-65535,
                  need: optional, source: { document: two, section: Web / Clients } }
              - { id: new.plain, title: Web, from: client, to: head, transport: tcp, ports: 80, need: optional,
                  source: { document: two, section: Web / Clients } }
              - { id: new.media, title: Media, from: client, to: server, transport: udp, ports: 150-250,
                  need: optional, source: { document: two, section: Media } }
              - { id: new.ping, title: Ping, from: client, to: tail, transport: icmp, need: required,
                  source: { document: two, section: Ping } }
              - { id: new.phone, title: Call, from: softphone, to: server, transport: tcp, ports: 5060-5061,
                  need: optional, source: { document: two, section: Calls } }
              - { id: new.mail, title: Mail, from: mailer, to: server, transport: tcp, ports: 25, need: optional,
                  source: { document: two, section: Mail } }
            """);
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("client,server,same,tcp,,443,443,443,,,required,required,old.web,new.web,,one:1-2,two: Web / Clients")]
    [InlineData("client,server,narrower,tcp,,1024-65535,49152-65535,49152-65535,1024-49151,,optional,optional,"
        + "old.range,new.range,,one:3,two: Web / Clients")]
    [InlineData("client,server,shifted,udp,,100-200,150-250,150-200,100-149,201-250,optional,optional,old.media,"
        + "new.media,,one:4,two: Media")]
    [InlineData("client,server,gone,tcp,,80,,,80,,required,,old.web,,client head,one:1-2,")]
    [InlineData("client,server,gone,sctp,old.port,,,,,,optional,,old.chosen,,,one:5,")]
    [InlineData("client,head,need,tcp,,80,80,80,,,required,optional,old.web,new.plain,,one:1-2,two: Web / Clients")]
    [InlineData("any,server,gone,icmp,,,,,,,optional,,old.ping,,client tail,one:6,")]
    [InlineData("client,tail,need,icmp,,,,,,,optional,required,old.ping,new.ping,,one:6,two: Ping")]
    [InlineData("phone,server,wider,tcp,,5060,5060-5061,5060,,5061,optional,optional,old.phone,new.phone,,one:7,"
        + "two: Calls")]
    [InlineData("fax,server,gone,tcp,,25,,,25,,optional,,old.fax,,,one:8,")]
    [InlineData("mailer,server,new,tcp,,,25,,,25,,optional,,new.mail,,,two: Mail")]
    public void A_need_is_compared_with_all_that_the_other_catalog_asks_of_such_hosts(string row) =>
        Assert.Contains(row, Csv());

    [Fact]
    public void No_need_is_listed_twice() => Assert.Equal(1 + 11, Csv().Length);

    [Fact]
    public void The_other_way_round_new_is_gone_and_narrower_is_wider()
    {
        var rows = Run(_new, _old, "--format", "csv").Output;

        Assert.Contains("client,server,wider,tcp,,49152-65535,1024-65535,49152-65535,,1024-49151,", rows,
            StringComparison.Ordinal);
        Assert.Contains("client,server,new,tcp,,,80,,,80,,required,,old.web,client head,", rows,
            StringComparison.Ordinal);
        Assert.Contains("mailer,server,gone,tcp,", rows, StringComparison.Ordinal);
    }

    [Fact]
    public void The_user_may_say_which_role_takes_the_place_of_another()
    {
        var rows = Csv("--same", "fax=mailer");

        Assert.Contains("fax,server,same,tcp,,25,25,25,,,optional,optional,old.fax,new.mail,,one:8,two: Mail", rows);
        Assert.DoesNotContain(rows, row => row.StartsWith("mailer", StringComparison.Ordinal));
    }

    [Fact]
    public void An_exact_port_inside_a_range_of_the_other_is_no_change_of_the_range()
    {
        var first = Catalog("first", "[1024-65535, 3268]", "required");
        var second = Catalog("second", "1024-65535", "optional");

        var rows = Run(first, second, "--format", "csv").Output.Split("\r\n");

        Assert.StartsWith("a,b,need,tcp,,1024-65535,1024-65535,1024-65535,,,required,optional,first.1,second.1,",
            rows[1], StringComparison.Ordinal);
        Assert.Equal(3, rows.Length);

        string Catalog(string name, string ports, string need) => _directory.Write($"{name}.yaml", $$"""
            catalog: {{name}}
            title: {{name}}
            roles: { a: { title: A }, b: { title: B } }
            rules:
              - { id: {{name}}.1, title: One, from: a, to: b, transport: tcp, ports: {{ports}}, need: {{need}},
                  source: { document: one, section: S, lines: [1] } }
            """);
    }

    [Fact]
    public void The_text_says_what_becomes_of_each_need_and_by_which_lines()
    {
        var run = Run(_old, _new);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(
            """
            Old (old) -> New (new)

            7 pairs of roles; needs: 1 same, 2 need, 1 narrower, 1 wider, 1 shifted, 4 gone, 1 new.

            Roles that only one of them has under this identifier:
            - phone (old): compared with softphone, which has the same name
            - tail (new): of one kind with server
            - without a counterpart in new: fax
            - without a counterpart in old: mailer

            any -> server

             CHANGE  old               new             NEED
            ─────────────────────────────────────────────────────
             gone    icmp              only for        optional
                     old.ping (one:6)  client -> tail

            client -> head

             CHANGE  old                                  new                             NEED
            ────────────────────────────────────────────────────────────────────────────────────────────────────
             need    tcp 80                               tcp 80                          required -> optional
                     old.web, for client -> server        new.plain (two: Web / Clients)
                     (one:1-2)
            """,
            run.Output, StringComparison.Ordinal);
        Assert.Contains(
            " narrower         tcp 1024-65535                          tcp 49152-65535                 optional\n"
                + " less 1024-49151  old.range (one:3)                       new.range (two: Web / Clients)\n",
            run.Output, StringComparison.Ordinal);
        Assert.Contains("sctp of parameter old.port, which", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_meets_its_schema_and_has_the_sources_of_both_sides()
    {
        var schema = new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema/catalog-compare.schema.json")));
        var text = Run(_old, _new, "--format", "json").Output;
        var shipped = CommandRun.Of("catalog", "compare", "windows-server", "active-directory", "--format", "json");

        Assert.Empty(schema.Check(text));
        Assert.Empty(schema.Check(shipped.Output));
        var pair = JsonNode.Parse(text)!["pairs"]!.AsArray().Single(pair => (string)pair!["to"]! == "head")!;
        var need = pair["needs"]![0]!;
        Assert.Equal("need", (string)need["change"]!);
        Assert.True((bool)need["first"]!["rules"]![0]!["inherited"]!);
        Assert.Equal([1, 2],
            need["first"]!["rules"]![0]!["sources"]![0]!["lines"]!.AsArray().Select(line => (int)line!));
        Assert.Equal("https://example.com/ports", (string)need["second"]!["rules"]![0]!["sources"]![0]!["url"]!);
    }

    [Fact]
    public void A_real_migration_reads_like_this()
    {
        var run = CommandRun.Of("catalog", "compare", "exchange", "exchange-2016-2019", "--format", "markdown");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Equal("Cli/Commands/Golden/catalog-compare.md", run.Output);
    }

    [Fact]
    public void Two_versions_of_one_catalog_are_told_apart_by_their_files()
    {
        var later = _directory.Write("later.yaml",
            File.ReadAllText(_old).Replace("ports: 5060", "ports: 5061", StringComparison.Ordinal));

        var run = Run(_old, later);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Old (", run.Output, StringComparison.Ordinal);
        Assert.Contains("later.yaml", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 gone, 1 new", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_roles_that_multiply_are_cut()
    {
        var roles = Enumerable.Range(0, 150).Select(number => $"r{number}").ToList();
        var many = _directory.Write("many.yaml", $$"""
            catalog: many
            title: Many
            roles: { {{string.Join(", ", roles.Select(role => $"{role}: {{ title: {role} }}"))}} }
            rules:
              - { id: many.all, title: All, from: [{{string.Join(", ", roles)}}], to: [{{string.Join(", ", roles)}}],
                  transport: tcp, ports: 1, need: optional, source: { document: one, section: S, lines: [1] } }
            """);

        var run = Run(many, _new, "--format", "csv");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("warning: 17,505 pairs of roles beyond the first 5,000 are not compared\n", run.Error);
        Assert.Equal(1 + 5_000, run.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .DistinctBy(row => string.Join(',', row.Split(',')[..2])).Count());
    }

    [Theory]
    [InlineData("exchange exchnge", "rules: unknown catalog 'exchnge'; did you mean 'exchange'?")]
    [InlineData("exchange exchange", "exchange and exchange are the same catalog; name two")]
    [InlineData("exchange rules/exchange.yaml", "exchange and rules/exchange.yaml are the same catalog; name two")]
    [InlineData("exchange none.yaml", "none.yaml: no such file")]
    [InlineData("exchange teams --same outlok=teams-client", "--same: unknown role 'outlok'")]
    [InlineData("exchange teams --same any=teams-client", "--same: 'any' is the same role in every catalog")]
    [InlineData("exchange teams --same rpc-proxy", "--same wants ROLE=ROLE, not 'rpc-proxy'.")]
    [InlineData("exchange teams --same rpc-proxy=teams-sbc --same outlook-client=teams-sbc",
        "--same: 'teams-sbc' takes the place of two roles; name it once")]
    [InlineData("exchange teams --fromat csv", "Unrecognized option '--fromat'; did you mean '--format'?")]
    [InlineData("exchange", "Required argument 'SECOND' missing for command: 'compare'.")]
    public void A_wrong_question_is_told_and_makes_exit_code_2(string question, string expected)
    {
        var run = CommandRun.Of(["catalog", "compare", .. question.Split(' ')
            .Select(word => word == "rules/exchange.yaml" ? Repository.PathOf(word) : word)]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(run.Errors, line => line.Replace(Repository.PathOf("rules"), "rules", StringComparison.Ordinal)
            .StartsWith($"error: {expected}", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_wrong_with_both_catalogs_is_told_in_one_run()
    {
        var faulty = _directory.Write("faulty.yaml", "catalog: faulty\nroles: {}\n");
        var bare = _directory.Write("bare.yaml", "catalog: bare\ntitle: Bare\nroles: {}\nrules: []\n");

        var run = Run(faulty, bare);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(run.Errors, line => line.StartsWith($"error: {faulty}", StringComparison.Ordinal));
        Assert.Contains($"error: {bare}: has no rules, so there is nothing to compare", run.Errors);
    }

    [Fact]
    public void A_catalog_of_a_directory_is_compared_by_its_identifier()
    {
        var run = CommandRun.Of("catalog", "compare", "old", "new", "--rules", _directory.Path, "--format", "csv");

        Assert.Equal(Run(_old, _new, "--format", "csv").Output, run.Output);
    }

    private static CommandRun Run(params string[] arguments) => CommandRun.Of(["catalog", "compare", .. arguments]);

    private string[] Csv(params string[] options)
    {
        var run = Run([_old, _new, "--format", "csv", .. options]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
