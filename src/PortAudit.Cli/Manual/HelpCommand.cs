using System.CommandLine;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Manual;

/// <summary><c>portaudit help [TOPIC…]</c>: the help of a command, or what exit codes mean.</summary>
/// <param name="environment">Where help is printed.</param>
/// <param name="log">Says what is not known.</param>
/// <param name="everything">Makes the program's command with all subcommands.</param>
internal sealed class HelpCommand(CommandEnvironment environment, DiagnosticLog log, Func<RootCommand> everything)
{
    private const string ExitCodes = "exit-codes";

    private readonly Argument<string[]> _topic = new("TOPIC")
    {
        Description = $"A command, such as 'audit' or 'policy check', or '{ExitCodes}'.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Command Build()
    {
        var command = new Command("help", $"Prints the help of a command, or with '{ExitCodes}' what exit codes mean. "
            + "Example: 'portaudit help policy check'. Exit codes: 0, 2 usage, 70 internal error.")
        {
            _topic,
        };
        _topic.CompletionSources.Add(_ => everything().Subcommands.Select(known => known.Name).Append(ExitCodes)
            .Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        command.SetAction(parsed => (int)Execute(parsed.GetValue(_topic) ?? []));
        return command;
    }

    private ExitCode Execute(string[] topic)
    {
        if (topic is [ExitCodes])
        {
            foreach (var (code, meaning) in ExitCodeText.All)
                environment.Output.Write($"{(int)code,3}  {meaning}\n");
            environment.Output.Write($"{ExitCodeText.Precedence}\n");
            return ExitCode.Success;
        }

        var root = everything();
        Command command = root;
        foreach (var name in topic)
        {
            if (command.Subcommands.FirstOrDefault(below => below.Name == name) is { } below)
            {
                command = below;
                continue;
            }

            string[] known = [.. command.Subcommands.Select(other => other.Name),
                .. command == root ? [ExitCodes] : Array.Empty<string>()];
            log.Error($"unknown command {Spelling.Quote(name)}"
                + (Spelling.Suggest(name, known) is { } suggestion ? $"; {suggestion}" : ""));
            return ExitCode.Usage;
        }

        root.Parse([.. topic, "--help"]).Invoke(new InvocationConfiguration { Output = environment.Output });
        return ExitCode.Success;
    }
}
