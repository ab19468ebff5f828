using System.CommandLine;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Yaml;

namespace PortAudit.Cli.Input;

/// <summary>Options that several commands have, whose value is one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>The word of <c>--fail-on</c> with which no finding decides the exit code.</summary>
    public const string Never = "never";

    /// <summary><c>--color</c>: when to use colour.</summary>
    public static Option<string> Color(string description)
    {
        var option = new Option<string>("--color")
        {
            Description = description,
            DefaultValueFactory = _ => "auto",
        };
        option.AcceptWords("auto", "always", "never");
        return option;
    }

    /// <summary><c>--fail-on</c>: the least severity that makes exit code 1.</summary>
    public static Option<string> FailOn(string description)
    {
        var option = new Option<string>("--fail-on")
        {
            Description = description,
            HelpName = "SEVERITY",
            DefaultValueFactory = _ => Severity.Medium.ToText(),
        };
        option.AcceptWords([.. Enum.GetValues<Severity>().Select(severity => severity.ToText()), Never]);
        return option;
    }

    /// <summary>Accepts the words alone, and offers them for completion. Another one is an error that names the option
    /// and the word that was probably meant.</summary>
    public static void AcceptWords(this Option option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(token => token.Value).Except(words, StringComparer.Ordinal))
                result.AddError($"{option.Name}: {Spelling.Quote(word)} is unknown; "
                    + (Spelling.Nearest(word, words) is { } meant
                        ? $"did you mean {Spelling.Quote(meant)}?"
                        : $"known: {string.Join(", ", words)}"));
        });
    }

    /// <summary>The severity that a word of <c>--fail-on</c> names; null for <see cref="Never"/>.</summary>
    public static Severity? SeverityOf(string failOn) =>
        failOn == Never ? null : Enum.GetValues<Severity>().Single(severity => severity.ToText() == failOn);
}
