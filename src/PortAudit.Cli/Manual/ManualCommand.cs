using System.CommandLine;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Manual;

/// <summary><c>portaudit man</c>: the manual page, made of what help shows.</summary>
/// <param name="environment">Where the page is printed.</param>
/// <param name="everything">Makes the program's command with all subcommands.</param>
internal sealed class ManualCommand(CommandEnvironment environment, Func<RootCommand> everything)
{
    public Command Build()
    {
        var command = new Command("man", "Prints the manual page, for man(1). Example: 'portaudit man | man -l -'. "
            + "Exit codes: 0, 2 usage, 70 internal error.");
        command.SetAction(_ =>
        {
            ManualPage.Write(everything(), environment.Output);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
