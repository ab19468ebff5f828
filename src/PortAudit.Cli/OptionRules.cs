using System.CommandLine;

namespace PortAudit.Cli;

/// <summary>What holds for the options of every command.</summary>
internal static class OptionRules
{
    private static readonly string[] NamesOfPaths = ["FILE", "DIR"];

    /// <summary>Adds the rules to a command and to those below it: an option that names one file or directory names one, which an unset variable of a script does not.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in command.Options.Where(option => option.ValueType == typeof(string) && NamesOfPaths.Contains(option.HelpName)))
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => token.Value.Length == 0))
                    result.AddError($"{option.Name} names nothing: its value is empty.");
            });
        }

        foreach (var below in command.Subcommands)
            AddTo(below);
    }
}
