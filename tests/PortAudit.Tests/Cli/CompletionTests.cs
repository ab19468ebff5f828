using PortAudit.Cli.Completion;

namespace PortAudit.Tests.Cli;

/// <summary>What is suggested for a command line, and the scripts that ask for it.</summary>
public sealed class CompletionTests : IDisposable
{
    private static readonly string[] Others = ["zsh", "fish"];

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Shells that are on this machine and, with <c>-n</c>, read a script without running it. bash is on every
    /// machine that builds this.</summary>
    public static TheoryData<string> Shells =>
        [.. Others.Where(shell => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, shell)))).Prepend("bash")];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("portaudit ",
        "accept audit catalog compare completion doctor flows forget help interfaces learn man merge packets policy "
            + "roles store watch")]
    [InlineData("portaudit policy ", "check query")]
    [InlineData("portaudit policy query --protocol u", "udp")]
    [InlineData("portaudit policy query --hook i", "input")]
    [InlineData("portaudit c", "catalog compare completion")]
    [InlineData("portaudit --v", "--version")]
    [InlineData("portaudit unknown c", "catalog compare completion")]
    [InlineData("portaudit catalog ", "check compare list query show")]
    [InlineData("portaudit completion ", "bash fish pwsh zsh")]
    [InlineData("portaudit audit --s",
        "--sarif --save-site --save-state --segment --segments-csv --since --site --store")]
    [InlineData("portaudit audit --fail-on ", "critical high info low medium never")]
    [InlineData("portaudit audit --plot-s", "--plot-scale")]
    [InlineData("portaudit audit --plot-scale ", "1 2")]
    [InlineData("portaudit audit --plot-format ", "png svg")]
    [InlineData("portaudit flows --format ", "csv json jsonl table")]
    [InlineData("portaudit flows --format=", "--format=csv --format=json --format=jsonl --format=table")]
    [InlineData("portaudit flows --format=c", "--format=csv")]
    [InlineData("portaudit flows a.pcap --fo", "--format")]
    [InlineData("portaudit catalog list --catalog l", "lync-server-2013")]
    [InlineData("portaudit catalog list --catalog exchange l", "lync-server-2013")]
    [InlineData("portaudit catalog list --catalog exchange --k", "--kind")]
    [InlineData("portaudit catalog query --from lync-edge", "lync-edge lync-edge-internal")]
    [InlineData("portaudit catalog query --catalog exchange --from lync-edge", "")]
    [InlineData("portaudit catalog query --transport u", "udp")]
    [InlineData("portaudit catalog show lync.edge-internal.sip-",
        "lync.edge-internal.sip-in lync.edge-internal.sip-out")]
    [InlineData("portaudit catalog compare exchange l", "lync-server-2013")]
    [InlineData("portaudit roles --catalogs w", "windows-management windows-server")]
    public void A_word_is_completed_to_what_can_stand_there(string line, string expected) =>
        Assert.Equal(expected, Suggested(line));

    [Theory]
    [InlineData("portaudit audit ")]
    [InlineData("portaudit audit --site ")]
    [InlineData("portaudit flows --format csv ")]
    [InlineData("portaudit flows -- --f")]
    [InlineData("portaudit unknown-co")]
    public void Nothing_is_suggested_where_a_file_stands_or_nothing_fits(string line) => Assert.Empty(Suggested(line));

    [Fact]
    public void Where_nothing_but_options_can_stand_they_are_suggested() =>
        Assert.Equal("--directory --format --help -? -h", Suggested("portaudit doctor "));

    [Theory]
    [InlineData("portaudit flows --format csv --fo", "")]
    [InlineData("portaudit flows --summary --fo", "--format")]
    [InlineData("portaudit flows -r a.pcap --rea", "--read")]
    public void An_option_is_suggested_as_often_as_it_may_be_given(string line, string expected) =>
        Assert.Equal(expected, Suggested(line));

    [Theory]
    [InlineData("portaudit watch -i --site --sn")]
    [InlineData("portaudit watch -C many --threads 0 -q -v --sn")]
    [InlineData("portaudit watch -i 'lo --site' --site \"my site.yaml\" --sn")]
    public void A_line_that_is_wrong_as_yet_is_completed_all_the_same(string line) =>
        Assert.Equal("--snap-length", Suggested(line));

    [Theory]
    [InlineData("""portaudit flows "with space.pcap" --form""")]
    [InlineData("""portaudit flows 'with "space.pcap' --form""")]
    [InlineData("""portaudit flows with\ space.pcap --form""")]
    [InlineData("""portaudit flows "a \"b" '' --form""")]
    [InlineData("portaudit  flows\t--form")]
    [InlineData("""portaudit flows "--form""")]
    [InlineData("./portaudit flows --form")]
    [InlineData("'/a b/portaudit' flows --form")]
    [InlineData("/usr/bin/renamed flows --form")]
    [InlineData("COLUMNS=80 sudo portaudit flows --form")]
    public void Words_are_those_of_a_shell(string line) => Assert.Equal("--format", Suggested(line));

    [Theory]
    [InlineData(12, "audit")]
    [InlineData(99, "--format")]
    [InlineData(0, "accept audit catalog compare completion doctor flows forget help interfaces learn man merge "
        + "packets policy roles store watch")]
    public void What_stands_behind_the_cursor_does_not_count(int position, string expected) =>
        Assert.Equal(expected, string.Join(' ', CommandRun.Of($"[suggest:{position}]", position == 12
            ? "portaudit au --format csv"
            : "portaudit flows --form").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("[suggest]")]
    [InlineData("[suggest:x]", "portaudit ")]
    [InlineData("[suggest:1]", "portaudit", "a")]
    public void What_is_no_such_request_is_wrong_usage(params string[] args)
    {
        var run = CommandRun.Of(args);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void A_shell_finds_no_fault_in_its_script(string shell)
    {
        var (code, output, error) = PublishedProgram.Run(_directory.Path, [shell, "-n", Script(shell)]);
        Assert.Equal((0, "", ""), (code, output, error));
    }

    [Theory]
    [InlineData("portaudit", "portaudit c", "c", "catalog compare completion")]
    [InlineData("portaudit", "portaudit flows --format=t", "t", "table")]
    [InlineData("portaudit", "portaudit flows --form", "--form", "--format")]
    [InlineData("portaudit", "portaudit flows 'with space.pcap' --format c|sv --summary", "c", "csv")]
    [InlineData("portaudit", "portaudit audit --site ", "", "")]
    [InlineData("./portaudit", "./portaudit doc", "doc", "doctor")]
    [InlineData(@"sub\ folder/portaudit", @"sub\ folder/portaudit doc", "doc", "doctor")]
    [InlineData("~/portaudit", "~/portaudit doc", "doc", "doctor")]
    [InlineData("alias", "alias doc", "doc", "doctor")]
    public void Bash_completes_with_the_program_that_the_line_names(string program, string line, string word,
        string expected)
    {
        Directory.CreateDirectory(_directory["sub folder"]);
        foreach (var path in new[] { "portaudit", "sub folder/portaudit" })
        {
            File.WriteAllText(_directory[path], $"#!/bin/sh\nexec {PublishedProgram.ShellWords} \"$@\"\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_directory[path], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        // Programs on the path are found in the folder only where the line names no path.
        const string Complete = """
            export DOTNET_CLI_HOME=${HOME-} HOME=$PWD
            [[ $2 == */* ]] || PATH=$PWD:$PATH
            source "$1"
            COMP_LINE=${3/|/} COMP_POINT=${#3}
            [[ $3 == *'|'* ]] && before=${3%%'|'*} COMP_POINT=${#before}
            _portaudit "$2" "$4" ''
            echo "${COMPREPLY[*]}"
            """;
        var (code, output, error) = PublishedProgram.Run(_directory.Path,
            ["bash", "--norc", "-c", Complete, "bash", Script("bash"), program, line, word]);

        Assert.Equal((0, expected + "\n", ""), (code, output, error));
    }

    [Fact]
    public void Bash_registers_the_function_for_this_program_alone_and_files_where_it_says_nothing()
    {
        var (_, output, _) = PublishedProgram.Run(_directory.Path,
            ["bash", "--norc", "-c", "source \"$1\"; complete -p; declare -F", "bash", Script("bash")]);
        Assert.Equal("complete -o bashdefault -o default -F _portaudit portaudit\ndeclare -f _portaudit\n", output);
    }

    [Fact]
    public void Help_tells_how_to_install_each_script()
    {
        var help = CommandRun.Of("completion", "--help").Output;
        Assert.All(CompletionShell.All, shell => Assert.Contains(shell.Install, help, StringComparison.Ordinal));
    }

    private static string Suggested(string line)
    {
        var run = CommandRun.Of("[suggest]", line);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return string.Join(' ', run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Writes the script of a shell to a file.</summary>
    private string Script(string shell)
    {
        var run = CommandRun.Of("completion", shell);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        File.WriteAllText(_directory["script"], run.Output);
        return _directory["script"];
    }
}
