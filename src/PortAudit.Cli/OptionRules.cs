using System.CommandLine;
using System.CommandLine.Parsing;

namespace PortAudit.Cli;

/// <summary>What holds for the options of every command.</summary>
internal static class OptionRules
{
    private static readonly string[] NamesOfPaths = ["FILE", "DIR"];

    /// <summary>Adds the rules to the options of a command and of those below it.</summary>
    public static void AddTo(Command command)
    {
        var names = command.Options.SelectMany(option => option.Aliases.Prepend(option.Name))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var option in command.Options)
            option.Validators.Add(result => ForgottenValue(result, names));
        foreach (var option in command.Options.Where(option =>
            option.ValueType == typeof(string) && NamesOfPaths.Contains(option.HelpName)))
            option.Validators.Add(EmptyPath);
        foreach (var below in command.Subcommands)
            AddTo(below);
    }

    /// <summary>An option whose value was forgotten does not take the option behind it for one, as System.CommandLine
    /// does, whose AcceptOnlyFromAmong lets it pass, too.</summary>
    private static void ForgottenValue(OptionResult result, HashSet<string> names)
    {
        if (result.Tokens.FirstOrDefault(token => names.Contains(token.Value)) is { } next)
            result.AddError($"{result.Option.Name} wants a value, and '{next.Value}' is an option.");
    }

    /// <summary>An option that names one file or directory names one, which an unset variable of a script does
    /// not.</summary>
    private static void EmptyPath(OptionResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
            result.AddError($"{result.Option.Name} names nothing: its value is empty.");
    }
}
