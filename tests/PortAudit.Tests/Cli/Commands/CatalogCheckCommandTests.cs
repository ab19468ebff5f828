using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Cli.Commands;

public sealed class CatalogCheckCommandTests : IDisposable
{
    private const string Source = "source: { document: express-for-lync, section: S, lines: [1] }";

    private const string UnknownSource = "source: { document: express-for-link, section: S, lines: [1] }";
    private const string UnknownInterface = "via: { announced-by: dcerpc, services: [samr, netlogn] }";
    private const string Pair = "from: a, to: b, transport: tcp";

    private readonly ScratchDirectory _directory = new();

    [Fact]
    public void What_is_shipped_has_no_fault()
    {
        var run = CommandRun.Of("catalog", "check");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("rules/lync-server-2013.yaml: no fault in ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_input_is_told_with_its_place_and_what_to_write_all_in_one_run()
    {
        var first = _directory.Write("first.yaml", $$"""
            catalog: first
            title: First
            roles:
              a: { title: A, isA: b }
              b: { title: B, isA: a }
            rules:
              - { id: r1, title: R, {{Pair}}, ports: 1, need: required, {{Source}} }
              - { id: r1, title: R, {{Pair}}, ports: 1, need: required, {{Source}} }
              - { id: r2, title: R, from: aa, to: b, transport: tcp, ports: 1, need: required, {{Source}} }
              - { id: r3, title: R, {{Pair}}, ports: 1, protocol: htpt, need: required, {{Source}} }
              - { id: r4, title: R, {{Pair}}, ports: 1, need: conditional, when: c, {{Source}} }
              - { id: r5, title: R, {{Pair}}, ports: { parameter: p }, need: required, {{Source}} }
              - { id: r6, title: R, {{Pair}}, ports: 1, need: required, {{UnknownSource}} }
              - { id: r7, title: R, {{Pair}}, ports: 0, need: required, {{Source}} }
              - { id: r8, title: R, {{Pair}}, ports: 70000, need: required, {{Source}} }
              - { id: r9, title: R, {{Pair}}, ports: 1, need: required, {{UnknownInterface}}, {{Source}} }
            """);
        var second = _directory.Write("second.yaml", $$"""
            catalog: second
            title: Second
            roles: { a: { title: A } }
            rules:
              - { id: s1, title: R, from: a, to: a, transport: tcp, ports: 5020-5000, need: required, {{Source}} }
              - { id: s2, title: R, from: a, to: a, transport: tcp, ports: 1024-65536, need: required, {{Source}} }
              - { id: s3, title: R, from: a, to: a, transport: tcp, ports: 1, need: required }
            """);

        string[] expected =
        [
            $"error: {first}:4:3: 'isA' forms a cycle: a -> b -> a; remove one 'isA'",
            $"error: {first}:8:11: rule 'r1' is defined twice, first in line 7; give one of them another identifier",
            $"error: {first}:9:31: unknown role 'aa'; did you mean 'a'?",
            $"error: {first}:10:77: unknown protocol 'htpt'; did you mean 'http'?",
            $"error: {first}:11:92: unknown condition 'c'; define it under 'conditions'",
            $"error: {first}:12:77: unknown parameter 'p'; define it under 'parameters'",
            $"error: {first}:13:103: unknown document 'express-for-link'; did you mean 'express-for-lync'?",
            $"error: {first}:14:64: 0 is not a port; ports run from 1 to 65535",
            $"error: {first}:15:64: '70000' is beyond 65535, the highest port; ports run from 1 to 65535",
            $"error: {first}:16:129: unknown RPC interface 'netlogn'; did you mean 'netlogon'?",
            $"error: {second}:5:64: the range 5020-5000 runs backwards; write 5000-5020",
            $"error: {second}:6:64: '65536' is beyond 65535, the highest port; ports run from 1 to 65535",
            $"error: {second}:7:5: a rule lacks 'source'; write source: {{ document: ID, section: HEADINGS, lines: [N] "
                + $"}}",
        ];
        foreach (var run in new[] { CommandRun.Of("catalog", "check", first, second),
            CommandRun.Of("catalog", "check", _directory.Path) })
        {
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Equal(expected, run.Errors);
        }
    }

    [Fact]
    public void A_sound_catalog_is_said_to_be_sound()
    {
        using var rules = new CatalogRules();

        Assert.Equal((0, $"{rules.Catalog}: no fault in 4 rules\n"),
            (Check(rules.Catalog).ExitCode, Check(rules.Catalog).Output));
        Assert.Equal(Check(rules.Catalog), Check(rules.Path));
        Assert.Equal((0, ""), (Check(Path.Combine(rules.Path, "sources.yaml")).ExitCode, Check(rules.Path).Error));
    }

    [Theory]
    [InlineData("", "0 rules")]
    [InlineData("{ id: own.r, title: R, from: any, to: own-a, transport: tcp, ports: 80, need: optional, source: { "
        + "document: kb-832017, section: S, lines: [1] } }", "1 rule")]
    public void Rules_are_counted_in_words(string rules, string expected) =>
        Assert.Equal((0, expected),
            (Check(Own(rules)).ExitCode, Check(Own(rules)).Output.Trim().Split("no fault in ")[^1]));

    [Fact]
    public void A_catalog_is_held_against_the_shipped_ones()
    {
        var path = _directory.Write("own.yaml",
            "catalog: own\ntitle: O\nroles: { lync-server: { title: L, partOf: x }, x: { title: X } }\nrules: []\n");

        Assert.StartsWith($"error: {path}:3:10: role 'lync-server' has another 'isA' or 'partOf' in catalog",
            Assert.Single(Check(path).Errors), StringComparison.Ordinal);
        Assert.Equal(2, Check(_directory.Path).ExitCode);
    }

    [Fact]
    public void A_site_is_checked_with_its_catalogs()
    {
        var sound = _directory.Write("site.yaml", "site: S\ncatalogs: [lync-server-2013]\nhosts: [{ name: h, "
            + "addresses: [10.0.0.1], roles: [lync-server] }]\n");
        var faulty = _directory.Write("faulty.yaml", "site: S\ncatalogs: [lync-server-2013]\nhosts: [{ name: h, "
            + "addresses: [10.0.0.1], roles: [lync-servr] }]\n");

        Assert.Equal((0, "no fault in 1 site\n"), (Check(sound).ExitCode, Check(sound).Output));
        Assert.Equal($"error: {faulty}:3:51: unknown role 'lync-servr'; did you mean 'lync-server'?",
            Assert.Single(Check(faulty).Errors));
    }

    [Theory]
    [InlineData("none.yaml", "error: none.yaml: no such file")]
    [InlineData("--fix", "error: Unrecognized option '--fix'; write './--fix' for a file of that name.")]
    public void A_wrong_argument_is_told_and_makes_exit_code_2(string argument, string expected)
    {
        var run = Check(argument);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Errors);
    }

    public void Dispose() => _directory.Dispose();

    private static CommandRun Check(string path) => CommandRun.Of("catalog", "check", path);

    private string Own(string rules) => _directory.Write("counted.yaml",
        $"catalog: own\ntitle: O\nroles: {{ own-a: {{ title: A }} }}\nrules: [{rules}]\n");
}
