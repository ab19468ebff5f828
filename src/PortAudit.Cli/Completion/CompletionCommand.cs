using System.CommandLine;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Completion;

/// <summary><c>portaudit completion</c>: what makes a shell complete this program's command lines.</summary>
internal sealed class CompletionCommand(CommandEnvironment environment)
{
    private readonly Argument<string> _shell = new("SHELL")
    {
        Description =
        "The shell that is to complete. To install it:"
    };

    public Command Build()
    {
        _shell.AcceptOnlyFromAmong([.. CompletionShell.All.Select(shell => shell.Name)]);
        var width = CompletionShell.All.Max(shell => shell.Name.Length);
        _shell.Description += string.Concat(CompletionShell.All.Select(shell =>
            $"\n{shell.Name.PadRight(width)}  {shell.Install}"));
        var command = new Command("completion", "Prints a script that makes a shell complete commands, options and "
            + "values. Example: 'portaudit completion bash'. Exit codes: 0, 2 usage, 70 internal error.")
        {
            _shell,
        };
        command.SetAction(parsed =>
        {
            environment.Output.Write(CompletionShell.All.Single(shell => shell.Name == parsed.GetValue(_shell)).Script);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
