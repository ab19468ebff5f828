using System.CommandLine;
using System.CommandLine.Parsing;

namespace PortAudit.Cli.Completion;

/// <summary>What a word of a command line can be completed to.</summary>
internal static class Suggestions
{
    /// <summary>The completions of the word at the cursor, in ordinal order; none where a file or other open value is
    /// expected.</summary>
    /// <param name="parsed">The words before the one at the cursor.</param>
    /// <param name="word">That one.</param>
    public static IEnumerable<string> Of(ParseResult parsed, string word) =>
        All(parsed, word).Where(text => text.StartsWith(word, StringComparison.Ordinal)).Distinct()
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> All(ParseResult parsed, string word)
    {
        var command = parsed.CommandResult.Command;
        var areOptionsOver = parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash);
        var mayBeOption = !areOptionsOver && word.StartsWith('-');
        if (!areOptionsOver && Awaiting(parsed, mayBeOption) is { } option)
            return Values(option, parsed);
        if (mayBeOption)
            return word.IndexOf('=') is > 0 and var at ? ValuesBehind(word[..at], parsed) : Names(parsed);
        if (command.Arguments.Count > 0 || areOptionsOver)
            return command.Arguments.SelectMany(argument => argument.CompletionSources)
                .SelectMany(source => source(parsed.GetCompletionContext())).Select(item => item.Label);
        return command.Subcommands.Count > 0
            ? command.Subcommands.Where(each => !each.Hidden).Select(each => each.Name)
            : Names(parsed);
    }

    /// <summary>The option whose value comes next; one with several values takes another that does not look like an
    /// option.</summary>
    private static Option? Awaiting(ParseResult parsed, bool mayBeOption)
    {
        var behind = parsed.Tokens.Reverse().TakeWhile(token => token.Type == TokenType.Argument).Count();
        if (behind == parsed.Tokens.Count || parsed.Tokens[^(behind + 1)] is not { Type: TokenType.Option } last
            || Find(last.Value, parsed) is not { } option || !TakesValue(option))
            return null;
        return behind == 0 || (option.AllowMultipleArgumentsPerToken && !mayBeOption) ? option : null;
    }

    // Flags can take a value, but nobody does that.
    private static bool TakesValue(Option option) =>
        option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    private static IEnumerable<string> Values(Option option, ParseResult parsed) =>
        option.CompletionSources.SelectMany(source => source(parsed.GetCompletionContext())).Select(item => item.Label);

    private static IEnumerable<string> ValuesBehind(string name, ParseResult parsed) =>
        Find(name, parsed) is { } option && TakesValue(option)
            ? Values(option, parsed).Select(value => $"{name}={value}")
            : [];

    /// <summary>The names of the options that can still be given.</summary>
    private static IEnumerable<string> Names(ParseResult parsed) =>
        OptionsOf(parsed).Where(option => !option.Hidden && (option.Arity.MaximumNumberOfValues > 1 || parsed.GetResult(
            option) is not { Implicit: false })).SelectMany(NamesOf).Where(name => name.StartsWith('-'));

    private static Option? Find(string name, ParseResult parsed) =>
        OptionsOf(parsed).FirstOrDefault(option => NamesOf(option).Contains(name));

    private static IEnumerable<string> NamesOf(Option option) => option.Aliases.Prepend(option.Name);

    private static IEnumerable<Option> OptionsOf(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        return command.Command.Options.Concat(parsed.RootCommandResult == command
            ? []
            : parsed.RootCommandResult.Command.Options.Where(option => option.Recursive));
    }
}
