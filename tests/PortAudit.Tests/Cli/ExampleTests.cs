using System.CommandLine;
using System.Text.RegularExpressions;
using PortAudit.Cli;
using PortAudit.Cli.Terminal;
using PortAudit.Tests.EndToEnd;

namespace PortAudit.Tests.Cli;

/// <summary>The examples of help.</summary>
public sealed partial class ExampleTests
{
    /// <summary>Commands whose examples depend on the machine or do not end by themselves.</summary>
    private static readonly string[] OfMachine = ["watch", "interfaces", "doctor"];

    /// <summary>Commands whose examples change or read files that others made.</summary>
    private static readonly string[] OfOthers = ["accept", "forget", "merge"];

    private const string Store = "flows.duckdb";

    /// <summary>Files that examples write.</summary>
    private static readonly string[] Written = ["baseline.json", Store, "flows.parquet"];

    /// <summary>Every command with what it stands below, the program itself as an empty text.</summary>
    public static TheoryData<string> Commands => [.. Below(Program(), "").Prepend("")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_an_example_that_works_with_the_files_of_the_repository(string command)
    {
        var description = command.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate((Command)Program(), (above, name) => above.Subcommands.Single(below => below.Name == name))
            .Description!;
        var example = Example().Match(description);
        Assert.True(example.Success, $"'{command}' has no example");
        var line = example.Groups[1].Value.Split(" | ")[0];
        Assert.StartsWith(command, line, StringComparison.Ordinal);
        using var directory = new TemporaryDirectory();
        string[] words = [.. line.Split(' ').Select(word => Written.Contains(word) ? directory[word] :
            word.Contains('/', StringComparison.Ordinal) || word == "rules" ? Repository.PathOf(word) : word)];

        Assert.Empty(Program().Parse(words).Errors);
        Assert.All(words.Where(word => Path.IsPathRooted(word)
            && !word.StartsWith(directory.Path, StringComparison.Ordinal)),
            path => Assert.True(Path.Exists(path), path));
        if (OfMachine.Contains(words[0]) || OfOthers.Contains(words[0]))
            return;
        if (words.Contains(directory[Store]) && !words.Contains("add"))
            CommandRun.Of("store", "add", LyncEdge.Outside, "--store", directory[Store]);
        var run = CommandRun.Of(words);
        Assert.InRange(run.ExitCode, 0, 1);
        Assert.DoesNotContain(run.Errors, error => error.StartsWith("error:", StringComparison.Ordinal));
        Assert.NotEmpty(run.Output);
    }

    private static IEnumerable<string> Below(Command command, string name) => command.Subcommands.SelectMany(below =>
        Below(below, $"{name} {below.Name}".Trim()).Prepend($"{name} {below.Name}".Trim()));

    private static RootCommand Program()
    {
        var environment = CommandEnvironment.OfProcess(CancellationToken.None);
        using var log = new DiagnosticLog(environment);
        return PortAuditCommand.Build([], environment, log);
    }

    [GeneratedRegex("Example: 'portaudit ([^']*)'")]
    private static partial Regex Example();
}
