using PortAudit.Tests.Reports;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Cli.Commands;

/// <summary><c>policy check</c> and <c>policy query</c> on configurations.</summary>
public sealed class PolicyRunTests : IDisposable
{
    private const string Asa = """
        hostname fw1
        interface GigabitEthernet0/0
         nameif outside
         security-level 0
         ip address 198.51.100.1 255.255.255.0
        interface GigabitEthernet0/1
         nameif inside
         security-level 100
         ip address 10.1.0.1 255.255.0.0
        access-list outside_in extended deny tcp any any eq 23
        access-list outside_in extended permit tcp any host 10.1.0.5 eq 443
        access-list outside_in extended permit tcp any host 10.1.0.6 eq 23
        access-list outside_in extended permit tcp any host 10.1.0.5 eq https inactive
        access-group outside_in in interface outside
        """;

    private readonly ScratchDirectory _directory = new();

    [Fact]
    public void A_check_names_what_it_finds_and_fails_on_it()
    {
        var path = _directory.Write("fw.cfg", Asa);
        var run = CommandRun.Of("policy", "check", path);

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("fw1 (cisco-asa)\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{path}:12: 'outside_in 3' permits nothing: ", Joined(run.Output), StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("policy", "check", path, "--fail-on", "high").ExitCode);
    }

    [Fact]
    public void The_other_files_are_checked_when_one_is_no_configuration()
    {
        var (sound, poem) = (_directory.Write("fw.cfg", Asa), _directory.Write("poem.txt", "Two roads\n"));
        var run = CommandRun.Of("policy", "check", poem, sound);

        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("fw1 (cisco-asa)\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_meets_its_schema()
    {
        var run = CommandRun.Of("policy", "check", _directory.Write("fw.cfg", Asa), "--json", "-");

        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema", "policy-check.schema.json")))
            .Check(run.Output));
    }

    [Theory]
    [InlineData("443", "permitted", ":11: outside_in 2")]
    [InlineData("23", "dropped", ":10: outside_in 1")]
    public void A_query_names_the_rule_that_decides(string port, string outcome, string rule)
    {
        var run = CommandRun.Of("policy", "query", _directory.Write("fw.cfg", Asa), "--from", "198.51.100.7", "--to",
            "10.1.0.5", "--protocol", "tcp", "--port", port);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"{outcome}\n  from outside to inside\n", run.Output, StringComparison.Ordinal);
        Assert.Contains(rule, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_of_a_name_that_the_file_does_not_define_are_taken_from_the_command_line()
    {
        var path = _directory.Write("fw.cfg", Asa.Replace("host 10.1.0.5 eq 443", "object-group web eq 443",
            StringComparison.Ordinal));
        string[] query = ["policy", "query", path, "--from", "198.51.100.7", "--to", "10.1.0.5", "--protocol", "tcp",
            "--port", "443"];

        Assert.StartsWith("undecided", CommandRun.Of(query).Output, StringComparison.Ordinal);
        Assert.StartsWith("permitted", CommandRun.Of([.. query, "--addresses", "web=10.1.0.4-10.1.0.5,10.9.0.0/16"])
            .Output, StringComparison.Ordinal);
        var unused = CommandRun.Of([.. query, "--addresses", "wep=10.1.0.5"]);
        Assert.Equal("warning: --addresses: no rule names 'wep'", Assert.Single(unused.Errors));
    }

    [Theory]
    [InlineData("10.1.0.5", "--addresses wants NAME=ADDRESS, not '10.1.0.5'.")]
    [InlineData("web=10.1.0.x", "--addresses: '10.1.0.x' is no address, network or range.")]
    public void Addresses_that_cannot_be_read_are_told(string text, string expected)
    {
        var run = CommandRun.Of("policy", "check", _directory.Write("fw.cfg", Asa), "--addresses", text);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_packets_are_answered_in_rows()
    {
        var probes = _directory.Write("probes.csv", "source,destination,protocol,destination_port\n"
            + "198.51.100.7,10.1.0.5,tcp,443\n198.51.100.7,10.1.0.6,6,23\n");
        var run = CommandRun.Of("policy", "query", _directory.Write("fw.cfg", Asa), "--probes", probes);

        Assert.Equal((0, "outcome,rule,line\r\npermitted,outside_in 2,11\r\ndropped,outside_in 1,10\r\n"),
            (run.ExitCode, run.Output));
    }

    [Fact]
    public void A_list_that_the_file_does_not_have_is_told()
    {
        var run = CommandRun.Of("policy", "query", _directory.Write("fw.cfg", Asa), "--list", "outside_on", "--from",
            "::1", "--to", "::1", "--protocol", "tcp");

        Assert.Equal((2, "error: the file has no list 'outside_on'; did you mean 'outside_in'?"),
            (run.ExitCode, Assert.Single(run.Errors)));
    }

    public void Dispose() => _directory.Dispose();

    private static string Joined(string text) => text.Replace('\n', ' ');
}
