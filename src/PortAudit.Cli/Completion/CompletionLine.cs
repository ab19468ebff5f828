using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PortAudit.Reports.Baseline;

namespace PortAudit.Cli.Completion;

/// <summary>A command line that a shell asks to complete.</summary>
/// <param name="Words">The words between the name of the program and the one at the cursor, without quotes.</param>
/// <param name="Word">The word at the cursor, as far as the cursor; empty when none has begun.</param>
internal sealed record CompletionLine(ImmutableArray<string> Words, string Word)
{
    private const string Whole = "[suggest]";
    private const string Begin = "[suggest:";
    private const string BeforeEscapes = "\"\\$`";

    /// <summary>
    /// Reads the request <c>[suggest:POSITION] LINE</c>, as System.CommandLine has it: the line begins with the
    /// program, however it was called, and the cursor stands at the position, or at the end without one. Null for every
    /// other command line.
    /// </summary>
    /// <remarks>Not its own SuggestDirective, which looks behind the cursor, knows only double quotes, fails on values
    /// with spaces, and offers only values after a repeatable option.</remarks>
    public static CompletionLine? TryRead(IReadOnlyList<string> args)
    {
        if (args is not [var directive, var line])
            return null;
        if (directive == Whole)
            return Read(line);
        return directive.StartsWith(Begin, StringComparison.Ordinal) && directive.EndsWith(']')
            && int.TryParse(directive.AsSpan(Begin.Length..^1), NumberStyles.None, CultureInfo.InvariantCulture,
                out var position)
            ? Read(line[..Math.Min(position, line.Length)])
            : null;
    }

    private static CompletionLine Read(string line)
    {
        var (words, word) = Split(line);
        return new CompletionLine([.. words.Skip(1 + Math.Max(0, words.FindIndex(IsProgram)))], word);
    }

    /// <summary>True for the program's name, alone or behind a path: variables and <c>sudo</c> may stand before
    /// it.</summary>
    private static bool IsProgram(string word) =>
        Path.GetFileName(word) is AuditRun.ToolName or $"{AuditRun.ToolName}.exe";

    /// <summary>The words of a line, parted and quoted as POSIX shells do (IEEE Std 1003.1, Shell Command Language,
    /// 2.2); the last one, which may have an open quote, apart.</summary>
    private static (List<string> Words, string Last) Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var hasBegun = false;
        for (var i = 0; i < line.Length; i++)
        {
            var character = line[i];
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (hasBegun)
                    words.Add(word.ToString());
                word.Clear();
                hasBegun = false;
                continue;
            }

            hasBegun = true;
            if (character == quote)
                quote = '\0';
            else if (quote == '\0' && character is '\'' or '"')
                quote = character;
            else
                word.Append(IsEscape(line, i, quote) ? line[++i] : character);
        }

        return (words, word.ToString());
    }

    private static bool IsEscape(string line, int at,
        char quote) => line[at] == '\\' && at + 1 < line.Length && quote switch
        {
            '\0' => true,
            '"' => BeforeEscapes.Contains(line[at + 1]),
            _ => false,
        };
}
