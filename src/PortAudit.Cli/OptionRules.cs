using System.CommandLine;
using System.CommandLine.Parsing;

namespace PortAudit.Cli;

/// <summary>Checks for the options of every command.</summary>
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

    /// <summary>Rejects an option as the value of another whose value was forgotten; System.CommandLine accepts
    /// it.</summary>
    private static void ForgottenValue(OptionResult result, HashSet<string> names)
    {
        if (result.Tokens.FirstOrDefault(token => names.Contains(token.Value)) is { } next)
            result.AddError($"{result.Option.Name} wants a value, and '{next.Value}' is an option.");
    }

    /// <summary>Rejects an empty path, as from an unset variable of a script.</summary>
    private static void EmptyPath(OptionResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
            result.AddError($"{result.Option.Name} has an empty value.");
    }
}
