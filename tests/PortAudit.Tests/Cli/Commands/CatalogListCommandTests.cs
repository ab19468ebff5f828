using System.Text.Json.Nodes;
using PortAudit.Tests.Reports;

namespace PortAudit.Tests.Cli.Commands;

public sealed class CatalogListCommandTests : IDisposable
{
    private const string Header =
        "kind,id,catalog,title,from,to,transport,ports,parameter,protocol,security,need,when,via,services,period,"
        + "document,sha256,section,lines";

    private static readonly string One = new('1', 64);
    private static readonly string Two = new('2', 64);

    private readonly CatalogRules _rules = new();

    [Fact]
    public void Csv_has_the_columns_of_the_contract_and_a_row_for_every_entry()
    {
        Assert.Equal(
            [
                Header,
                "role,app,small,Application server,,,,,,,,,,,,,,,,",
                "role,app-head,small,First application server,,,,,,,,,,,,,,,,",
                "role,store,small,Store,,,,,,,,,,,,,,,,",
                "role,watcher,small,Watcher,,,,,,,,,,,,,,,,",
                $"condition,small.watched,small,Somebody watches,,,,,,,,,,,,,one,{One},S1,1",
                $"parameter,small.range,small,Store range,,,,5000-5020 6000,,,,,,,,,one,{One},S1,2",
                "rule,small.wide,small,Announced ports of the store,app,store,tcp,1024-65535,,,any,required,,"
                    + $"announced-by: dcerpc,drsuapi samr,continuous,one,{One},S2,3",
                "rule,small.parameter,small,Restricted ports of the store,app watcher,store,tcp udp,5000-5020 6000,"
                    + $"small.range,,any,optional,,direct,,continuous,one,{One},S2,4 5",
                "rule,small.exact,small,\"Store, \"\"main\"\" port | A\",app-head,store,tcp,6000 443,,http tls,tls,"
                    + $"conditional,small.watched,direct,,daily,one,{One},S2 S3,6 9",
                "rule,small.exact,small,\"Store, \"\"main\"\" port | A\",app-head,store,tcp,6000 443,,http tls,tls,"
                    + $"conditional,small.watched,direct,,daily,two,{Two},T1,7 8",
                $"rule,small.ping,small,Ping,any,app,icmp,,,,any,informational,,direct,,continuous,two,{Two},T2,1",
                $"caution,small.no-wall,small,No wall.,app,store,,,,,,,unless: small.watched,,,,two,{Two},T3,2",
                $"advice,small.restrict,small,Restrict it.,,,,,,,,,,,,,two,{Two},T3,3",
                $"dependency,small.needs,small,app depends on dns,app,dns,,,,,,required,,,,,two,{Two},T3,4",
            ],
            Csv("--kind all"));
    }

    [Theory]
    [InlineData("rule", "small.wide small.parameter small.exact small.ping")]
    [InlineData("role", "app app-head store watcher")]
    [InlineData("condition", "small.watched")]
    [InlineData("parameter", "small.range")]
    [InlineData("caution", "small.no-wall")]
    [InlineData("advice", "small.restrict")]
    [InlineData("dependency", "small.needs")]
    public void One_kind_is_listed(string kind, string ids) =>
        Assert.Equal(ids.Split(' '), Csv($"--kind {kind}").Skip(1).Select(line => line.Split(',')[1]).Distinct());

