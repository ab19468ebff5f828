using System.Diagnostics;
using PortAudit.Cli;
using PortAudit.Cli.Terminal;

namespace PortAudit.Tests.Cli;

public sealed class PortAuditCommandTests
{
    [Theory]
    [InlineData("", "error: Required command was not provided.")]
    [InlineData("listen",
        "error: unknown command 'listen'; known: accept, audit, catalog, compare, completion, doctor, flows, "
            + "forget, help, interfaces, learn, man, merge, packets, policy, roles, store, watch")]
    [InlineData("audt a.pcap --site s.yaml", "error: unknown command 'audt'; did you mean 'audit'?")]
    [InlineData("catalog lsit", "error: unknown command 'lsit'; did you mean 'list'?")]
    [InlineData("completion tcsh", "error: Argument 'tcsh' not recognized. Must be one of: 'bash' 'zsh' 'fish' 'pwsh'")]
    [InlineData("watch -i", "error: Required argument missing for option: '-i'.")]
    [InlineData("audit", "error: No capture is given.")]
    [InlineData("audit a.pcap --site s.yaml --html x",
        "error: Unrecognized option '--html'; write './--html' for a file of that name.")]
    [InlineData("audit a.pcap --site s.yaml --fail-on grave",
        "error: --fail-on: 'grave' is unknown; known: info, low, medium, high, critical, never")]
    [InlineData("flows --forma csv a.pcap",
        "error: Unrecognized option '--forma'; did you mean '--format'? Write './--forma' for a file of that name.")]
    [InlineData("roles a.pcap --fail-on low",
        "error: --fail-on needs a site: name it with --site.")]
    [InlineData("flows", "error: No capture is given.")]
    [InlineData("flows -r", "error: Required argument missing for option: '-r'.")]
    [InlineData("flows --format xml a.pcap",
        "error: --format: 'xml' is unknown; known: table, csv, jsonl, json")]
    [InlineData("flows --format json a.pcap",
        "error: --format json is not for a list of flows; use one of table, csv, jsonl.")]
    [InlineData("flows a.pcap --summary --sort bytes",
        "error: --summary lists no flows, so --sort has no effect: use one of them")]
    [InlineData("flows a.pcap --top 5", "error: --top needs --sort.")]
    [InlineData("flows a.pcap --sort bites", "error: --sort: there is no column 'bites'; did you mean 'bytes'?")]
    [InlineData("flows a.pcap --columns start,vlam",
        "error: --columns: there is no column 'vlam'; did you mean 'vlan'?")]
    [InlineData("flows a.pcap --columns originator_roles",
        "error: --columns: the column originator_roles needs --site.")]
    [InlineData("flows a.pcap --host fe01",
        "error: --host: 'fe01' is not an address; the name of a host needs --site.")]
    [InlineData("audit a.pcap --net 10.0.0.0",
        "error: --net: '10.0.0.0' is not a network; write ADDRESS/LENGTH, for example 10.1.0.0/16.")]
    [InlineData("audit a.pcap --port 70000",
        "error: --port: '70000' is not a port or a range; write N or N-M with numbers from 0 to 65535.")]
    [InlineData("audit a.pcap --port 9-8", "error: --port: the range 9-8 ends before it begins.")]
    [InlineData("flows a.pcap --protocol kerberoz",
        "error: --protocol: unknown protocol 'kerberoz'; did you mean 'kerberos'?")]
    [InlineData("flows a.pcap --role fe", "error: --role needs --site.")]
    [InlineData("audit a.pcap --segment dmz", "error: --segment needs --site.")]
    [InlineData("flows a.pcap --since 2013-05-14T08:00:00Z --until 2013-05-14T08:00:00Z",
        "error: --since has to be before --until, which is exclusive.")]
    [InlineData("flows a.pcap --since noon", "error: --since: 'noon' is not a time; write it as "
        + "2013-05-14T08:00:00Z, with an offset such as +02:00, or without one for local time, as '2013-05-14 08:00'.")]
    [InlineData("audit a.pcap --policy fw.txt --port 443",
        "error: --policy: rules for what a selection leaves out would look unused; leave out --policy or the "
            + "selection.")]
    [InlineData("flows - -r -", "error: Standard input ('-') can be read only once.")]
    [InlineData("flows -qv a.pcap", "error: -q and -v exclude each other.")]
    [InlineData("flows a.pcap --threads 99999999999",
        "error: --threads wants a number from 1 to 2147483647; '99999999999' is not.")]
    [InlineData("audit a.pcap --plots p --plot-scale 3", "error: --plot-scale wants a number from 1 to 2; '3' is not.")]
    [InlineData("audit a.pcap --plots p --plot-scale 1.5",
        "error: --plot-scale wants a number from 1 to 2; '1.5' is not.")]
    [InlineData("audit a.pcap --plots p --plot-scale x2",
        "error: --plot-scale wants a number from 1 to 2; 'x2' is not.")]
    [InlineData("audit a.pcap --plot-scale 2", "error: --plot-scale needs --plots.")]
    [InlineData("audit a.pcap --plots p --plot-format svg --plot-scale 2",
        "error: --plot-scale is for png: svg has no pixels.")]
    [InlineData("watch -i lo --site s.yaml -s 99999999999",
        "error: -s wants a number from 1 to 262144; '99999999999' is not.")]
    [InlineData("watch -i lo --site s.yaml -c many",
        "error: -c wants a number from 1 to 9223372036854775807; 'many' is not.")]
    [InlineData("watch -i lo --site s.yaml -w x -C 0",
        "error: -C wants a number from 0.000001 to 1000000000; '0' is not.")]
    [InlineData("catalog query --from a --to b --transport TCP --port 5",
        "error: 'TCP' is not a transport; use tcp, udp, icmp, icmp6, sctp or ip:N with N from 0 to 255.")]
    public void Wrong_usage_is_told_in_one_line_and_makes_exit_code_2(string commandLine, string line)
    {
        var run = CommandRun.Of(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(line, run.Error.Split('\n'));
        Assert.All(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            each => Assert.StartsWith("error: ", each, StringComparison.Ordinal));
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--json", "audit", "a.pcap", "--site", "s.yaml")]
    [InlineData("--evidence", "audit", "a.pcap", "--site", "s.yaml")]
    [InlineData("--plots", "audit", "a.pcap", "--site", "s.yaml")]
    [InlineData("--site", "flows", "a.pcap")]
    [InlineData("-w", "watch", "-i", "lo", "--site", "s.yaml")]
    [InlineData("--state", "watch", "-i", "lo", "--site", "s.yaml")]
    [InlineData("--rules", "catalog", "list")]
    public void An_option_that_names_a_file_does_not_name_nothing(string option, params string[] command)
    {
        var run = CommandRun.Of([.. command, option, ""]);
        Assert.Equal((2, $"error: {option} has an empty value."), (run.ExitCode, run.Errors[0]));
    }

    [Theory]
    [InlineData("flows a.pcap --format -q", "--format", "-q")]
    [InlineData("flows a.pcap --site --summary", "--site", "--summary")]
    [InlineData("audit a.pcap --site s.yaml --json -v", "--json", "-v")]
    [InlineData("audit a.pcap --site s.yaml --fail-on --quiet", "--fail-on", "--quiet")]
    [InlineData("roles a.pcap --minimum-confidence --catalogs exchange", "--minimum-confidence", "--catalogs")]
    [InlineData("catalog list --kind --format csv", "--kind", "--format")]
    public void The_option_behind_one_without_a_value_is_not_its_value(string commandLine, string option, string next)
    {
        var run = CommandRun.Of(commandLine.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"error: {option} wants a value, and '{next}' is an option.", run.Errors);
    }

    [Fact]
    public void A_command_line_that_names_a_command_needs_that_one_alone()
    {
        var environment = CommandEnvironment.OfProcess(CancellationToken.None);
        using var log = new DiagnosticLog(environment);
        IEnumerable<string> Named(params string[] args) =>
            PortAuditCommand.Build(args, environment, log).Subcommands.Select(command => command.Name);

        Assert.Equal(
            ["audit", "flows", "learn", "accept", "forget", "roles", "compare", "packets", "merge", "store",
                "policy", "catalog", "watch", "interfaces", "doctor", "completion", "help", "man"],
            Named());
        Assert.All(Named(), name => Assert.Equal([name], Named(name, "-h")));
        Assert.Equal(Named(), Named("--help"));
    }

    [Fact]
    public void Of_an_unknown_command_nothing_else_is_told() =>
        Assert.Equal(["error: unknown command 'audt'; did you mean 'audit'?", "error: see 'portaudit --help'"],
            CommandRun.Of("audt", "a.pcap", "--site", "s.yaml").Errors);

    [Fact]
    public void Wrong_usage_points_to_the_help_of_the_command() =>
        Assert.EndsWith("error: see 'portaudit flows --help'\n", CommandRun.Of("flows").Error,
            StringComparison.Ordinal);

    [Fact]
    public void Characters_of_the_command_line_are_shown_not_obeyed()
    {
        var run = CommandRun.Of("\u001b[2Jx");
        Assert.Contains("'\\u{001B}[2Jx'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Error);
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_told_as_such()
    {
        var run = CommandRun.Of("flows", "caf\uFFFD.pcap");
        Assert.Equal((3, "error: caf\\u{FFFD}.pcap: its name is not UTF-8, and .NET cannot open such files; rename it, "
            + "or give it as standard input ('-')"), (run.ExitCode, run.Errors[0]));
    }

    [Fact]
    public void The_version_goes_to_standard_output()
    {
        var run = CommandRun.Of("--version");
        Assert.Equal((0, $"portaudit {ProgramVersion.Text}"), (run.ExitCode, run.Output.TrimEnd()));
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+(-[a-z0-9.]+)?$", ProgramVersion.Text);
    }

    [Theory]
    [InlineData("audit", "--site")]
    [InlineData("audit", "--json")]
    [InlineData("audit", "--fail-on")]
    [InlineData("flows", "--format")]
    public void Help_names_the_options_and_succeeds(string command, string option)
    {
        var run = CommandRun.Of(command, "-h");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(option, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_itself_writes_diagnostics_to_standard_error_and_returns_the_exit_code()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [typeof(PortAuditCommand).Assembly.Location, "flows"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("error: No capture is given.\nerror: see 'portaudit flows --help'\n",
            error.ReplaceLineEndings("\n"));
        Assert.Equal((2, ""), (process.ExitCode, await output));
    }
}
