namespace PortAudit.Tests.Cli;

/// <summary><c>portaudit help</c>, and what wrong words are answered with.</summary>
public sealed class HelpCommandTests
{
    [Theory]
    [InlineData("help audit", "audit --help")]
    [InlineData("help policy check", "policy check --help")]
    [InlineData("help", "--help")]
    public void It_prints_what_the_option_prints(string words, string same)
    {
        var help = CommandRun.Of(words.Split(' '));

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Equal(CommandRun.Of(same.Split(' ')).Output, help.Output);
        Assert.Contains("Usage:", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_what_exit_codes_mean()
    {
        var help = CommandRun.Of("help", "exit-codes");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("\n  3  A capture is missing", help.Output, StringComparison.Ordinal);
        Assert.EndsWith("the first of 130, 2, 4, 3, 1 counts.\n", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help audt", "error: unknown command 'audt'; did you mean 'audit'?")]
    [InlineData("help policy chek", "error: unknown command 'chek'; did you mean 'check'?")]
    [InlineData("help exit-code", "error: unknown command 'exit-code'; did you mean 'exit-codes'?")]
    [InlineData("audit a.pcap --fail-on hihg", "error: --fail-on: 'hihg' is unknown; did you mean 'high'?")]
    [InlineData("flows a.pcap --format xml",
        "error: --format: 'xml' is unknown; known: table, csv, jsonl, json")]
    [InlineData("audit a.pcap --sitee s.yaml",
        "error: Unrecognized option '--sitee'; did you mean '--site'? Write './--sitee' for a file of that name.")]
    [InlineData("doctor --direktory", "error: Unrecognized option '--direktory'; did you mean '--directory'?")]
    public void A_wrong_word_is_named_with_what_was_meant(string words, string error)
    {
        var run = CommandRun.Of(words.Split(' '));

        Assert.Equal((2, error), (run.ExitCode, run.Errors[0]));
    }

    [Fact]
    public void A_report_is_readable_by_its_owner_alone_and_one_that_is_replaced_keeps_its_rights()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var directory = new TemporaryDirectory();
        Write();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory["a.json"]));
        var shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(directory["a.json"], shared);
        Write();
        Assert.Equal(shared, File.GetUnixFileMode(directory["a.json"]));

        void Write() => CommandRun.Of("audit", EndToEnd.LyncEdge.Outside, "--site", EndToEnd.LyncEdge.Site, "--json",
            directory["a.json"], "-q");
    }
}