    [Theory]
    [InlineData("watcher", "watcher small.range small.parameter small.ping small.restrict")]
    [InlineData("app",
        "app small.watched small.range small.wide small.parameter small.ping small.no-wall small.restrict small.needs")]
    [InlineData("app-head", "app app-head small.watched small.range small.wide small.parameter small.exact small.ping "
        + "small.no-wall small.restrict small.needs")]
    public void A_role_brings_what_it_is_and_what_concerns_it(string role, string ids)
    {
        var found = Csv($"--kind all --role {role}").Skip(1).Select(line => line.Split(',')[1]).Distinct();

        Assert.Equal(ids.Split(' ').Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_role_may_be_named_as_the_documents_name_it()
    {
        var named = CommandRun.Of("catalog", "list", "--catalog", "small", "--rules", _rules.Path, "--role",
            "The Application");

        Assert.Equal(_rules.Run("list --catalog small --role app").Output, named.Output);
        Assert.Contains("small.wide", named.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_one_line_an_entry_when_it_goes_to_a_file()
    {
        var lines = _rules.Run("list --catalog small").Output.Split('\n');

        Assert.Equal(["ID", "FROM", "TO", "OVER", "PROTOCOL", "SECURITY", "NEED", "WHEN", "SERVICES"],
            lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith(" drsuapi samr",
            Assert.Single(lines, line => line.Contains("small.wide", StringComparison.Ordinal)).TrimEnd(),
            StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("small.parameter", StringComparison.Ordinal)
            && line.Contains("tcp udp 5000-5020 6000", StringComparison.Ordinal));
        Assert.Equal("4 entries", lines[^2].Trim());
    }

    [Fact]
    public void Json_meets_its_schema_and_keeps_what_csv_cannot()
    {
        var text = _rules.Run("list --catalog small --kind all --format json").Output;
        var entries = JsonNode.Parse(text)!["entries"]!.AsArray()
            .ToDictionary(entry => (string)entry!["id"]!, entry => entry!);

        Assert.Empty(
            new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema/catalog-list.schema.json"))).Check(text));
        Assert.Equal(14 - 1, entries.Count);
        Assert.Equal(["S2", "T1", "S3"],
            entries["small.exact"]["sources"]!.AsArray().Select(source => (string)source!["section"]!));
        Assert.Equal("Second handbook", (string)entries["small.exact"]["sources"]![1]!["title"]!);
        Assert.Equal("Read twice.", (string)entries["small.exact"]["note"]!);
        Assert.Equal("app", (string)entries["app-head"]["details"]!["is_a"]![0]!);
        Assert.Equal(["drsuapi", "samr"],
            entries["small.wide"]["services"]!.AsArray().Select(service => (string)service!));
        Assert.Empty(entries["small.exact"]["services"]!.AsArray());
        Assert.Equal("off", (string)entries["small.watched"]["details"]!["default"]![0]!);
        Assert.Equal("no-firewall", (string)entries["small.no-wall"]["details"]!["means"]![0]!);
        Assert.Equal("KB 1", (string)entries["small.restrict"]["details"]!["references"]![0]!);
    }

    [Fact]
    public void Markdown_escapes_what_would_end_a_cell()
    {
        var lines = _rules.Run("list --catalog small --kind all --format markdown").Output.Split('\n');

        Assert.Equal("| KIND | ID | CATALOG | TITLE | SOURCE |", lines[0]);
        Assert.Contains("| rule | small.exact | small | Store, \"main\" port \\| A | one:9; two:7-8; one:6 |", lines);
    }

    [Fact]
    public void Services_have_a_column_only_where_a_rule_of_the_list_names_any()
    {
        var some = _rules.Run("list --catalog small --format markdown").Output.Split('\n');
        var none = _rules.Run("list --catalog small --role watcher --format markdown").Output.Split('\n');

        Assert.Equal("| ID | FROM | TO | OVER | PROTOCOL | SECURITY | NEED | WHEN | SERVICES | SOURCE |", some[0]);
        Assert.Contains("| small.wide | app | store | tcp 1024-65535 |  | any | required |  | drsuapi samr | one:3 |",
            some);
        Assert.Equal("| ID | FROM | TO | OVER | PROTOCOL | SECURITY | NEED | WHEN | SOURCE |", none[0]);
    }

    [Fact]
    public void Without_a_catalog_all_are_listed()
    {
        var ids = Csv("--kind all", catalog: "").Select(line => line.Split(',')[2]).Distinct();

        Assert.Contains("small", ids);
        Assert.Contains("lync-server-2013", ids);
    }

    [Theory]
    [InlineData("list --kind port", "error: --kind: 'port' is unknown; known: role, condition, parameter, "
        + "rule, caution, advice, dependency, all")]
    [InlineData("list --format yaml",
        "error: --format: 'yaml' is unknown; known: table, csv, json, markdown")]
    [InlineData("list --catalog smal", "unknown catalog 'smal'; did you mean 'small'?")]
    [InlineData("list --catalog small --role ap", "error: unknown role 'ap'; did you mean 'app'?")]
    [InlineData("list small", "error: Unrecognized command or argument 'small'.")]
    public void A_wrong_argument_is_told_and_makes_exit_code_2(string commandLine, string expected)
    {
        var run = _rules.Run(commandLine);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(run.Errors, line => line.EndsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_usage_points_to_the_help_of_the_subcommand() =>
        Assert.EndsWith("error: see 'portaudit catalog list --help'\n", _rules.Run("list --kind x").Error,
            StringComparison.Ordinal);

    public void Dispose() => _rules.Dispose();

    private string[] Csv(string options, string catalog = "--catalog small ")
    {
        var run = _rules.Run($"list {catalog}{options} --format csv");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
