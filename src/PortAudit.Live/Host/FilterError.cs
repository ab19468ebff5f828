using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PortAudit.Live.Host;

/// <summary>What is wrong with a capture filter, and where. libpcap gives no position; if its message names a word that
/// occurs once in the filter, that is the position. Syntax errors have none.</summary>
/// <param name="Expression">The filter as it was given.</param>
/// <param name="Text">libpcap's message.</param>
/// <param name="Position">Index in <paramref name="Expression"/> of the first character that the message is about; null
/// if unknown.</param>
/// <param name="Length">How many characters it is about; 0 without a position.</param>
public sealed partial record FilterError(string Expression, string Text, int? Position, int Length)
{
    /// <summary>What parts the words of a filter: a word that is looked for must stand between these.</summary>
    private static readonly SearchValues<char> Between = SearchValues.Create(" \t\r\n()[]!&|<>=+-*/^%,");

    /// <summary>What is wrong with the characters of a filter; null when nothing is.</summary>
    internal static FilterError? OfCharacters(string expression) =>
        expression.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var position
            ? new FilterError(expression, "a filter holds no character 0", position, 1)
            : null;

    /// <summary>Finds the position that a message of <c>pcap_compile</c> names.</summary>
    internal static FilterError Of(string expression, string message)
    {
        foreach (Match named in NamedWord().Matches(message))
        {
            var word = named.Groups.Values.Skip(1).First(group => group.Success).Value;
            if (SoleIndexOf(expression, word) is { } position)
                return new FilterError(expression, message, position, word.Length);
        }

        return new FilterError(expression, message, null, 0);
    }

    /// <summary>The filter with a line below it that points at the position, or says that it is unknown.</summary>
    public IReadOnlyList<string> ToLines() => Position is { } position
        ? [Expression, new string(' ', new StringInfo(Expression[..position]).LengthInTextElements)
            + new string('^', Length)]
        : [Expression, "libpcap does not say where in the filter"];

    /// <summary>Index of a word that stands once; null when it stands nowhere, or more than once.</summary>
    private static int? SoleIndexOf(string expression, string word)
    {
        int? found = null;
        for (var index = expression.IndexOf(word, StringComparison.Ordinal);
            index >= 0; index = expression.IndexOf(word, index + 1, StringComparison.Ordinal))
        {
            if (!IsWhole(expression, index, word.Length))
                continue;
            if (found is not null)
                return null;
            found = index;
        }

        return found;
    }

    private static bool IsWhole(string expression, int index, int length) =>
        (index == 0 || Between.Contains(expression[index - 1]))
        && (index + length == expression.Length || Between.Contains(expression[index + length]));

    /// <summary>A word in quotes, or a number of three digits or more: <c>unknown port 'fooz'</c>, <c>illegal port
    /// number 99999</c>. Shorter numbers are those of libpcap's own bounds.</summary>
    [GeneratedRegex("'([^']+)'|\"([^\"]+)\"|\\b([0-9]{3,})\\b", RegexOptions.CultureInvariant)]
    private static partial Regex NamedWord();
}
